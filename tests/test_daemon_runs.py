"""Long runs of `newskeep run`: two hundred sites and what befalls them, a frozen minute, many kills, a soak."""

import random
import signal
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.soak import report, soak
from tests import daemon, web
from tests.daemon import Arrivals, Daemon, until
from tests.soundness import faults
from tests.test_daemon import too_often

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

EVERY, DELAY = 5.0, 0.2
OWN_TURN = 3.0  # seconds that a page's pause, its way through a worker and its commit may take on a busy machine
LOOKS = "5s, 15s, 30s, 45s, 1m, 75s, 90s, 105s, 2m, 150s, 3m, 4m"
FIRST_LOOK, BETWEEN_LOOKS = 5.0, 15.0
SITES = [f"site{n}.test" for n in range(200)]


def test_two_hundred_sites(tmp_path: Path) -> None:
    """A hundred stories, twenty edits, ten that are taken away and ten walled sites: all in time, and politely.

    A story is in the archive within two intervals and its own turn, an edit at the next look.
    """
    walled, edited, taken, quiet = SITES[:10], SITES[10:30], SITES[30:40], SITES[40]
    with web.running(3) as served:
        daemon.configure(tmp_path, served.port, SITES, every=f"{EVERY:g}s", look_again=LOOKS, delay=DELAY)
        with daemon.running(tmp_path) as living, _busy(served, quiet):
            others = "SELECT count(*) FROM articles WHERE site <> ?"
            until(100, "all that stood there", lambda: living.value(others, quiet) == 3 * len(SITES) - 3)
            before = _texts(living, walled)
            for host in walled:
                served.do("wall", host, seconds=300)
            hidden = [served.do("publish", host) for host in walled]
            delays = _hundred(served, living, SITES[41:])
            print(f"\nfrom publication to archive, seconds: {_spread(delays)}")
            assert max(delays) < 2 * EVERY + OWN_TURN
            served.do("silence", quiet)
            print(f"from an edit to version 2, seconds: {_spread(_edits(served, living, edited))}")
            _takes(served, living, taken)
            until(60, "walls met by looks", lambda: _walls_met(living, before))
            assert _texts(living, walled) == before
            assert not [each for each in hidden if living.article(each["url"])]
            _mend(served, living, walled)
            until(60, "the silent feed is named, and no other", lambda: daemon.silent(living.folder) == {quiet})
            assert living.stop() == 0
            polite = served.ask("/log")
            assert daemon.impolite(polite, DELAY) == []
            assert too_often(polite, EVERY) == []
            _an_hour_passes(tmp_path / "data")
            living.start()
            until(30, "what the wall hid", lambda: all(living.article(each["url"]) for each in hidden))
            assert living.stop() == 0
    assert faults(tmp_path / "data") == []


def _hundred(served: web.Running, living: Daemon, hosts: Sequence[str]) -> list[float]:
    """Publish a hundred stories, three a second; how long each took."""
    dice, arrivals = random.Random(100), Arrivals(living)
    for _ in range(100):
        arrivals.add(served.do("publish", dice.choice(hosts)))
        arrivals.look()
        time.sleep(0.3)
    return arrivals.all(2 * EVERY + OWN_TURN)


def _edits(served: web.Running, living: Daemon, hosts: Sequence[str]) -> list[float]:
    """Publish, wait until it is archived, edit: how long until version 2 was there."""
    published = [served.do("publish", host) for host in hosts]
    living.delays(published, 2 * EVERY + OWN_TURN)
    waiting = {url: served.do("edit", host, story=_number(url))["at"] for host, url in _by_host(published)}
    taken = list[float]()

    def all_seen() -> bool:
        seen = [url for url in waiting if living.article(url)["number"] == 2]
        taken.extend(time.time() - waiting.pop(url) for url in seen)
        return not waiting

    until(FIRST_LOOK + BETWEEN_LOOKS + OWN_TURN, "version 2 of all", all_seen)
    return taken


def _takes(served: web.Running, living: Daemon, hosts: Sequence[str]) -> None:
    """Each host's newest story goes; its time is noted, its text stays."""
    published = [served.do("publish", host) for host in hosts]
    living.delays(published, 2 * EVERY + OWN_TURN)
    before = {each["url"]: living.article(each["url"])["text"] for each in published}
    for number, (host, url) in enumerate(_by_host(published)):
        served.do("take", host, story=_number(url), status=(404, 410)[number % 2])
    until(25, "all gone", lambda: all(living.article(url)["state"] == "gone" for url in before))
    after = {url: living.article(url) for url in before}
    assert all(each["gone_at"] for each in after.values())
    assert {url: each["text"] for url, each in after.items()} == before


