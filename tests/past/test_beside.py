"""Back-fills beside the daemon: one gate for all, and news before the past."""

import socket
import subprocess
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests import daemon
from tests.past import web
from tests.past.asking import ROOT, command, configure, days, prove

COUNT, DELAY = 2_000, 0.2
SPAN = date(2024, 3, 10), date(2024, 4, 10)  # 60 articles
HOSTS = ("maps.test", "wpjson.test")
SOON = 4.0  # seconds: a poll each second, a page in flight and its pause, and a machine that is busy


def free_port() -> int:
    with closing(socket.socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@pytest.mark.slow
def test_two_beside_a_daemon(tmp_path: Path) -> None:
    """No host is asked twice at once or too soon, what is published meanwhile comes first, all of the past comes."""
    with web.running(COUNT) as served:
        sources = [f"http://{host}/news.xml" for host in HOSTS]
        configure(tmp_path, served.port, sources=sources, delay=DELAY, more=f"http: 127.0.0.1:{free_port()}\n")
        with daemon.running(tmp_path) as living:
            daemon.until(60, "the newest", lambda: living.value("SELECT count(*) FROM articles") == 40)
            began = time.monotonic()
            fills = [
                subprocess.Popen(
                    command("backfill", f"http://{host}/", *days(*SPAN)),
                    cwd=tmp_path,
                    env={"PYTHONPATH": str(ROOT)},
                    stderr=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
                for host in HOSTS
            ]
            daemon.until(30, "the past begins", lambda: living.value("SELECT count(*) FROM articles") > 45)
            published = []
            for _ in range(4):
                published.append(served.do("publish", HOSTS[0]))
                time.sleep(0.7)
            assert any(each.poll() is None for each in fills), "the past came too fast for this test to mean anything"
            late = living.delays(published, 30)
            codes = [each.wait(120) for each in fills]
            seconds = time.monotonic() - began
        log = served.ask("/log")
    print(f"\nnews in {max(late):.2f} s at most beside two back-fills, which took {seconds:.1f} s")
    assert daemon.impolite(log, DELAY) == []
    assert max(late) < SOON
    for host in HOSTS:
        site = web.sites(COUNT)[host]
        proof = prove(log, site, *SPAN)
        newest = range(COUNT - 20, COUNT + len(published))
        assert proof.missing == []
        assert set(proof.surplus) <= set(newest)
        assert set(proof.twice) <= set(newest)  # they are looked at again, as news is
    assert codes == [0, 0]
