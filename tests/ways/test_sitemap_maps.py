"""The file of a sitemap -> a leaf: what may be of the span, counted and in bounded memory."""

import gzip
import io
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from collector.ways import maps
from collector.ways.nouns import Found, Leaf, Span

SITE = "harbour.test"
BASE = f"https://{SITE}"
NOW = datetime(2025, 9, 1, tzinfo=UTC)
SPAN = Span(since=date(2025, 3, 1), until=date(2025, 3, 31))


def read(body: str | bytes, url: str = f"{BASE}/sitemap.xml", out: Path | None = None) -> Leaf:
    raw = body if isinstance(body, bytes) else f"<urlset>{body}</urlset>".encode()
    return maps.read(io.BytesIO(raw), url, NOW, SPAN, SITE, out)


def page(path: str, lastmod: str = "", published: str = "") -> str:
    news = f"<news:news><news:publication_date>{published}</news:publication_date></news:news>" if published else ""
    said = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{path if '://' in path else BASE + path}</loc>{said}{news}</url>"


@pytest.mark.parametrize(
    ("told", "counts", "day"),
    [
        (page("/a", published="2025-03-14T23:30:00-05:00"), {"within": 1}, "2025-03-15"),
        (page("/a", "2025-03-14", published="2025-04-01T00:00:00Z"), {"outside": 1}, None),
        (page("/2025/03/14/a", "2025-08-30"), {"within": 1}, "2025-03-14"),
        (page("/2024/03/14/a", "2025-03-14"), {"outside": 1}, None),
        (page("/a", "2025-02-28"), {"outside": 1}, None),
        (page("/a", "2025-03-14"), {"undated": 1}, None),
        (page("/a", "2025-08-30"), {"undated": 1}, None),  # one alone shows no habit
        (page("/a", "1970-01-01"), {"undated": 1}, None),  # a clock that stood still
        (page("/a", "2031-01-01"), {"undated": 1}, None),  # a clock that runs ahead
        (page("/a"), {"undated": 1}, None),
        (page("/", "2025-03-14"), {"outside": 1}, None),  # the front page
        (page("https://other.test/a"), {"elsewhere": 1}, None),
        (page("/a") * 3 + page("/b") + page("/a"), {"undated": 2}, None),
    ],
)
def test_one_address(told: str, counts: dict[str, int], day: str | None) -> None:
    """What decides for an address: its publication date, the day in it, a lastmod before the span; each once."""
    leaf = read(told)
    assert leaf.counts == counts
    assert [one.day.isoformat() if one.day else None for one in leaf.found[:1]] == [day][: len(leaf.found)]
    assert leaf.announced == len(leaf.found) + sum(leaf.days.values())


def pages(number: int, first: str, step: timedelta) -> str:
    begin = datetime.fromisoformat(first)
    return "".join(page(f"/p{n}", (begin + n * step).isoformat()) for n in range(number))


def test_order_decides() -> None:
    """Lastmods in the order of the document: what came after the span is outside, on its day."""
    leaf = read(pages(300, "2025-01-01T00:00:00+00:00", timedelta(hours=12)))
    assert leaf.counts == {"outside": 238, "undated": 62}
    assert leaf.days["2025-04-01", "outside"] == 2
    assert (leaf.falling, leaf.first, leaf.last) == (False, f"{BASE}/p0", f"{BASE}/p299")
    assert (leaf.oldest, leaf.newest) == (datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 5, 30, 12, tzinfo=UTC))


def disorder() -> str:
    """A page a day for 239 days, of which 59 are before the span and 31 its own, in no order."""
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(239)]
    Random(6).shuffle(days)
    return "".join(page(f"/p{n}", day.isoformat()) for n, day in enumerate(days))


def test_disorder_is_told_apart() -> None:
    """Lastmods in no order: those after the span are passed over as `later`, and counted on the day of it."""
    leaf = read(disorder())
    assert leaf.counts == {"outside": 59, "undated": 31, "later": 149}
    assert leaf.days["2025-04-01", "later"] == 1


