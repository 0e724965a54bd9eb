"""Our line, or theirs: told apart by who else answers."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from collector.errors import FetchError, HostClosed, Offline, Refused
from collector.fetch import Fetcher, following, retrying
from collector.gate import Gate
from collector.pipeline.events import Event
from collector.pipeline.outage import Outage
from storage.records import Capture, HostState, Request
from tests.loopback import answer, no_site, pages, serving
from tests.test_gate import NOW


@dataclass
class Line:
    """A network that is a dict of what is wrong at each host; the clock is a number."""

    wrong: dict[str, FetchError] = field(default_factory=dict)
    now: float = 0.0
    asked: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outage = Outage(self.get, self.events.append, clock=lambda: self.now)

    async def get(self, request: Request) -> Capture:
        self.asked.append(request.url)
        if error := self.wrong.get(request.url):
            raise error
        return Capture(url=request.url, final_url=request.url, fetched_at=NOW, status=500)

    def down(self, *hosts: str, reason: str = "dns") -> None:
        for host in hosts:
            self.wrong[url(host)] = FetchError(url(host), reason, "no answer", passing=True)

    async def ask(self, *hosts: str) -> str:
        """One letter a host: answered, offline, failed."""
        return "".join([await self._ask(host) for host in hosts])

    async def _ask(self, host: str) -> str:
        try:
            await self.outage(Request(url=url(host)))
        except Offline:
            return "o"
        except FetchError:
            return "f"
        return "a"

    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]


def url(host: str) -> str:
    return f"https://{host}.example/"


@pytest.fixture
def line() -> Iterator[Line]:
    yield Line()


@pytest.mark.parametrize("reason", ["dns", "connect", "timeout", "reset"])
async def test_three_hosts_in_a_row_are_us(line: Line, reason: str) -> None:
    """The third proves it; from then on nobody's failure is counted; the first answer ends it at once."""
    line.down(*"abcdef", reason=reason)
    assert await line.ask("a", "a", "b", "b", "c", "d", "e") == "ffffooo"
    line.wrong.clear()
    line.now = 5
    assert await line.ask("f", "a", "b", "c") == "aaaa"
    assert line.kinds() == ["offline", "online"]
    assert line.events[1].seconds == 5


async def test_one_dead_site_is_not_us(line: Line) -> None:
    """However often it is asked."""
    line.down("a")
    assert await line.ask(*"aaaaaaaaaa") == "ffffffffff"
    assert line.kinds() == []


async def test_dead_sites_are_not_us(line: Line) -> None:
    """Those that failed while others answered count for nothing, in whatever order they are asked later."""
    line.down(*"abcd")
    assert await line.ask("a", "x", "b", "x", "c", "x", "d", "x") == "fafafafa"
    assert await line.ask(*"abcdabcd") == "ffffffff"
    assert line.kinds() == []


async def test_few_that_are_alive(line: Line) -> None:
    """With three dead sites of four the dead ones are told as dead, and the fourth's silence as ours."""
    line.down(*"abc")
    assert await line.ask(*"abcd") == "ffoa"  # at the start nobody has answered yet
    for _ in range(3):
        assert await line.ask(*"aabbcc") == "ffffff"
    line.down("d")
    assert await line.ask(*"d") == "o"
    assert line.kinds() == ["offline", "online", "offline"]


async def test_many_that_are_alive(line: Line) -> None:
    """Where many answered lately, three of them must fall silent; dead ones beside them prove nothing."""
    line.down(*"abc")
    await line.ask("a", "u", "b", "v", "c", *"wxyz")
    line.down(*"xyz")
    assert await line.ask(*"abcxyz") == "fffffo"


async def test_a_line_that_comes_for_a_moment(line: Line) -> None:
    """The one host that answered in that moment is enough to notice that the line is gone again."""
    line.down(*"abcde")
    assert await line.ask(*"abcde") == "ffooo"
    del line.wrong[url("d")]
    line.now = 60
    assert await line.ask("d") == "a"
    line.down("d")
    assert await line.ask(*"abdce") == "ffooo"


