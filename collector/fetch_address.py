"""
Where a name may lead: looks a host up once, refuses what is not on the open internet, dials the checked address.

There is no window between check and connect: the address that was judged is the address that is dialled, while
certificate and SNI stay with the name. Knows no request, no page and no politeness.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore

Address = IPv4Address | IPv6Address
Lookup = Callable[[str, int], Awaitable[list[str]]]

MOST_ANSWERS = 4  # of one name that are tried; the deadline is shared
CONNECT_SECONDS = 10.0  # for all answers of a name together, when the caller says nothing
ANSWER_SECONDS = 3.0  # at least for each: a lost SYN is sent again after one second

# Credentials of the machine itself are served here; `allow_private` never opens them.
METADATA = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254",  # AWS, Google, Azure, and most others
        "169.254.170.2",  # AWS container credentials
        "169.254.170.23",  # AWS pod identity
        "100.100.100.200",  # Alibaba
        "168.63.129.16",  # Azure's agent, a global address by IANA
        "192.0.0.192",  # Oracle, old
        "fd00:ec2::254",  # AWS
        "fd00:ec2::23",  # AWS pod identity
        "fd20:ce::254",  # Google
        "fd00:42::42",  # Scaleway
    )
)
# The tables of `ipaddress` are as old as the interpreter: what they miss stands here (IANA special-purpose registries).
NOT_OPEN = [
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3"),
        *("2001::/23", "2001:db8::/32", "3fff::/20"),
    )
]
GLOBAL_UNICAST = ip_network("2000::/3")  # the only part of IPv6 that is given out; all else is special
NAT64 = ip_network("64:ff9b::/96")


class Forbidden(Exception):
    """The name leads where nothing of ours may go; nothing was dialled."""


class Unknown(Exception):
    """The name has no address, or the resolver gave none in time."""


class Dialler(httpcore.AsyncNetworkBackend):
    """A network backend that dials checked addresses only.

    `resolve`: "host:port", "host" or "*" -> "address:port" or "address", the most exact key wins; the operator wrote
    that address, so it is dialled unchecked. "*" stands for names: an address written in a URL is no name.
    """

    def __init__(self, resolve: Mapping[str, str], *, allow_private: bool, lookup: Lookup | None = None) -> None:
        self._resolve = {key.lower(): value for key, value in resolve.items()}
        self._allow_private = allow_private
        # Threads of its own: a dozen dead names may not keep the rest of the program from its thread pool.
        self._threads = ThreadPoolExecutor(16, thread_name_prefix="dns")
        self._lookup = lookup or self._getaddrinfo
        self._dial = httpcore.AnyIOBackend().connect_tcp

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises Forbidden, Unknown, or httpcore's ConnectError and ConnectTimeout of the last answer tried."""
        targets = await self.targets(host, port)
        each = max((timeout or CONNECT_SECONDS) / len(targets), ANSWER_SECONDS)
        for address, number in targets[:-1]:
            try:
                return await self._dial(address, number, each, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # the next answer of this name may be alive
        address, number = targets[-1]
        return await self._dial(address, number, each, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def targets(self, host: str, port: int) -> list[tuple[str, int]]:
        """Where to dial for `host`, checked: one to four pairs of address and port. Raises Forbidden or Unknown."""
        if mapped := self._mapped(host.lower().rstrip("."), port):
            return [_target(mapped, port)]
        answers = [host] if _literal(host) else await self._lookup(host, port)
        for answer in answers:
            if why := forbidden(ip_address(answer), allow_private=self._allow_private):
                raise Forbidden(f"{host} leads to {answer}, {why}")
        return [(answer, port) for answer in answers[:MOST_ANSWERS]]

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _mapped(self, host: str, port: int) -> str | None:
        shown = f"[{host}]" if ":" in host else host
        for key in (f"{shown}:{port}", shown, host):
            if key in self._resolve:
                return self._resolve[key]
        return None if _numeric(host) else self._resolve.get("*")

    async def _getaddrinfo(self, host: str, port: int) -> list[str]:
        def ask() -> list[str]:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))

        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except (OSError, UnicodeError) as e:  # UnicodeError: a label that is empty or too long
            raise Unknown(f"{host} has no address: {e}") from e


def forbidden(address: Address, *, allow_private: bool = False) -> str | None:
    """Why nothing of ours may be sent to `address`; None when it is on the open internet, or allowed."""
    inside = _inside(address)
    if address in METADATA or any(part in METADATA for part in inside):
        return "a metadata address"
    if allow_private:
        return None
    return None if _open(address) and all(map(_open, inside)) else "not an address of the open internet"


def _open(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped or address in NAT64 or address.sixtofour:
            return True  # what is inside decides
        if address not in GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not any(address in net for net in NOT_OPEN)


def _inside(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address carries: mapped, 6to4, NAT64, and both ends of Teredo."""
    if isinstance(address, IPv4Address):
        return []
    nat64 = IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
    carried = (address.ipv4_mapped, address.sixtofour, nat64, *(address.teredo or ()))
    return [part for part in carried if part]


def _literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _numeric(host: str) -> bool:
    """An address in any way of writing that the system's resolver takes for one: 127.1, 0x7f.1, 2130706433."""
    if _literal(host):
        return True
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return True


def _target(mapped: str, port: int) -> tuple[str, int]:
    """`mapped` as address and port: "10.0.0.1:80", "[::1]:80", "10.0.0.1", "::1"; without a port, the URL's."""
    address, colon, number = mapped.rpartition(":")
    if colon and number.isdigit() and (":" not in address or address.endswith("]")):
        return address.strip("[]"), int(number)
    return mapped.strip("[]"), port
