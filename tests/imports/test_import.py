"""Files of records -> the archive: what comes in, what is known, where it stands in time, what is left alone."""

import asyncio
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from collector.imports.items import Choice
from storage.archive import Archive
from tests.imports.made import AT, HARBOUR, HERONS, HTML, URL, bring, moment, record, revisit, rows
from tests.soundness import faults
from tests.town import FEED, OTHER, STORY, Town, canonical, feed, link, page

LATER = "2025-03-11T12:00:00Z"
HERE = "https://e.org/marsh"


def warc(folder: Path, *records: bytes, name: str = "a.warc.gz") -> Path:
    path = folder / name
    path.write_bytes(b"".join(records))
    return path


def test_a_page_comes_in(tmp_path: Path) -> None:
    """As an article that is known since its capture, with the server's headers; it never becomes due."""
    (brought,) = bring(tmp_path / "data", warc(tmp_path, record()))
    assert brought.counts == {"records": 1, "captures": 1, "articles new": 1}
    sql = """SELECT articles.url, first_seen, last_seen, next_look, versions.title, via, kind, headers FROM articles
        JOIN versions ON versions.id = version_id JOIN captures ON captures.id = capture_id"""
    at = moment(AT).isoformat()
    assert rows(tmp_path / "data", sql) == [
        (URL, at, at, None, "Harbour", "import", "article", f'[["content-type","{HTML}"]]')
    ]
    assert rows(tmp_path / "data", "SELECT state, next_visit, last_error FROM entries") == [("done", None, None)]
    with closing(Archive(tmp_path / "data" / "archive.db")) as archive:
        assert archive.next_due(moment("2026-11-22T00:00:00Z")) is None
        assert [row["title"] for row in archive.search("dredge")] == ["Harbour"]
    assert faults(tmp_path / "data") == []


def test_again(tmp_path: Path) -> None:
    """The same file brings nothing, nor do its records in another one."""
    data = tmp_path / "data"
    bring(data, warc(tmp_path, record(), record(HERONS, HERE)))
    before = rows(data, "SELECT * FROM captures"), rows(data, "SELECT * FROM versions")
    (again,) = bring(data, tmp_path / "a.warc.gz")
    assert (again.already, again.counts) == (True, {})
    (other,) = bring(data, warc(tmp_path, record(HERONS, HERE), record(), name="b.warc.gz"))
    assert other.counts == {"records": 2, "duplicates": 2}
    assert (rows(data, "SELECT * FROM captures"), rows(data, "SELECT * FROM versions")) == before


def test_revisits(tmp_path: Path) -> None:
    """The body is that of the record it refers to, in this file or an earlier one; else it is counted and named."""
    data = tmp_path / "data"
    (first,) = bring(data, warc(tmp_path, record(), revisit(at=LATER)))
    assert first.counts == {"records": 2, "captures": 2, "revisits": 1, "articles new": 1, "articles unchanged": 1}
    third = revisit(at="2025-03-12T12:00:00Z")
    (other,) = bring(data, warc(tmp_path, third, revisit(HERONS, HERE, at=LATER), name="b.warc.gz"))
    assert other.counts["revisits"] == other.counts["revisits of nothing here"] == 1
    assert other.faults == [{"place": str(len(third)), "error": "a revisit of what is not here"}]
    assert len(set(rows(data, "SELECT sha256, size FROM captures"))) == 1
    assert rows(data, "SELECT last_seen FROM articles") == [("2025-03-12T12:00:00+00:00",)]
    assert faults(data) == []


def test_before_what_is_known(tmp_path: Path) -> None:
    """An older capture becomes an earlier version, never the current one; a newer one becomes the current."""
    data = tmp_path / "data"
    times = ("2025-03-12T00:00:00Z", "2025-03-10T00:00:00Z", "2025-03-11T00:00:00Z", "2025-03-13T00:00:00Z")
    for number, at in enumerate(times):
        text = (*STORY, f"By then it was the {at[8:10]}th, and the boats were still at work in the harbour.")
        bring(data, warc(tmp_path, record(page("Harbour", text).encode(), at=at), name=f"{number}.warc.gz"))
    found = rows(data, "SELECT number, text FROM versions ORDER BY number")
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert [text.rpartition("the 1")[2][:3] for _, text in found] == ["0th", "1th", "2th", "3th"]
    assert rows(data, "SELECT number FROM articles JOIN versions ON versions.id = version_id") == [(4,)]
    assert rows(data, "SELECT first_seen FROM articles") == [("2025-03-10T00:00:00+00:00",)]
    assert faults(data) == []


def test_choice_and_limit(tmp_path: Path) -> None:
    """What was not asked for comes in when it is; a limit ends an import for now."""
    data, file = tmp_path / "data", warc(tmp_path, *(record(url=f"https://{at}.org/a") for at in "abc"), record(HERONS))
    (some,) = bring(data, file, choice=Choice(sites=("b.org",)))
    assert some.counts == {"records": 4, "captures": 1, "left out: not asked for": 3, "articles new": 1}
    assert [bring(data, file, limit=1)[0].counts.get("captures") for _ in range(4)] == [1, 1, 1, None]
    assert rows(data, "SELECT count(*) FROM articles") == [(4,)]


def test_a_wall_is_told_as_everywhere(tmp_path: Path) -> None:
    """Three pages with the same text: none is an article, and none is asked for."""
    data = tmp_path / "data"
    wall = page("Welcome", STORY).encode()
    (brought,) = bring(data, warc(tmp_path, *(record(wall, f"https://e.org/{number}") for number in range(4))))
    assert brought.counts["walls"] == 2
    assert rows(data, "SELECT count(*) FROM articles") == [(0,)]
    assert rows(data, "SELECT DISTINCT state, next_visit FROM entries") == [("empty", None)]
    assert faults(data) == []