def _texts(living: Daemon, hosts: Sequence[str]) -> dict[str, tuple[int, str, str]]:
    """Of all their articles, by address: number, text and state."""
    urls = [row["url"] for host in hosts for row in living.rows("SELECT url FROM articles WHERE site = ?", host)]
    found = {url: living.article(url) for url in urls}
    assert len(found) == 3 * len(hosts)
    return {url: (each["number"], each["text"], each["state"]) for url, each in found.items()}


def _walls_met(living: Daemon, urls: dict[str, Any]) -> bool:
    sql = "SELECT count(DISTINCT url) FROM captures WHERE kind = 'wall' AND via = 'look'"
    return bool(living.value(sql) >= len(urls))


def _mend(served: web.Running, living: Daemon, hosts: Sequence[str]) -> None:
    """After the wall: looks find the stories again, an edit is a version, a new story is archived."""
    for host in hosts:
        served.do("mend", host)
    living.delays([served.do("publish", host) for host in hosts], 2 * EVERY + OWN_TURN)
    for host in hosts:
        served.do("edit", host, story=0)
    looked = [f"http://{host}/story/0" for host in hosts]
    until(90, "version 2 after the wall", lambda: all(living.article(url)["number"] == 2 for url in looked))


@contextmanager
def _busy(served: web.Running, host: str) -> Iterator[None]:
    """A feed with something new at each poll, until it is silenced."""
    over = threading.Event()

    def publish() -> None:
        while not over.wait(EVERY):
            served.do("publish", host)

    thread = threading.Thread(target=publish)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _an_hour_passes(data: Path) -> None:
    """For what waits for its next try; the daemon sleeps meanwhile."""
    with closing(sqlite3.connect(data / "archive.db")) as opened, opened:
        opened.execute("UPDATE entries SET next_visit = '2026-01-01T00:00:00+00:00' WHERE state = 'empty'")


def _spread(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds):.1f}, longest {max(seconds):.1f}, of {len(seconds)}"


def _by_host(published: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["url"].split("/")[2], each["url"]) for each in published]


def _number(url: str) -> int:
    return int(url.rpartition("/")[2])


def test_a_frozen_minute(tmp_path: Path) -> None:
    """SIGSTOP for a minute: on waking it goes on at once, without a burst and with no poll doubled."""
    hosts, every = SITES[:40], 2.0
    with web.running(3) as served:
        daemon.configure(tmp_path, served.port, hosts, every=f"{every:g}s", look_again="10s, 30s, 1m", delay=DELAY)
        with daemon.running(tmp_path) as living:
            until(40, "all that stood there", lambda: living.value("SELECT count(*) FROM articles") == 3 * len(hosts))
            living.send(signal.SIGSTOP)
            time.sleep(60)
            published = [served.do("publish", host) for host in hosts]
            living.send(signal.SIGCONT)
            woken = time.monotonic()
            living.delays(published, 2 * every + OWN_TURN)
            until(30, "it says that it is well", living.well)
            living.delays([served.do("publish", host) for host in hosts], 2 * every + OWN_TURN)
            log = served.ask("/log")
            assert living.stop() == 0
    assert daemon.impolite(log, DELAY) == []
    assert too_often(log, every) == []
    polled = {each["host"] for each in log if each["path"] == "/feed.xml" and woken < each["began"] < woken + 2 * every}
    assert polled == set(hosts)
    assert faults(tmp_path / "data") == []


def test_reload(tmp_path: Path) -> None:
    """A changed config.yaml is taken up, at a signal or when it is seen; a broken one is refused with its mistakes.

    The pauses between two requests to a host are kept across it.
    """
    delay = 2.0
    with web.running(4) as served:

        def watch(*hosts: str) -> None:
            daemon.configure(tmp_path, served.port, hosts, every="1s", look_again="1h", delay=delay)

        def begun(living: Daemon, host: str) -> bool:
            return bool(living.article(f"http://{host}/story/3"))

        watch("site0.test", "site1.test")
        with daemon.running(tmp_path) as living:
            until(20, "the first two", lambda: begun(living, "site0.test") and begun(living, "site1.test"))
            watch("site0.test", "site2.test")
            living.send(signal.SIGHUP)
            until(20, "a source more", lambda: begun(living, "site2.test"))
            before = len(served.ask("/log"))
            watch("site0.test", "site2.test", "site3.test")
            until(20, "a source more, without a signal", lambda: begun(living, "site3.test"))
            later = [each for each in served.ask("/log")[before:] if each["host"] == "site1.test"]
            assert not [each for each in later if each["path"] == "/feed.xml"]  # what it had announced is still had
            (tmp_path / "config.yaml").write_text((tmp_path / "config.yaml").read_text() + "sauces: []\n")
            until(20, "the mistake is told", lambda: "sauces" in living.log())
            living.delays([served.do("publish", "site3.test")], 30)
            assert living.stop() == 0
        assert daemon.impolite(served.ask("/log"), delay) == []


