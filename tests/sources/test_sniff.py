"""What a document is, by its bytes alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import SourceError
from collector.sources import parse
from collector.sources.sniff import as_utf8, form_of
from storage.records import Announcement
from tests.sources.shapes import NOW, RDF, RSS_091, RSS_20, atom


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (RSS_091, "feed"),
        (RSS_20, "feed"),
        (RDF, "feed"),
        (atom(""), "feed"),
        ("<a10:feed xmlns:a10='http://www.w3.org/2005/Atom'/>", "feed"),
        ("<!DOCTYPE rss [<!ENTITY a '>'>]><rss/>", "feed"),
        ("<!-- <html> --><rss version='2.0'/>", "feed"),
        ("Notice: undefined index\n<rss version='2.0'/>", "feed"),
        ("<br /><b>Notice</b><?xml version='1.0'?><rss version='2.0'/>", "feed"),
        ('{"version":"https:\\/\\/jsonfeed.org\\/version\\/1"}', "jsonfeed"),
        ('{"version":"1"}', "json"),
        ("<urlset/>", "sitemap"),
        ("<s:SitemapIndex xmlns:s='x'/>", "sitemap"),
        ("https://a.example/1\nhttps://a.example/2", "addresses"),
        ("https://a.example is down", "unknown"),
        ("<!DOCTYPE html>\n<html>", "html"),
        ("<!doctype html>just words", "html"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='http://www.w3.org/1999/xhtml'>", "html"),
        ("<div>a part</div>", "html"),
        ("<note/>", "xml"),
        ("<opml/>", "opml"),
        ("\ufeff", "empty"),
        ("", "empty"),
        ("%PDF-1.7", "unknown"),
    ],
)
def test_form(body: str, form: str) -> None:
    """The root element tells, or how the text begins; in UTF-16 as in UTF-8."""
    assert form_of(as_utf8(body.encode())[0]) == form
    assert form_of(as_utf8(body.encode("utf-16"))[0]) == form


@given(st.binary(max_size=200) | st.text("<>!-[]?/ rsfeudlhtm:\"'{}", max_size=200).map(str.encode))
def test_any_bytes(body: bytes) -> None:
    """Any bytes are an announcement or a SourceError."""
    try:
        found = parse(body, "https://a.example/", fetched_at=NOW, kind="feed")
    except SourceError:
        return
    assert isinstance(found, Announcement)


@pytest.mark.parametrize("piece", ["<", "<!--", "<?", "<feed ", "<a:", "<!doctype [", " <!-- -->", "https://"])
def test_quick(piece: str) -> None:
    """No beginning is slow to look at."""
    started = time.process_time()
    form_of((piece * 100_000).encode())
    assert time.process_time() - started < 1
