"""
What a person writes as one value -> what we compute with. Every function raises ValueError with what to write instead.
Knows nothing of files, keys and defaults.
"""

import math
import re
from collections.abc import Mapping
from ipaddress import ip_address
from itertools import pairwise

from collector import urls
from collector.extract import rules
from collector.extract.charset_labels import codec_of

SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31_536_000}
LONGEST = 36500 * 86400.0  # a hundred years: the calendar ends before a longer pause does
BYTES = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}

QUANTITY = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*([A-Za-z]*)", re.ASCII)
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
MAILBOX = re.compile(r"[^\s@<>,;:\"()\\]+@[^\s@<>,;:\"()\\]+", re.ASCII)
PRINTABLE = re.compile(r"[\x20-\x7e]+")


def duration(value: object) -> float:
    """Seconds of `30s`, `15m`, `1h`, `3d`, `2w`, `1y` (365 days), or of a plain number."""
    seconds = _quantity(value, SECONDS)
    if seconds is None or not 0 <= seconds <= LONGEST:
        raise ValueError(f"`{value}` is no length of time, write it as 30s, 15m, 1h, 3d or 0")
    return seconds


def some_time(seconds: float) -> float:
    """A duration that is more than nothing."""
    if seconds <= 0:
        raise ValueError("must be longer than 0, write it as 30s, 15m, 1h or 3d")
    return seconds


def growing(ages: tuple[float, ...]) -> tuple[float, ...]:
    """Ages at which something is looked at again, each later than the one before."""
    if 0 in ages or any(later <= earlier for earlier, later in pairwise(ages)):
        raise ValueError("must be ages that grow, write them as [15m, 1h, 1d]")
    return ages


def pair(value: object) -> object:
    """Two values, neither more nor less."""
    if not isinstance(value, tuple) or len(value) != 2:
        raise ValueError("must be two lengths of time, write them as [2m, 55m]")
    return value


def from_to(bounds: tuple[float, float]) -> tuple[float, float]:
    """The shorter and the longer of two lengths of time."""
    if bounds[0] > bounds[1]:
        raise ValueError("must begin with the shorter one, write them as [2m, 55m]")
    return bounds


def size(value: object) -> int:
    """Bytes of `10MB`, `512KiB`, or of a plain number."""
    found = _quantity(value, BYTES)
    if found is None or found < 1:
        raise ValueError(f"`{value}` is no size, write it as 10MB, 512KiB or a number of bytes")
    return int(found)


def web_address(url: str) -> str:
    """An absolute http(s) address, as written."""
    if urls.canonical(url) is None:
        raise ValueError(f"`{url}` is no address of the web, write it as https://example.org/feed.xml")
    return url.strip()


def secret_address(url: str) -> str:
    """As `web_address`, of one that gives power to who knows it: no message repeats it."""
    if urls.canonical(url) is None:
        raise ValueError("is no address of the web, write it as https://example.org/hook")
    return url.strip()


def mailbox(text: str) -> str:
    """An address of a person or a program: `you@example.org`."""
    if not MAILBOX.fullmatch(text):
        raise ValueError(f"`{text}` is no address for mail, write it as you@example.org")
    return text


def host(name: str) -> str:
    """A host without scheme, port and path, in lower case."""
    if urls.host_of(f"http://{name}/") != name.lower():
        raise ValueError(f"`{name}` is no host, write it as www.example.org")
    return name.lower()


def detour_from(name: str) -> str:
    """`*`, a host, or a host with a port, in lower case."""
    name = name.lower()
    bare, colon, port = name.rpartition(":")
    if name != "*" and not (colon and _is_port(port) and urls.host_of(f"http://{bare}/") == bare):
        try:
            return host(name)
        except ValueError:
            raise ValueError(f"`{name}` is no host, write example.org, example.org:443 or *") from None
    return name


def detour_to(target: str) -> str:
    """An IP address and a port: `127.0.0.1:8080`, `[::1]:8080`."""
    address, _, port = target.rpartition(":")
    if not _is_port(port) or not _is_ip(address):
        raise ValueError(f"`{target}` is no IP address and port, write it as 127.0.0.1:8080 or [::1]:8080")
    return target


def listener(text: str) -> str:
    """A host and a port to listen at: `127.0.0.1:8080`."""
    name, _, port = text.rpartition(":")
    if not _is_port(port) or not name or urls.host_of(f"http://{name}/") != name.lower():
        raise ValueError(f"`{text}` is no host and port, write it as 127.0.0.1:8080")
    return text


def is_loopback(listener: str) -> bool:
    """Can nobody but this machine reach a host and port?"""
    name = listener.rpartition(":")[0].lower()
    return name == "localhost" or (_is_ip(name) and ip_address(name.strip("[]")).is_loopback)


def read_by(name: str) -> str:
    """A host whose pages an installed site rule reads."""
    if rules.match(rules.installed(), f"https://{name}/") is None:
        raise ValueError(f"no site rule is installed for `{name}`, see collector/sites/ for those that are")
    return name


def charset(label: str) -> str:
    """A charset of the web, as written."""
    if codec_of(label) is None:
        raise ValueError(f"`{label}` is no charset of the web, write it as windows-1250, koi8-r or gb18030")
    return label.strip()


def token(name: str) -> str:
    """The name of a header or cookie."""
    if not TOKEN.fullmatch(name):
        raise ValueError(f"`{name}` is no name of a header or cookie, write it with letters, digits and -")
    return name


def printable(text: str) -> str:
    """What may travel in a header: plain letters on one line."""
    if not PRINTABLE.fullmatch(text):
        raise ValueError("travels in a header, write it in plain letters (ASCII) on one line")
    return text


def _quantity(value: object, units: Mapping[str, int]) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else None
    match = QUANTITY.fullmatch(value.strip()) if isinstance(value, str) else None
    unit = units.get(match[2].lower()) if match else None
    return float(match[1]) * unit if match and unit else None


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536


def _is_ip(text: str) -> bool:
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return (ip_address(bare).version == 6) == (bare != text)
    except ValueError:
        return False