def test_it_ends_what_it_is_at(tmp_path: Path) -> None:
    """Stopped while pages are on their way it waits for them; the next start goes on from there."""
    with web.running(4) as served:
        for host in SITES[:4]:
            served.do("slow", host, seconds=1)
        daemon.configure(tmp_path, served.port, SITES[:6], every="1s", look_again="1h", delay=DELAY)
        with daemon.running(tmp_path) as living:
            until(30, "something is archived", lambda: living.value("SELECT count(*) FROM articles") > 5)
            assert living.stop() == 0
            answered = [each for each in served.ask("/log") if each["status"] == 200]
            assert len(answered) == living.value("SELECT count(*) FROM captures"), "an answer was thrown away"
            for host in SITES[:4]:
                served.do("mend", host)
            living.start()
            until(20, "all articles", lambda: living.value("SELECT count(*) FROM articles") == 24)
            assert living.stop() == 0
    assert faults(tmp_path / "data") == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_while_hosts_keep_it_waiting(tmp_path: Path, number: signal.Signals) -> None:
    """It ends within ten seconds, puts back what did not end, and the next start goes on from there."""
    hosts = SITES[:6]
    with web.running(5) as served:
        for host in hosts[:3]:
            served.do("slow", host, seconds=25)

        def watch(*hosts: str) -> None:
            daemon.configure(tmp_path, served.port, hosts, every="1s", look_again="1h", delay=DELAY)

        watch(*hosts, "drip.test")
        with daemon.running(tmp_path) as living:
            until(30, "something is archived", lambda: living.value("SELECT count(*) FROM articles") > 3)
            assert living.stop(number) == 0
            for host in hosts:
                served.do("mend", host)
            watch(*hosts)
            living.start()
            until(30, "all articles", lambda: living.value("SELECT count(*) FROM articles") == 5 * len(hosts))
            assert living.stop() == 0
    assert faults(tmp_path / "data") == []


def test_killed_twenty_times(tmp_path: Path) -> None:
    """kill -9 at random moments while stories come in and are edited: nothing is lost, nothing is there twice."""
    dice, hosts = random.Random(20), SITES[:20]
    with web.running(20) as served:
        daemon.configure(tmp_path, served.port, hosts, every="1s", look_again="1s, 2s, 3s, 5s, 8s, 2m", delay=0.02)
        for _ in range(20):
            served.ask("/publish")
            served.do("edit", dice.choice(hosts), story=dice.randrange(20))
            with daemon.running(tmp_path) as living:
                time.sleep(dice.uniform(0, 1.2))
                living.send(signal.SIGKILL)
        articles = 40 * len(hosts)
        with daemon.running(tmp_path) as living:
            until(60, "all articles", lambda: living.value("SELECT count(*) FROM articles") == articles)
            until(30, "nothing is left", lambda: not living.value("SELECT count(*) FROM entries WHERE state <> 'done'"))
            assert living.stop() == 0
    assert faults(tmp_path / "data") == []


def test_workers_killed_for_half_a_minute(tmp_path: Path) -> None:
    """kill -9 of every worker twice a second: each page is read all the same, none is given up for it."""
    hosts = SITES[:20]
    with web.running(5) as served:
        daemon.configure(tmp_path, served.port, hosts, every="1s", look_again="1h", delay=DELAY)
        with daemon.running(tmp_path) as living:
            for _ in range(60):
                served.do("publish", random.choice(hosts))
                for pid in living.workers():
                    daemon.kill(pid)
                time.sleep(0.5)
            wanted = 5 * len(hosts) + 60
            until(30, "all articles", lambda: living.value("SELECT count(*) FROM articles") == wanted)
            assert living.stop() == 0
    assert faults(tmp_path / "data") == []


def test_a_short_soak(tmp_path: Path) -> None:
    """A minute and a half at high load: it keeps up, stays polite, and neither files nor tasks pile up."""
    samples, wrong = soak(tmp_path, 90, 100, 3)
    print(f"\n{report(samples, wrong)}")
    assert [each for each in wrong if not each.startswith("memory")] == []  # caches are still being filled
    assert samples[-1].memory < 300
