"""What is noted of a capture in a word -> the same as a sentence for people."""

from typing import Any

HIDDEN = "***"
VIA = {
    "poll": "asked for what is new",
    "visit": "fetched because a source announced it",
    "look": "fetched again, to see whether it changed",
    "next-page": "fetched as a later page of an article",
    "import": "imported",
    "backfill": "fetched by a back-fill",
    "wayback": "had from a web archive",
}
KINDS = {
    "source": "what a source announces",
    "article": "an article",
    "listing": "a list of other pages",
    "empty": "a page without an article",
    "wall": "a wall: no article, but what stood in its place",
    "gone": "the page is gone",
    "error": "an error",
    None: "not read yet",
}
TONES = {"article": "good", "source": "good", "wall": "warn", "empty": "warn", "gone": "bad", "error": "bad"}
DECIDED = {
    "bom": "by the mark at its beginning",
    "host": "as the configuration says of its host",
    "header": "as its server said",
    "meta": "as the page itself says",
    "valid": "by its bytes, which are valid so",
    "guess": "a guess: nothing said so",
}
READINGS = {
    "published": "read first from this",
    "edited": "another text or field than before",
    "re-extracted": "read again by another rule",
}


def kind(value: str | None) -> str:
    return KINDS.get(value, str(value))


def header(name: str, value: str) -> str:
    """A value as it may be told: of a cookie its name and its terms, since with the rest one is who collected."""
    if name.lower() not in ("set-cookie", "set-cookie2"):
        return value
    pair, end, terms = value.partition(";")
    return f"{pair.partition('=')[0]}={HIDDEN}{end}{terms}"


def outward(url: str, told: str) -> str | None:
    """An address that a link may lead to: of the web, and one in which nothing is hidden. told: as it may be told."""
    return url if url == told and url.lower().startswith(("http://", "https://")) else None


def charset(capture: Any) -> str:
    """`utf-8, as its server said`; "" where it was never read."""
    said = capture["charset"]
    if not said:
        return ""
    return ", ".join(filter(None, (said, DECIDED.get(capture["charset_by"], capture["charset_by"]))))