@pytest.mark.parametrize(
    ("name", "undated"),
    [("sitemap_2025_03.xml", 238), ("sitemap-2025-03-14.xml", 239), ("sitemap_2025.xml", 31), ("sitemap-7.xml", 31)],
)
def test_the_name_of_the_document_decides(name: str, undated: int) -> None:
    """In a document of days of the span, edits change nothing, nor do lastmods before all of these, which are wrong."""
    assert read(disorder(), f"{BASE}/{name}").holds("undated") == undated


def test_spool(tmp_path: Path) -> None:
    """With a file, the finds stand there, five hundred together, and in their order."""
    body = "".join(page(f"/p{n}") for n in range(1201))
    leaf = read(body, out=tmp_path / "found")
    batches: list[tuple[Found, ...]] = []
    with (tmp_path / "found").open("rb") as file:
        while file.peek(1):
            batches.append(pickle.load(file))
    assert [len(batch) for batch in batches] == [500, 500, 201]
    assert tuple(one for batch in batches for one in batch) == read(body).found
    assert (leaf.found, leaf.spool, leaf.announced) == ((), tmp_path / "found", 1201)


def test_index() -> None:
    """The parts of an index, each once, with their dates."""
    part = f"<sitemap><loc>{BASE}/1.xml</loc><lastmod>2025-03-14</lastmod></sitemap>"
    leaf = read(gzip.compress(f"<sitemapindex>{part * 2}<sitemap><loc>/2.xml</loc></sitemap></sitemapindex>".encode()))
    assert [(one.url, one.updated) for one in leaf.parts] == [
        (f"{BASE}/1.xml", datetime(2025, 3, 14, tzinfo=UTC)),
        (f"{BASE}/2.xml", None),
    ]
    assert (leaf.form, leaf.newest, leaf.why) == ("index", datetime(2025, 3, 14, tzinfo=UTC), "")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<!doctype html><html><body>Not found</body></html>", "no sitemap: html"),
        (b"<rss version='2.0'><channel/></rss>", "no sitemap: feed"),
        (b"<urlset></urlset>", "a sitemap of nothing"),
        (b"", "an empty document"),
    ],
)
def test_none(body: bytes, why: str) -> None:
    """What answers in the place of a sitemap is a leaf that says why."""
    assert (read(body).why, read(body).announced) == (why, 0)


def test_news() -> None:
    """A document of publication dates of a few days is one of news."""
    told = "".join(page(f"/p{n}", published=f"2025-08-3{n}T09:00:00Z") for n in (0, 1))
    assert read(told).form == "news"
    assert read(told + page("/p", published="2025-03-14")).form == "sitemap"


_LOAD = """
import resource, sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from collector.ways import maps
from collector.ways.nouns import Span
number, file, begin = int(sys.argv[1]), Path(sys.argv[2]), datetime(2022, 1, 1, tzinfo=UTC)
with file.open("w") as out:
    out.write("<urlset>")
    for n in range(number):
        at = begin + timedelta(days=n * 1000 // number)
        out.write(f"<url><loc>https://harbour.test/a-story-{n}</loc><lastmod>{at:%Y-%m-%d}</lastmod></url>")
    out.write("</urlset>")
with file.open("rb") as body:
    span = Span(since=date(2024, 3, 1), until=date(2024, 5, 31))
    out, now = file.with_suffix(".out"), begin.replace(year=2025)
    leaf = maps.read(body, "https://harbour.test/m.xml", now, span, "harbour.test", out)
print(leaf.announced, leaf.holds("undated"), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_memory_does_not_grow(tmp_path: Path) -> None:
    """Half a million addresses take no more memory than 20,000."""
    used = []
    for number in (20_000, 500_000):
        done = subprocess.run(
            [sys.executable, "-c", _LOAD, str(number), str(tmp_path / "m.xml")],
            capture_output=True,
            text=True,
            check=True,
        )
        announced, undated, most = map(int, done.stdout.split())
        assert (announced, undated > number / 20) == (number, True)
        used.append(most)
    assert used[1] < used[0] * 1.2