def test_taken_down(tmp_path: Path) -> None:
    """What was taken down does not come back, at its address or with its bytes."""
    data = tmp_path / "data"
    bring(data, warc(tmp_path, record(HERONS, HERE)))
    with closing(Archive(data / "archive.db")) as archive, archive.transaction():
        sha256 = archive.value("SELECT sha256 FROM captures")
        archive.set_tombstone("e.org/news/harbour", URL, "", [sha256], moment(LATER))
    claims = page("Harbour", STORY, canonical(URL)).encode()
    records = (record(), record(HERONS, "https://e.org/copy"), record(claims, "https://e.org/news/1"))
    (brought,) = bring(data, warc(tmp_path, *records, name="b.warc.gz"))
    assert brought.counts == {"records": 3, "captures": 1, "taken down": 3}, "the last one is known when it is read"
    assert rows(data, "SELECT url FROM articles") == [(HERE,)]
    assert rows(data, "SELECT body_gone IS NULL FROM captures WHERE url = 'https://e.org/news/1'") == [(0,)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_later_pages(tmp_path: Path, order: tuple[int, int]) -> None:
    """An article goes on at a page that was imported, wherever it stands in the file; that is no page of its own."""
    data, first = tmp_path / "data", "https://nikkan-gendai.com/articles/view/life/100001"
    ahead = f'<link rel="next" href="{first}/2">'
    shape = '<div class="article-detail-box"><div class="full-text">'
    both = [
        (
            page("Harbour", text, head)
            .replace("<p>", f"{shape}<p>", 1)
            .replace("</article>", "</div></div></article>"),
            url,
        )
        for text, head, url in ((STORY, ahead, first), (OTHER, "", f"{first}/2"))
    ]
    records = [record(body.encode(), url) for body, url in both]
    bring(data, warc(tmp_path, *(records[number] for number in order)))
    found = rows(data, "SELECT url, text FROM articles JOIN versions ON versions.id = version_id")
    assert found == [(first, "\n\n".join((*STORY, *OTHER)))]
    assert faults(data) == []


def test_a_later_page_that_is_not_here(tmp_path: Path) -> None:
    """The article ends where the import does."""
    data, first = tmp_path / "data", "https://nikkan-gendai.com/articles/view/life/100001"
    bring(data, warc(tmp_path, record(page("Harbour", STORY, f'<link rel="next" href="{first}/2">').encode(), first)))
    assert rows(data, "SELECT text FROM versions") == [("\n\n".join(STORY),)]


async def test_beside_live_articles(tmp_path: Path, town: Callable[..., Town]) -> None:
    """An import changes nothing of when a page is asked for; one that was imported is visited when it is announced."""
    here = town({FEED: feed(link(HERE)), HERE: HERONS.decode(), URL: HARBOUR.decode()})
    await here.run()
    due = here.archive.rows("SELECT next_look, looks, last_seen FROM articles")
    tags = here.archive.rows("SELECT etag FROM entries")
    old = page("Herons", OTHER[:2]).encode()
    await asyncio.to_thread(bring, here.config, warc(tmp_path, record(old, HERE), record(at="2026-11-21T12:00:00Z")))
    assert here.archive.rows("SELECT next_look, looks, last_seen FROM articles WHERE url = ?", [HERE]) == due
    assert here.archive.rows("SELECT etag FROM entries WHERE url = ?", [HERE]) == tags
    here.web[FEED] = feed(link(HERE), link(URL))
    await here.run(timedelta(hours=1))
    assert URL in here.visited()
    assert here.archive.value("SELECT next_look FROM articles WHERE url = ?", [URL]) is not None


def wacz(folder: Path, files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "a.wacz"
    with zipfile.ZipFile(path, "w", method) as whole:
        whole.writestr("datapackage.json", "{}")
        for name, data in files.items():
            whole.writestr(f"archive/{name}", data)
        whole.writestr("pages/pages.jsonl", "{}")
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_wacz(tmp_path: Path, method: int) -> None:
    """Each file of records in it is read where it lies, and known again by itself."""
    data = tmp_path / "data"
    files = {"b.warc.gz": record(HERONS, HERE), "a.warc": record(gzip=False)}
    assert [each.counts["captures"] for each in bring(data, wacz(tmp_path, files, method))] == [1, 1]
    assert [each.already for each in bring(data, wacz(tmp_path, files, method))] == [True, True]
    assert rows(data, "SELECT kind, path FROM imports ORDER BY id") == [
        ("wacz", f"{tmp_path}/a.wacz!archive/a.warc"),
        ("wacz", f"{tmp_path}/a.wacz!archive/b.warc.gz"),
    ]
    assert len(rows(data, "SELECT * FROM articles")) == 2


def test_folders_and_patterns(tmp_path: Path) -> None:
    """A folder is searched for files of records, and a pattern is spelled out."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    warc(tmp_path / "in", record(), name="a.warc.gz")
    warc(tmp_path / "in" / "deep", record(HERONS, HERE, gzip=False), name="b.WARC")
    assert [each.counts["captures"] for each in bring(tmp_path / "data", tmp_path / "in")] == [1, 1]
    assert [each.already for each in bring(tmp_path / "data", f"{tmp_path}/in/*.warc.gz")] == [True]


def test_canonical_addresses(tmp_path: Path) -> None:
    """A page that claims another one's address is filed there, as any other page."""
    data = tmp_path / "data"
    copy = page("Harbour", STORY, canonical(URL)).encode()
    bring(data, warc(tmp_path, record(), record(copy, URL + "?print=1", at=LATER)))
    assert rows(data, "SELECT url, last_seen FROM articles") == [(URL, moment(LATER).isoformat())]
