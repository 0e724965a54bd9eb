"""What systemd hears of us, on real datagram sockets, and what its own tools say of our unit."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.daemon.systemd import Systemd

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "deploy/newskeep.service"
UNITS = sorted((ROOT / "deploy").glob("*.service"))


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """What systemd listens on, and its name as NOTIFY_SOCKET has it."""
    name = str(tmp_path / "notify") if request.param == "path" else f"@newskeep-test-{os.getpid()}-{tmp_path.name}"
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(name.replace("@", "\0", 1) if request.param == "abstract" else name)
        listening.settimeout(2)
        yield listening, name


def heard(listening: socket.socket) -> list[str]:
    """The lines of the next datagram."""
    return listening.recv(4096).decode().split("\n")


def test_a_life(manager: tuple[socket.socket, str]) -> None:
    """Every turn of the daemon's life reaches systemd in its own words, on a path and in the abstract namespace."""
    listening, name = manager
    systemd = Systemd({"NOTIFY_SOCKET": name})
    assert systemd.ready("12 sources")
    assert heard(listening) == ["READY=1", "STATUS=12 sources"]
    assert systemd.alive()
    assert heard(listening) == ["WATCHDOG=1"]
    assert systemd.status("3 sources fail")
    assert heard(listening) == ["STATUS=3 sources fail"]
    assert systemd.reloading()
    word, at = heard(listening)
    assert word == "RELOADING=1"
    assert 0 <= time.monotonic_ns() / 1000 - float(at.removeprefix("MONOTONIC_USEC=")) < 5e6
    assert systemd.ready()
    assert heard(listening) == ["READY=1"]
    assert systemd.stopping()
    assert heard(listening) == ["STOPPING=1"]


@pytest.mark.parametrize("name", [None, "", "vsock:2:1234", "relative/path", "/nobody/listens/here", "@nobody-listens"])
def test_nobody_to_tell(name: str | None) -> None:
    """Without systemd, or when it does not listen, nothing is told and nothing breaks."""
    systemd = Systemd({} if name is None else {"NOTIFY_SOCKET": name})
    assert not systemd.ready("well")
    assert not systemd.alive()


@pytest.mark.slow
def test_a_full_queue_holds_nobody_up(tmp_path: Path) -> None:
    """While systemd does not read, a call ends by itself and says that it was not heard."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(str(tmp_path / "notify"))
        systemd = Systemd({"NOTIFY_SOCKET": str(tmp_path / "notify")})
        began = time.monotonic()
        for _ in range(5000):
            if not systemd.alive():
                break
        else:
            pytest.fail("the queue of a datagram socket has no end here")
        assert time.monotonic() - began < 10


@given(st.text())
def test_a_status_is_one_line(text: str) -> None:
    """Whatever a status says, it cannot pass for another assignment (a title of a site may stand in it)."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind("")  # unix(7), autobind: a free abstract name
        listening.settimeout(2)
        name = "@" + listening.getsockname()[1:].decode()
        if Systemd({"NOTIFY_SOCKET": name}).ready(text):
            lines = heard(listening)
            assert lines[0] == "READY=1"
            assert len(lines) == 1 + bool(text.strip())


@pytest.mark.parametrize(
    ("environ", "every"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "180000000"}, 90.0),
        ({"WATCHDOG_USEC": "180000000", "WATCHDOG_PID": str(os.getpid())}, 90.0),
        ({"WATCHDOG_USEC": "180000000", "WATCHDOG_PID": "1"}, None),  # meant for another process
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_how_often_to_say_alive(environ: dict[str, str], every: float | None) -> None:
    """Half of what systemd waits for, and only where this process is the one it watches."""
    assert Systemd(environ).alive_every == every


def settings() -> dict[str, list[str]]:
    """Key -> values of the unit, as they are repeated."""
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", UNIT.read_text(), flags=re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Type", "notify"),
        ("Restart", "on-failure"),
        ("RestartPreventExitStatus", "2"),  # a wrong config.yaml: DESIGN's exit code for it
        ("TimeoutStopSec", "20"),
        ("KillMode", "mixed"),
        ("OOMPolicy", "continue"),
        ("ProtectSystem", "strict"),
        ("StateDirectory", "newskeep"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
    ],
)
def test_the_unit_says(key: str, value: str) -> None:
    """What the operation of the daemon counts on stands in its unit, once."""
    assert settings()[key] == [value]


def test_the_watchdog_outlasts_a_minute_of_standstill() -> None:
    """A daemon stopped for a minute (SIGSTOP, a machine that swaps) goes on; it is not killed for it."""
    minutes = settings()["WatchdogSec"][0].removesuffix("min")
    assert int(minutes) >= 2


needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_unit(unit: Path, tmp_path: Path) -> None:
    """No key, section or value that systemd does not know."""
    copy = tmp_path / unit.name  # verify wants the program to be there
    copy.write_text(unit.read_text().replace("/opt/newskeep/bin/newskeep", "/bin/true"))
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )
    assert (told.returncode, told.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_finds_the_unit_hardened(unit: Path) -> None:
    """`systemd-analyze security` gives an exposure of 1.5 or less, of 10."""
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in told.stderr:
        pytest.skip("this systemd-analyze cannot judge a file offline (older than 250)")
    assert told.returncode == 0, told.stdout[-400:] + told.stderr
