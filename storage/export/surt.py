"""An address -> the key under which web archives index it: `org,example)/path?query`.

Sort-friendly URI Reordering Transform, after the canonical form of the Internet Archive's library `surt`
(GoogleURLCanonicalizer, then IAURLCanonicalizer), which pywb asks. Http and https alone.
"""

import re
from ipaddress import IPv4Address
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

KEPT = """!"$&'()*+,-./:;<=>?@[\\]^_`{|}~"""  # is never escaped
PORTS = {"http": 80, "https": 443}
SESSIONS_OF_PATHS = (
    re.compile(r"^(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)$"),
    re.compile(r"^(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)$"),
)
SESSIONS_OF_QUERIES = tuple(
    re.compile(rf"^(.*)(?:{each})(?:&(.*))?$", re.IGNORECASE)
    for each in (
        *("jsessionid=[0-9a-z]{32}", "phpsessid=[0-9a-z]{32}", "sid=[0-9a-z]{32}"),
        *("ASPSESSIONID[a-z]{8}=[a-z]{24}", "cfid=[^&]+&cftoken=[^&]+"),
    )
)


def surt(url: str) -> str:
    """The key of an http address. Raises ValueError for what is none."""
    parts = urlsplit(re.sub(r"[\r\n\t]", "", url.strip()))
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"no http address: {url}")
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    query = _query(parts.query)
    return f"{_host(parts.hostname)}{port}){_path(parts.path)}{query and '?' + query}"


def _host(host: str) -> str:
    name = unquote_to_bytes(host).decode("utf-8", "replace").lower()
    if not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            name = _escaped(name.encode())
    name = name.replace("..", ".").strip(".")
    if name.isdigit():
        name = str(IPv4Address(int(name) & 0xFFFFFFFF))
    name = re.sub(r"^www\d*\.", "", name)
    return ",".join(reversed(name.split(".")))


def _path(path: str) -> str:
    kept: list[bytes] = []
    for each in _unescaped(path).split(b"/")[1:]:
        if each == b".." and kept:
            kept.pop()
        elif each != b".":
            kept.append(each)
    text = "/" + _escaped(b"/".join([*filter(None, kept[:-1]), *kept[-1:]])).lower()
    for session in SESSIONS_OF_PATHS:
        text = session.sub(r"\1\2", text)
    return text if text == "/" else text.removesuffix("/")


def _query(query: str) -> str:
    text = _escaped(_unescaped(query))
    for session in SESSIONS_OF_QUERIES:
        if match := session.match(text):
            text = match[1] + (match[2] or "")
    return "&".join("=".join(each) for each in sorted(tuple(each.split("=", 1)) for each in text.lower().split("&")))


def _unescaped(text: str) -> bytes:
    """Again and again: an address is escaped once at last, however often it was before."""
    before, now = b"", text.encode("utf-8", "surrogatepass")
    while now != before:
        before, now = now, unquote_to_bytes(now)
    return now


def _escaped(raw: bytes) -> str:
    return quote_from_bytes(raw, safe=KEPT)
