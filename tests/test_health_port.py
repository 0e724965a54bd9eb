"""The daemon's port, asked through real sockets: by the well-behaved, the slow, the many, and while the loop hangs."""

import asyncio
import http.client
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from urllib.request import urlopen

import pytest

from collector.daemon.http import MOST_HEAD, MOST_OPEN, HealthPort
from collector.daemon.metrics import Metrics
from collector.daemon.pulse import Pulse
from collector.errors import CollectorError


@pytest.fixture
def pulse() -> Pulse:
    return Pulse(ticked=time.monotonic())


@pytest.fixture
def port(pulse: Pulse) -> Iterator[HealthPort]:
    with HealthPort("127.0.0.1:0", pulse, Metrics(pulse), patience=1.0) as opened:
        yield opened


@dataclass
class Patient:
    since: float | None = 1.0
    error: str = "http://u:p@e.org\nsays no"


def ask(port: HealthPort, path: str, method: str = "GET") -> tuple[int, dict[str, str], str]:
    with closing(http.client.HTTPConnection(*port.address, timeout=5)) as connection:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read().decode()


def test_health(port: HealthPort, pulse: Pulse) -> None:
    """200 and `ok`; 503 and a line a reason, each on its own line and without secrets."""
    assert ask(port, "/healthz")[::2] == (200, "ok\n")
    pulse.patient = Patient()
    pulse.clock = "the clock is wrong"
    status, _, told = ask(port, "/healthz?verbose")
    assert status == 503
    assert told == "the archive cannot be written: http://***@e.org says no\nthe clock is wrong\n"
    pulse.patient, pulse.clock = None, ""
    assert ask(port, "/healthz")[0] == 200


def test_metrics(port: HealthPort) -> None:
    """In the text format, under its own content type."""
    status, headers, told = ask(port, "/metrics")
    assert status == 200
    assert headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "\nnewskeep_healthy 1.0\n" in told


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/other", 404),
        ("GET", "//e.org/", 404),
        ("POST", "/metrics", 405),
        ("BREW", "/", 405),
    ],
)
def test_answers(port: HealthPort, method: str, path: str, status: int) -> None:
    """A page with two links; what is not there, and what may not be done, in one line; nobody hears what we run on."""
    got, headers, told = ask(port, path, method)
    assert got == status
    assert headers.get("allow") == ("GET, HEAD" if status == 405 else None)
    assert headers["server"] == "newskeep"
    assert len(told.splitlines()) == 1
    assert "Python" not in str(headers) + told
    assert path == "/" or path not in told


@pytest.mark.parametrize("path", ["/", "/healthz", "/metrics", "/none"])
def test_head_is_get_without_its_body(port: HealthPort, path: str) -> None:
    """Status, type and length are those of GET."""
    status, headers, told = ask(port, path, "HEAD")
    whole = ask(port, path)
    assert (status, headers["content-type"], told) == (whole[0], whole[1]["content-type"], "")
    assert int(headers["content-length"]) > 0


def sent(port: HealthPort, data: bytes, timeout: float = 5.0) -> bytes:
    """What comes back, to the end; nothing when the connection was cut."""
    with socket.create_connection(port.address, timeout) as connection:
        try:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except ConnectionError:
            return b""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\n" + b"".join(b"h%d: %s\r\n" % (i, b"x" * 9000) for i in range(99)) + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n", b"431"),
        (b"GET / HTTP/9.9\r\n\r\n", b"505"),
        (b"\xff\xfe\x00 nonsense\r\n\r\n", b"400"),
        (b"GET /\r\n\r\n", b"200"),
        (b"get / HTTP/1.1\r\n\r\n", b"405"),
    ],
)
def test_what_is_no_proper_request(port: HealthPort, data: bytes, said: bytes) -> None:
    """Is answered as such, or with the end of the connection, and harms nobody."""
    answer = sent(port, data)
    assert (
        answer.startswith(b"HTTP/1.0 " + said) or len(data) > 60_000
    )  # a reset overtakes the answer to much that is unread
    assert ask(port, "/healthz")[0] == 200


