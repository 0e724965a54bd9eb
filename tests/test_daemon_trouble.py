"""`newskeep run` in trouble: it says so, loses nothing, and goes on by itself; told to stop, it stops all the same."""

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests import daemon, web
from tests.daemon import Daemon, newskeep, until
from tests.disks import disk
from tests.soundness import faults

pytestmark = pytest.mark.slow

SITES = [f"site{n}.test" for n in range(5)]
AGAIN = 20.0  # seconds until it has noticed that a trouble is over: it tries after 1, 2, 4, 8


class Line:
    """A wire to a port of this machine that can be cut: then nobody listens at its end."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        if self._listener.fileno() == -1:
            self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def cut(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        while self._open:
            with suppress(OSError):
                self._open.pop().shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                threading.Thread(target=self._join, args=[near], daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self._port)) as far:
            self._open += [near, far]
            back = threading.Thread(target=_copy, args=[far, near], daemon=True)
            back.start()
            _copy(near, far)
            back.join()


def _copy(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


@dataclass
class Town:
    """Sites, the line to them, and the daemon that watches them."""

    web: web.Running
    line: Line
    daemon: Daemon
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.daemon.folder / "data"

    def ill(self) -> str:
        """What /healthz says is wrong; "" when it says that all is well."""
        try:
            self.daemon.get("/healthz")
        except HTTPError as error:
            with error:
                return error.read().decode()
        return ""

    def says(self, words: str) -> None:
        until(AGAIN, f"it says {words!r}", lambda: words in self.ill())

    def is_well(self) -> None:
        until(2 * AGAIN, "it is well again", lambda: not self.ill())

    def log(self, kind: str) -> int:
        return self.daemon.log().count(f'"event":"{kind}"') + self.daemon.log().count(f'"event": "{kind}"')


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    with web.running(2) as served:
        line = Line(served.port)
        more = "  timeout: 3s\n"
        daemon.configure(folder, line.port, SITES, every="1s", look_again="1h", delay=0.05, more=more)
        with daemon.running(folder) as living:
            until(30, "all that stood there", lambda: living.value("SELECT count(*) FROM articles") == 2 * len(SITES))
            yield Town(served, line, living)
        line.cut()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One daemon for all troubles that can be caused anywhere; what is left of it is sound."""
    with town(tmp_path_factory.mktemp("town")) as made:
        yield made
    assert faults(made.folder) == []


def test_the_folder_of_bodies_is_unmounted(here: Town, tmp_path: Path) -> None:
    """An empty folder is left; stories that come meanwhile are kept when the bodies are back, none before."""
    raw, away = here.folder / "raw", here.folder / "away"
    raw.rename(away)
    raw.mkdir()
    told = [here.web.do("publish", host) for host in SITES]
    here.says("mount it")
    assert list(raw.iterdir()) == []
    raw.rmdir()
    away.rename(raw)
    here.daemon.delays(told, 2 * AGAIN)
    here.is_well()


def test_another_program_holds_the_archive(here: Town) -> None:
    """Longer than a try waits: `status` still reads, and work goes on when it is let go."""
    with closing(sqlite3.connect(here.folder / "archive.db", isolation_level=None)) as other:
        until(30, "it is held", lambda: _held(other))
        told = [here.web.do("publish", host) for host in SITES]
        here.says("another program holds it")
        status = newskeep(here.daemon.folder, "status")
        assert "articles" in status.stdout, status.stderr
        other.execute("ROLLBACK")
    here.daemon.delays(told, 2 * AGAIN)
    here.is_well()


def _held(other: sqlite3.Connection) -> bool:
    with suppress(sqlite3.OperationalError):
        other.execute("BEGIN EXCLUSIVE")
    return other.in_transaction


def test_our_line_is_down(here: Town) -> None:
    """Nothing is counted against any source, and the stories of that time come when it is up again."""
    here.line.cut()
    until(AGAIN, "it is offline", lambda: here.log("offline") == 1)
    told = [here.web.do("publish", host) for host in SITES]
    before = here.daemon.value("SELECT sum(failures) FROM sources")
    here.line.mend()
    until(90, "it is online", lambda: here.log("online") == 1)
    assert here.daemon.value("SELECT sum(failures) FROM sources") <= before
    here.daemon.delays(told, 90)


def test_stopped_while_the_archive_is_away(here: Town) -> None:
    """SIGTERM gets through within ten seconds though nothing can be written; the next start goes on."""
    path, away = here.folder / "archive.db", here.folder / "away.db"
    path.rename(away)
    here.web.do("publish", SITES[0])
    here.says("archive.db is gone")
    assert here.daemon.stop() == 0
    away.rename(path)
    here.daemon.start()
    until(AGAIN, "the last story", lambda: here.daemon.value("SELECT count(*) FROM entries WHERE state <> 'done'") == 0)
    assert here.daemon.stop() == 0


def test_stopped_while_it_waits_at_the_start(tmp_path: Path) -> None:
    """An archive that another program holds before the first tick, as after a reload, keeps nobody from stopping it."""
    with town(tmp_path) as here, closing(sqlite3.connect(here.folder / "archive.db", isolation_level=None)) as other:
        until(30, "it is held", lambda: _held(other))
        daemon.configure(tmp_path, here.line.port, SITES, every="2s", look_again="2h", delay=0.05)
        until(AGAIN, "it has read that", lambda: here.log("config-read") == 1)
        until(AGAIN, "it waits anew", lambda: here.log("storage-failed") >= 1)
        assert here.daemon.stop() == 0


def test_the_disk_is_full(tmp_path: Path) -> None:
    """It asks for nothing more, or waits with what it has; with room again the stories of that time come."""
    with disk(tmp_path / "disk", "24m") as full:
        with town(full) as here:
            filler = full / "filler"
            with filler.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(bytes(4096))
            told = [here.web.do("publish", host) for host in SITES]
            until(AGAIN, "it is unwell", lambda: "disk" in here.ill())
            filler.unlink()
            here.daemon.delays(told, 2 * AGAIN)
            here.is_well()
            assert here.daemon.stop() == 0
        assert faults(here.folder) == []
