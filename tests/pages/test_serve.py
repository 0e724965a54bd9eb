"""`newskeep serve` as a person starts and ends it."""

import json
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from collector.cli import main
from storage.datasette.server import HABITS, is_open, listening
from tests.pages.conftest import Get


@pytest.fixture(scope="module")
def place(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with config.yaml and the archive."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(archive.parent, folder / "data", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    (folder / "config.yaml").write_text(f"data: {folder / 'data'}\nsources:\n  - https://one.test/feed\n")
    return folder


@contextmanager
def served(place: Path, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str, list[str]]]:
    """The program, the address that it told, and all that it said before."""
    command = [sys.executable, "-m", "collector", "serve", "--port", "0", *options]
    with subprocess.Popen(
        [*command, "--config", str(place / "config.yaml")], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr
        try:
            line = process.stderr.readline()
            found = re.search(r" is at (http://\S+) until Ctrl-C", line)
            assert found, line + process.stderr.read()
            yield process, found[1], [line]
        finally:
            process.kill()


def ask(url: str) -> Any:
    with urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def end(process: "subprocess.Popen[str]", by: signal.Signals) -> tuple[int, str]:
    process.send_signal(by)
    stdout, stderr = process.communicate(timeout=60)
    return process.returncode, stdout + stderr


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_life(place: Path, by: signal.Signals) -> None:
    """It says where it is, answers there with our pages under the path it was given, and ends without a word."""
    with served(place, "--base-url", "news") as (process, address, _):
        assert address.startswith("http://127.0.0.1:") and address.endswith("/news/")
        assert 'href="/news/archive"' in ask(address)
        settings = json.loads(ask(f"{address}-/settings.json"))
        assert settings.items() >= HABITS.items()
        assert (settings["sql_time_limit_ms"], settings["max_returned_rows"]) == (1000, 1000)
        with pytest.raises(HTTPError, match="403"):
            ask(f"{address}archive.db")
        assert end(process, by) == (0, "")


@pytest.mark.slow
def test_it_ends_while_it_starts(place: Path) -> None:
    """Ctrl-C right after the address was told is no error either."""
    with served(place) as (process, _, _):
        assert end(process, signal.SIGINT) == (0, "")


@pytest.mark.slow
def test_it_ends_while_it_is_asked(place: Path) -> None:
    """What is asked has its time limit, and so the end has one."""
    endless = "WITH+RECURSIVE+n(i)+AS+(SELECT+1+UNION+ALL+SELECT+i+1+FROM+n)+SELECT+count(*)+FROM+n"
    with served(place) as (process, address, _):
        ask(address)
        with closing(socket.create_connection(("127.0.0.1", int(address.split(":")[2].rstrip("/"))))) as asking:
            asking.sendall(f"GET /archive.json?sql={endless} HTTP/1.0\r\n\r\n".encode())
            time.sleep(0.2)
            began = time.monotonic()
            assert end(process, signal.SIGTERM)[0] == 0
            assert time.monotonic() - began < 20


@pytest.mark.slow
def test_open_to_others(place: Path) -> None:
    """Whoever opens the archive to a network is told what that means."""
    with served(place, "--host", "0.0.0.0") as (process, _, _):
        assert process.stderr
        assert process.stderr.readline().startswith("warning: whoever reaches this address can read the whole archive")


@pytest.mark.parametrize(("host", "others"), [("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)])
def test_who_can_reach_it(host: str, others: bool) -> None:
    """Loopback is this machine alone."""
    with closing(listening(host, 0)) as found:
        assert is_open(found) is others


def run(place: Path, *options: str) -> Result:
    """Of a command that ends by itself."""
    return CliRunner().invoke(main, ["serve", *options, "--config", str(place / "config.yaml")])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--setting", "speed", "1"), "newskeep: --setting speed: no such setting; there are default_page_size, "),
        (("--setting", "suggest_facets", "maybe"), "newskeep: --setting suggest_facets maybe: it is on or off"),
        (("--setting", "sql_time_limit_ms", "soon"), "newskeep: --setting sql_time_limit_ms soon: it is a whole numb"),
        (("--base-url", "https://example.org/news/"), "it is a path such as /news/, without a host"),
        (("--host", "no.such.host.test"), "newskeep: no.such.host.test, port 8001: "),
        (("--metadata", "nowhere.yaml"), "'nowhere.yaml' does not exist"),
        (("--port", "70000"), "70000 is not in the range"),
    ],
)
def test_mistakes(place: Path, options: tuple[str, ...], said: str) -> None:
    """What cannot be is told in words, with exit code 2."""
    done = run(place, *options)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_a_port_that_is_taken(place: Path) -> None:
    """By another program: which one, and what to do."""
    with closing(listening("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(place, "--port", port)
    said = f"newskeep: 127.0.0.1, port {port}: another program listens there; choose another with --port\n"
    assert (done.exit_code, done.stderr) == (2, said)


@pytest.mark.parametrize(("text", "said"), [("[1]", "a mapping"), ("a: [", "neither JSON nor YAML")])
def test_metadata_that_is_none(place: Path, tmp_path: Path, text: str, said: str) -> None:
    """The file is named, and what it should be."""
    path = tmp_path / "metadata.yaml"
    path.write_text(text)
    done = run(place, "--metadata", str(path))
    assert done.exit_code == 2
    assert f"newskeep: {path}: " in done.stderr and said in done.stderr


def test_without_an_archive(tmp_path: Path) -> None:
    """What makes one is said."""
    (tmp_path / "config.yaml").write_text("sources: []\n")
    done = run(tmp_path)
    assert (done.exit_code, "there is no archive yet; `newskeep fetch` makes it" in done.stderr) == (1, True)


def test_an_archive_of_an_older_newskeep(place: Path, tmp_path: Path) -> None:
    """What brings it up to date is said; to look at it never changes it."""
    shutil.copytree(place / "data", tmp_path / "data")
    (tmp_path / "config.yaml").write_text(f"data: {tmp_path / 'data'}\nsources: []\n")
    with closing(sqlite3.connect(tmp_path / "data/archive.db", isolation_level=None)) as changed:
        changed.execute("DELETE FROM _sqlite_migrations WHERE name = 'm010_pages'")
    done = run(tmp_path)
    assert (done.exit_code, "run `newskeep fetch` or `newskeep run` once" in done.stderr) == (1, True)


@pytest.mark.parametrize("page", ["versions", "plugins", "metadata", "databases", "settings", "threads"])
async def test_what_datasette_says_of_itself(get: Get, page: str) -> None:
    """Its own pages below `/-/` are there still, beside ours: health checks ask the first."""
    response = await get(f"/-/{page}.json")
    assert (response.status_code, bool(response.json())) == (200, True)


@pytest.mark.slow
def test_other_commands_do_not_wait_for_datasette() -> None:
    """It is loaded by `newskeep serve` alone."""
    code = "import collector.cli, sys; sys.exit(bool({'datasette', 'uvicorn', 'jinja2'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
