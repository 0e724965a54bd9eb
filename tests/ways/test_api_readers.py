"""Answers of APIs, as they are and as they should not be."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector import sources
from collector.errors import SourceError
from collector.extract import rules
from collector.sources import json_items, wordpress
from collector.ways import api_pages, posts
from tests.ways.api_sites import HOST, NOW, span

URL = f"https://{HOST}/wp-json/wp/v2/posts?page=1"
POST: dict[str, Any] = {
    "date": "2024-05-11T01:30:00",
    "date_gmt": "2024-05-10T16:30:00",
    "modified_gmt": "2024-05-12T08:00:01",
    "link": "/2024/boats/",
    "guid": {"rendered": f"https://{HOST}/?p=77"},
    "title": {"rendered": "Boats &#8211; &amp; <em>nets</em>"},
    "content": {"rendered": "<p>Two boats.</p>\n", "protected": False},
    "excerpt": {"rendered": "<p>Two …</p>"},
}
RULE = f"""hosts: [{HOST}]
api:
  url: "/list?before={{cursor}}"
  items: list
  item: {{url: link, title: head, published: at, content: body, id: id}}
  times: seconds
  cursor: {{last: at, overlap: 1}}
"""
SITES = {HOST: rules.parse(RULE, "x.yaml")}
PLACE = {"rule": HOST, "api": 0, "cursor": "1714600000", "page": 0}


def test_a_post() -> None:
    """Every field, with the times of UTC, the title in plain words and the whole piece."""
    told = wordpress.read(b"\xef\xbb\xbf" + json.dumps([POST]).encode(), URL, NOW)
    (entry,) = told.entries
    assert (entry.url, entry.guid) == (f"https://{HOST}/2024/boats/", f"https://{HOST}/?p=77")
    assert (entry.title, entry.content, entry.summary) == ("Boats – & nets", "<p>Two boats.</p>", "<p>Two …</p>")
    assert entry.published is not None and entry.published.value == datetime(2024, 5, 10, 16, 30, tzinfo=UTC)
    assert entry.updated is not None and entry.updated.iso() == "2024-05-12T08:00:01+00:00"
    assert (told.count, told.clocks) == (1, (9 * 3600,))


@pytest.mark.parametrize(
    ("more", "published", "content"),
    [
        ({"date_gmt": None}, "2024-05-11", "<p>Two boats.</p>"),
        ({"date_gmt": "0000-00-00T00:00:00"}, "2024-05-11", "<p>Two boats.</p>"),
        ({"date_gmt": None, "date": 7}, None, "<p>Two boats.</p>"),
        ({"content": {"rendered": "<form>", "protected": True}}, "2024-05-10T16:30:00+00:00", None),
        ({"content": "<p>Two.</p>"}, "2024-05-10T16:30:00+00:00", "<p>Two.</p>"),
        ({"content": {"rendered": ""}}, "2024-05-10T16:30:00+00:00", None),
    ],
)
def test_posts_that_lack_something(more: dict[str, Any], published: str | None, content: str | None) -> None:
    """A time without its zone tells the day alone; what is locked has no text."""
    (entry,) = wordpress.read(json.dumps([{**POST, **more}]).encode(), URL, NOW).entries
    assert (entry.published and entry.published.iso(), entry.content) == (published, content)


def test_headers_tell_how_many_there_are() -> None:
    """Where they are numbers."""
    body, days = json.dumps([POST]).encode(), span("2024-05-10", "2024-05-10")
    leaf = posts.read(body, URL, NOW, days, "example.org", {"x-wp-total": "120", "x-wp-totalpages": "2"})
    assert (leaf.total, leaf.pages, leaf.form, leaf.holds("within")) == (120, 2, "WordPress REST", 1)
    leaf = posts.read(body, URL, NOW, days, "example.org", {"x-wp-totalpages": "many"})
    assert (leaf.total, leaf.pages) == (None, None)


def test_what_they_carry_can_be_read_again() -> None:
    """A document that was kept says what it said, without the walk that asked for it."""
    again = sources.parse(json.dumps([POST]).encode(), URL, fetched_at=NOW)
    assert again.entries == wordpress.read(json.dumps([POST]).encode(), URL, NOW).entries
    item = {"link": "/story/1", "head": "Boats", "at": 1_714_500_000, "body": "<p>Two boats.</p>", "id": 1}
    body = json.dumps({"list": [item]}).encode()
    (entry,) = sources.parse(body, f"https://{HOST}/list?before=1", fetched_at=NOW, sites=SITES).entries
    assert (entry.url, entry.content) == (f"https://{HOST}/story/1", "<p>Two boats.</p>")
    with pytest.raises(SourceError, match="JSON that is no JSON Feed"):
        sources.parse(body, f"https://{HOST}/list?before=1", fetched_at=NOW, sites={})


def test_a_rule_that_has_changed() -> None:
    """A step that was made for an API which is described no longer says so."""
    with pytest.raises(SourceError, match="describes this API no longer"):
        api_pages.read(b"{}", URL, NOW, span("2024-05-10", "2024-05-10"), "example.org", PLACE, {})


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([1_714_500_000, 10**30, "1" * 400]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*POST, "rendered", "list", "at", "id", "body", "type"]), inner, max_size=5)
    ),
    max_leaves=8,
)


@given(VALUES, st.lists(st.fixed_dictionaries(dict.fromkeys((*POST, "at", "id", "body", "head"), VALUES)), max_size=3))
@settings(max_examples=20, deadline=None)
def test_any_json(value: Any, items: list[Any]) -> None:
    """Is read, or refused with a SourceError."""
    days = span("2024-05-10", "2024-05-10")
    for body in (json.dumps(one).encode() for one in (value, items, {"list": items})):
        for read in (posts.read, api_pages.read):
            more: list[Any] = [{}] if read is posts.read else [PLACE, SITES]
            with suppress(SourceError):
                leaf = read(body, URL, NOW, days, "example.org", *more)
                assert json.dumps(leaf.cursor)


@pytest.mark.parametrize("body", [b"", b"<p>", b"[" * 100_000, b'{"list": [' + b"1" * 5_000 + b"]}"])
def test_what_is_no_json(body: bytes) -> None:
    """However deep, however long its numbers."""
    with pytest.raises(SourceError, match="no JSON"):
        wordpress.read(body, URL, NOW)
    with pytest.raises(SourceError, match="no JSON"):
        json_items.read(body, SITES[HOST].api[0], URL, NOW)