def test_a_head_is_read_only_so_far(port: HealthPort) -> None:
    """The end comes while the client still talks."""
    with socket.create_connection(port.address, 5) as connection, pytest.raises(ConnectionError):
        connection.sendall(b"GET / HTTP/1.1\r\n")
        for _ in range(10 * MOST_HEAD // 8000):
            connection.sendall(b"a: " + b"x" * 7995 + b"\r\n")
            time.sleep(0.001)


@pytest.mark.slow
def test_the_slow_are_cut_off(port: HealthPort) -> None:
    """A client that sends a letter now and then has its seconds, and no more."""
    began = time.monotonic()
    with socket.create_connection(port.address, 10) as connection, pytest.raises(ConnectionError):
        while time.monotonic() - began < 20:
            connection.sendall(b"G")
            time.sleep(0.2)
    assert time.monotonic() - began < 10


def test_the_many_wait_for_nobody(port: HealthPort) -> None:
    """Only so many are served at once, and no thread is left behind; when they are gone, we are there again."""
    before = threading.active_count()
    crowd = [socket.create_connection(port.address, 5) for _ in range(3 * MOST_OPEN)]
    time.sleep(0.3)
    assert threading.active_count() - before <= MOST_OPEN
    for connection in crowd:
        connection.close()
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert threading.active_count() == before
    assert ask(port, "/healthz")[0] == 200


async def test_it_answers_while_the_event_loop_hangs() -> None:
    """Then above all: 503, the tick is late. The clock is an argument."""
    pulse = Pulse(ticked=0.0)
    told: list[str] = []

    def probe(address: tuple[str, int]) -> None:
        with closing(http.client.HTTPConnection(*address, timeout=5)) as connection:
            connection.request("GET", "/healthz")
            told.append(connection.getresponse().read().decode())

    with HealthPort("127.0.0.1:0", pulse, Metrics(pulse), steady=lambda: 99.0) as port:
        thread = threading.Thread(target=probe, args=(port.address,))
        await asyncio.sleep(0)
        thread.start()
        thread.join(5)  # the loop stands still meanwhile
    assert told == ["the last tick was 99 s ago\n"]


def test_ipv6(pulse: Pulse) -> None:
    """An address in brackets."""
    try:
        opened = HealthPort("[::1]:0", pulse, Metrics(pulse))
    except CollectorError:
        pytest.skip("this machine has no IPv6")
    with opened as port, urlopen(f"http://[::1]:{port.address[1]}/healthz", timeout=5) as answer:
        assert answer.read() == b"ok\n"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("203.0.113.7:8080", "203.0.113.7:8080 is no address of this machine"),
        ("nowhere.invalid:8080", "is no address that this machine knows"),
    ],
)
def test_where_nothing_can_listen(pulse: Pulse, address: str, said: str) -> None:
    """The message names the key, the address and what is wrong with it."""
    with pytest.raises(CollectorError, match=r"^http: ") as raised:
        HealthPort(address, pulse, Metrics(pulse))
    assert said in str(raised.value)


def test_a_port_that_is_taken(port: HealthPort, pulse: Pulse) -> None:
    """Is told, and free again when its holder is gone."""
    address = f"127.0.0.1:{port.address[1]}"
    with pytest.raises(CollectorError, match=f"http: {address} is taken by another program"):
        HealthPort(address, pulse, Metrics(pulse))
    port.__exit__()
    with HealthPort(address, pulse, Metrics(pulse)) as again:
        assert ask(again, "/healthz")[0] == 200


def test_a_fault_of_ours_is_a_log_line(pulse: Pulse, caplog: pytest.LogCaptureFixture) -> None:
    """And costs one answer; that a client went away is no fault."""

    class Broken:
        content_type = "text/plain"

        def text(self) -> bytes:
            raise ValueError("no numbers")

    with HealthPort("127.0.0.1:0", pulse, Broken()) as port, caplog.at_level(logging.ERROR):
        with pytest.raises(http.client.RemoteDisconnected):
            ask(port, "/metrics")
        assert ask(port, "/healthz")[0] == 200
    assert [record.levelname for record in caplog.records] == ["ERROR"]
