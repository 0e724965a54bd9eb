"""Url -> the place it names: scheme, host and port, as the network edge and the gate both see them. Pure."""

from dataclasses import dataclass
from functools import lru_cache

import httpx

from collector.errors import Refused

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Place:
    """A server. `host`: lower case, IDNA; an IPv6 address without brackets."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """ "https://example.org", with the port when it is not the scheme's own."""
        return f"{self.scheme}://{self.turn}"

    @property
    def turn(self) -> str:
        """What shares one queue: the host, with the port when it is not the scheme's own.

        http and https of a host are one machine to be spared; a port written out is another server. Hosts of one
        registrable domain stay apart: blogs of strangers share blogspot.com.
        """
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == PORTS[self.scheme] else f"{shown}:{self.port}"


@lru_cache(4096)
def place(url: str) -> Place:
    """Raises Refused for anything but an absolute address of http or https."""
    parsed = address(url)
    if parsed.scheme not in PORTS:
        raise Refused(url, "scheme", f"{parsed.scheme or 'no scheme'} is neither http nor https")
    host = parsed.raw_host.decode("ascii").rstrip(".")
    if not host:
        raise Refused(url, "url", "names no host")
    return Place(parsed.scheme, host, parsed.port or PORTS[parsed.scheme])


@lru_cache(4096)  # reading an address costs as much as all else that is ours in a request, and is asked for thrice
def address(url: str) -> httpx.URL:
    """`url` as httpx takes it. Raises Refused when it cannot."""
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as e:
        raise Refused(url, "url", f"not an address: {e}") from e


def joined(base: str, location: str) -> str:
    """Where a Location of `base` leads, without its fragment. Raises Refused when it is no address."""
    try:
        return str(address(base).join(location).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError) as e:
        raise Refused(base, "url", f"redirects to what is no address: {location[:200]!r}") from e
