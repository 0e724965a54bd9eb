"""The address guard: judged before anything is dialled, and dialled as judged."""

from ipaddress import ip_address

import httpcore
import pytest

from collector.errors import Refused
from collector.fetch import Fetcher, following
from collector.fetch_address import Dialler, Forbidden, Unknown, forbidden
from storage.records import Request
from tests.loopback import DIALLED, answer, no_site, pages, serving

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.1.1",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:a00:1::",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%1",
    "fec0::1",
    "ff02::1",
]
METADATA = [
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
]
OPEN = ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"]


@pytest.mark.parametrize("address", INSIDE + METADATA)
def test_inside(address: str) -> None:
    """What is not on the open internet is refused, however it is wrapped."""
    assert forbidden(ip_address(address))


@pytest.mark.parametrize("address", METADATA)
def test_metadata_stays_shut(address: str) -> None:
    """`allow_private` never opens where a machine's own credentials are served."""
    assert forbidden(ip_address(address), allow_private=True)


@pytest.mark.parametrize("address", OPEN)
def test_open(address: str) -> None:
    """Public addresses are open."""
    assert forbidden(ip_address(address)) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "fe80::1"])
def test_allow_private(address: str) -> None:
    """`allow_private` opens one's own networks."""
    assert forbidden(ip_address(address), allow_private=True) is None


def dialler(*answers: str, allow_private: bool = False, **resolve: str) -> Dialler:
    async def lookup(host: str, port: int) -> list[str]:
        return list(answers)

    return Dialler(
        {key.replace("__", ":"): to for key, to in resolve.items()}, allow_private=allow_private, lookup=lookup
    )


@pytest.mark.parametrize("answers", [("127.0.0.1",), ("1.1.1.1", "10.0.0.1"), ("2606:4700::1111", "fd00::1")])
async def test_any_bad_answer_refuses(answers: tuple[str, ...]) -> None:
    """One bad answer among good ones is enough: a name that mixes them is an attack."""
    with pytest.raises(Forbidden):
        await dialler(*answers).targets("news.example", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "127.1", "2130706433", "0177.0.0.1", "::1"])
async def test_literals(host: str) -> None:
    """Every way to write an address is judged by the address that it means, and is no name for `*`."""
    with pytest.raises(Forbidden):
        await Dialler({"*": "127.0.0.1:9"}, allow_private=False).targets(host, 80)


@pytest.mark.parametrize(
    ("resolve", "host", "target"),
    [
        ({"*": "127.0.0.1:9"}, "news.example", ("127.0.0.1", 9)),
        ({"*": "127.0.0.1:9", "News.example": "127.0.0.2:8"}, "news.example", ("127.0.0.2", 8)),
        ({"news.example": "127.0.0.2:8", "news.example:80": "[::1]:7"}, "news.example", ("::1", 7)),
        ({"news.example": "127.0.0.2"}, "news.example.", ("127.0.0.2", 80)),
        ({"news.example:443": "127.0.0.2:8", "*": "::1"}, "news.example", ("::1", 80)),
        ({"169.254.169.254": "127.0.0.1:9"}, "169.254.169.254", ("127.0.0.1", 9)),
        ({"[::1]:80": "127.0.0.1:9"}, "::1", ("127.0.0.1", 9)),
    ],
)
async def test_resolve(resolve: dict[str, str], host: str, target: tuple[str, int]) -> None:
    """The most exact key wins, and what the operator wrote is not judged."""
    assert await Dialler(resolve, allow_private=False).targets(host, 80) == [target]


async def test_unmapped_metadata_with_star() -> None:
    """`*` with `allow_private`, as a test web has it, still keeps metadata addresses shut."""
    with pytest.raises(Forbidden, match="metadata"):
        await Dialler({"*": "127.0.0.1:9"}, allow_private=True).targets("169.254.169.254", 80)


@pytest.mark.parametrize("host", ["a" * 64 + ".invalid", "a..b"])
async def test_unknown(host: str) -> None:
    """A name without an address is told apart from a refusal."""
    guard = Dialler({}, allow_private=False)
    with pytest.raises(Unknown):
        await guard.targets(host, 80)
    guard.close()


async def test_next_answer_is_tried() -> None:
    """A name with a dead and a living address is reached."""
    async with serving(pages({"/": answer(200, b"ok")})) as web:
        stream = await dialler("127.0.0.2", "127.0.0.1", allow_private=True).connect_tcp("news.example", web.port)
        await stream.aclose()
        with pytest.raises(httpcore.ConnectError):
            await dialler("127.0.0.2", allow_private=True).connect_tcp("news.example", web.port)


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://2852039166/",
        "http://localhost/",
        "http://0x7f.1/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://[::1/",
    ],
)
async def test_redirects_are_checked(location: str) -> None:
    """A redirect to the inside ends before anything is dialled."""
    async with serving(pages({"/": answer(302, Location=location)})) as web:
        network = web.network(allow_private=False, resolve={"news.example": f"127.0.0.1:{web.port}"})
        async with Fetcher(network, no_site) as fetcher:
            DIALLED.clear()
            with pytest.raises(Refused):
                await following(fetcher.hop, budget=5)(Request(url="http://news.example/"))
            assert DIALLED == ["127.0.0.1"], "only the first server"
            assert len(web.log) == 1
