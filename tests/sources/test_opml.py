"""Lists of feeds, in and out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import SourceError
from collector.sources.opml import Outline, read, write

CREATED = datetime(2025, 9, 1, tzinfo=UTC)
NESTED = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Sea"><outline text="Ports &amp; quays"><outline text="Harbour" xmlUrl="https://harbour.example/feed"/></outline>
<outline title="Crane" text="crane" type="rss" xmlurl="https://crane.example/feed"/></outline>
<outline text="Harbour again" xmlUrl="https://harbour.example/feed"/>
<outline text="https://bare.example/feed" xmlUrl="https://bare.example/feed" category="/Land/Hills,/Other"/>
<outline text="no feed" htmlUrl="https://page.example/"/><outline text="odd" xmlUrl="ftp://odd.example/feed"/>
</body></opml>"""


def test_read() -> None:
    """Folders are categories, an address comes once, what is no web address is left."""
    assert read(NESTED) == (
        Outline(url="https://harbour.example/feed", title="Harbour", category="Sea/Ports & quays"),
        Outline(url="https://crane.example/feed", title="Crane", category="Sea"),
        Outline(url="https://bare.example/feed", title=None, category="Land/Hills"),
    )


def test_read_broken() -> None:
    """A bare ampersand and a missing end do not cost the list."""
    broken = b'<opml><body><outline text="Salt & sea" xmlUrl="https://a.example/?x=1&y=2"/><outline text="b"'
    assert [o.url for o in read(broken)] == ["https://a.example/?x=1&y=2"]


@pytest.mark.parametrize("body", [b"", b"words", b"<rss/>", b"{}"])
def test_no_opml(body: bytes) -> None:
    """What is no OPML is an error."""
    with pytest.raises(SourceError, match="no OPML"):
        read(body)


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
FEEDS = st.builds(
    Outline,
    url=st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9&=?]{0,9}", fullmatch=True),
    title=st.none() | WORDS,
    category=st.none() | WORDS,
)


@given(st.lists(FEEDS, max_size=6, unique_by=lambda outline: outline.url), WORDS)
def test_round_trip(outlines: list[Outline], title: str) -> None:
    """What is written is read again, folder by folder."""
    written = write(outlines, title, CREATED)
    assert set(read(written.encode())) == set(outlines)
    assert "Mon, 01 Sep 2025 00:00:00 +0000" in written


def test_forbidden_letters() -> None:
    """Letters that XML forbids do not break the file."""
    (outline,) = read(write([Outline(url="https://a.example/", title="a\x00b\ud800")], "t", CREATED).encode())
    assert outline.title == "ab"