@pytest.mark.parametrize(
    "error",
    [
        FetchError("", "status-500", "answered 500", passing=True, status=500),
        FetchError("", "truncated", "the answer stops early", passing=True),
        FetchError("", "too-large", "more than 10 MB", passing=False),
        FetchError("", "tls", "no trusted connection", passing=False),
        Refused("", "address", "a private address"),
        HostClosed("", NOW, "left alone"),
    ],
)
async def test_other_troubles_are_not_us(line: Line, error: FetchError) -> None:
    """All sources down by their own fault: who says 500 speaks to us."""
    line.wrong = {url(host): error for host in "abcdef"}
    assert await line.ask(*"abcdef") == "ffffff"
    assert line.kinds() == []


async def test_what_says_nothing_ends_nothing(line: Line) -> None:
    """A refusal before anything was sent, or a captive portal's certificate, is no answer."""
    line.down(*"abc")
    assert await line.ask(*"abc") == "ffo"
    line.wrong[url("d")] = Refused(url("d"), "address", "a private address")
    line.wrong[url("e")] = FetchError(url("e"), "tls", "no trusted connection", passing=False)
    assert await line.ask(*"de") == "ff"
    assert line.kinds() == ["offline"]


async def test_probes_are_no_flood(line: Line) -> None:
    """While we are offline each host is asked once a minute, whatever is due there."""
    line.down(*"abc")
    await line.ask(*"abc")
    line.asked.clear()
    for second in range(121):
        line.now = float(second)
        assert await line.ask(*"aabbccaabbcc") == "o" * 12
    assert len(line.asked) == 3 * 2  # and not when they had just failed


async def test_few_probes_at_a_time() -> None:
    """Thousands that are due do not all hang on a dead line: the rest hears at once."""
    hanging = asyncio.Event()
    asked = []

    async def get(request: Request) -> Capture:
        asked.append(request.url)
        if len(asked) > 3:
            await hanging.wait()
        raise FetchError(request.url, "timeout", "no answer", passing=True)

    line = Outage(get, lambda _: None, clock=lambda: 0.0)
    for host in "abc":
        with pytest.raises(FetchError):
            await line(Request(url=url(host)))
    jobs = [asyncio.ensure_future(line(Request(url=url(f"n{n}")))) for n in range(100)]
    await asyncio.sleep(0.01)
    assert sum(job.done() for job in jobs) == 92
    hanging.set()
    ended = await asyncio.gather(*jobs, return_exceptions=True)
    assert all(isinstance(each, Offline) for each in ended)
    assert len(asked) == 3 + 8


async def test_below_the_gate() -> None:
    """Names that lead nowhere: sites are told offline though their robots.txt failed, and no door stays shut after."""
    async with serving(pages({"/a": answer(body=b"here")})) as web:
        resolve = {"up.example": f"127.0.0.1:{web.port}"}
        network = web.network(resolve=resolve, timeout=2.0)
        down = [True]
        events: list[Event] = []
        async with Fetcher(network, no_site) as fetcher:

            async def hop(request: Request) -> Capture:
                if down:
                    raise FetchError(request.url, "dns", "no such name", passing=True)
                return await fetcher.hop(request)

            outage = Outage(hop, events.append)
            gate = Gate(outage, network, no_site, remember=forget, known={}, now=lambda: NOW)
            get = retrying(following(gate.hop, budget=2.0), sleep=lambda _: asyncio.sleep(0))
            for host in ("one", "two", "three"):
                with pytest.raises(FetchError):
                    await get(Request(url=f"http://{host}.example/a"))
            for _ in range(20):
                with pytest.raises(Offline):
                    await get(Request(url="http://up.example/a"))
            down.clear()
            outage._probed.clear()  # a minute later
            assert (await get(Request(url="http://up.example/a"))).body == b"here"
        assert [event.kind for event in events] == ["offline", "online"]


async def forget(_: HostState) -> None:
    return None
