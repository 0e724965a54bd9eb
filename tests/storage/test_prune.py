"""Bodies are given up by the rules that are asked for, and none that anybody may need."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.archive.articles import Source
from storage.archive.sources import Wanted
from storage.care.prune import Pruned, prune
from storage.raw import MissingBody, Raw
from storage.recipes import Reading
from storage.records import Article, Capture, Paragraph

DAY = timedelta(days=1)
START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NOW = START + 100 * DAY
ALL = dict.fromkeys(("walls", "errors", "empty", "unchanged", "superseded", "sources"), 30 * 86400.0)


class Kept:
    """An archive to which captures are added, each with a body of its own unless one is named."""

    def __init__(self, folder: Path) -> None:
        self.archive, self.raw = Archive(folder / "archive.db"), Raw(folder / "raw")
        self.archive.set_sources([Wanted(url="http://e.org/feed")], START)

    def capture(self, name: str, kind: str | None, at: datetime = START, *, status: int = 200, **of: int) -> int:
        """`name`: also what its body says."""
        body = f"the bytes of {name} ".encode() * 50
        capture = Capture(url=f"http://e.org/{name}", final_url="", fetched_at=at, status=status, body=body)
        with self.archive.transaction(), self.raw.transaction():
            digest = self.raw.put(body, at, "e.org")
            id_ = self.archive.add_capture(capture, digest, "visit", host="e.org", **of)  # type: ignore[arg-type]  # ids
            self.archive.write("UPDATE captures SET kind = ? WHERE id = ?", [kind, id_])
        return id_

    def version(self, capture_id: int, text: str, url: str = "http://e.org/story") -> None:
        at = datetime.fromisoformat(self.archive.value("SELECT fetched_at FROM captures WHERE id = ?", [capture_id]))
        source = Source(
            capture_id=capture_id,
            page_url=url,
            entry_id=None,
            extractor="generic",
            rule_revision="1",
            now=at,
            filed_at=at,
        )
        article = Article(title="Dredging", paragraphs=(Paragraph(kind="p", text=text),))
        reading = Reading(article=article, url=url, key=url, site="e.org", own_url=url, own_key=url)
        self.archive.add_versions(
            source, [reading], next_look=lambda _: None, same_story=lambda *_: True, worse=lambda *_: None
        )

    def bodies(self) -> set[str]:
        """Names of the captures whose body is still there."""
        return {row["url"].rpartition("/")[2] for row in self.archive.rows("SELECT * FROM captures") if self._has(row)}

    def _has(self, row: dict[str, str]) -> bool:
        try:
            return bool(self.raw.get(row["sha256"], datetime.fromisoformat(row["fetched_at"])))
        except MissingBody:
            return False

    def prune(self, rules: dict[str, float] = ALL, now: datetime = NOW, *, apply: bool = True) -> Pruned:
        return prune(self.archive, self.raw, rules, now, apply=apply)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    made.capture("newest", "article", NOW)  # the archive is alive
    yield made
    made.archive.close()
    made.raw.close()


GIVEN_UP_BY = {  # kind and status of a capture -> the rule that gives it up
    ("wall", 200): "walls",
    ("error", 503): "errors",
    ("gone", 404): "errors",
    ("gone", 200): "errors",  # a dead link that leads to the front page
    ("empty", 200): "empty",
    ("listing", 200): "empty",
    ("article", 200): "unchanged",
    (None, 200): None,  # not read yet
    ("error", 200): None,  # it broke its worker: kept for a better one
}


def test_what_goes_by_which_rule(kept: Kept) -> None:
    """Each capture is given up by one rule at most, when it is old enough, and by no other."""
    names = {f"{kind}-{status}": rule for (kind, status), rule in GIVEN_UP_BY.items()}
    for kind, status in GIVEN_UP_BY:
        kept.capture(f"{kind}-{status}", kind, status=status)
    there = {"newest", *names}
    for rule in ALL:
        assert kept.prune({rule: 101 * 86400.0}).heaps == ()
        found = kept.prune({rule: 30 * 86400.0})
        there -= {name for name in names if names[name] == rule}
        assert kept.bodies() == there
        assert {(heap.host, heap.rule) for heap in found.heaps} <= {("e.org", rule)}
    assert there == {"newest", "None-200", "error-200"}


def test_versions(kept: Kept) -> None:
    """The first version and the current one stay readable from their bytes, their later pages too; others do not."""
    for number in range(4):
        id_ = kept.capture(f"v{number}", "article", START + number * DAY)
        kept.capture(f"v{number}-page-2", "article", START + number * DAY, first_page_id=id_)
        kept.version(id_, f"The harbour was dredged, day {number}.")
    done = kept.prune()
    assert kept.bodies() == {"newest", "v0", "v0-page-2", "v3", "v3-page-2"}
    assert [(heap.rule, heap.bodies) for heap in done.heaps] == [("superseded", 4)]
    assert [row["number"] for row in kept.archive.versions_of(1)] == [1, 2, 3, 4], "every text stays"


def test_documents_of_sources(kept: Kept) -> None:
    """All go but the newest, and those from which an article was read."""
    for name in ("one", "two", "three"):
        kept.capture(name, "source", source_id=1)
    kept.version(2, "It stood in the feed.")
    assert kept.archive.value("SELECT url FROM captures WHERE id = 2") == "http://e.org/one"
    kept.prune()
    assert kept.bodies() == {"newest", "one", "three"}


def test_a_shared_body_stays(kept: Kept) -> None:
    """Bytes that another capture of the month is kept for do not go; in another month they are others."""
    wall, april = kept.capture("same", "wall"), kept.capture("same", "wall", START + 40 * DAY)
    kept.version(kept.capture("same", "article"), "It was a story.")
    kept.prune()
    gone = {row["id"]: row["body_gone"] for row in kept.archive.rows("SELECT id, body_gone FROM captures")}
    assert (gone[wall], gone[april]) == (None, "pruned")


def test_looking_changes_nothing(kept: Kept) -> None:
    """Without --apply it is told what would go, in bytes of raw/."""
    kept.capture("page", "wall")
    (heap,) = kept.prune(apply=False).heaps
    assert heap.packed > 0 and kept.bodies() == {"newest", "page"}
    assert kept.archive.value("SELECT count(*) FROM captures WHERE body_gone IS NOT NULL") == 0


def test_a_clock_that_is_ahead_gives_nothing_up(kept: Kept) -> None:
    """What came in last tells what time it can be at most."""
    kept.capture("fresh", "wall", NOW - DAY)
    assert kept.prune(now=NOW + 10_000 * DAY).heaps == ()


def test_goes_on_where_it_was_stopped(kept: Kept) -> None:
    """Rows that say a body is gone, which a kill left there, are made true by the next prune, whatever its rules."""
    id_ = kept.capture("page", "wall")
    with kept.archive.transaction():
        kept.archive.give_up([id_], "pruned", NOW)
    assert "page" in kept.bodies()
    kept.prune({})
    assert "page" not in kept.bodies()


def test_what_leans_on_a_pruned_body_stays(tmp_path: Path) -> None:
    """The first page of a site goes, on which the others lean; each of these is read back as it was."""
    with closing(Archive(tmp_path / "archive.db")) as archive, closing(Raw(tmp_path / "raw")) as raw:
        pages = [
            b"".join(b"<li>%d %d</li>" % (n, n * n + (i if n % 50 == 0 else 0)) for n in range(900)) for i in range(9)
        ]
        for number, body in enumerate(pages):
            capture = Capture(url="http://e.org/", final_url="", fetched_at=START, status=200, body=body)
            with archive.transaction(), raw.transaction():
                id_ = archive.add_capture(capture, raw.put(body, START, "e.org"), "visit", host="e.org")
                archive.set_capture_kind(id_, "wall" if number < 3 else "empty")
        newest = Capture(url="http://e.org/", final_url="", fetched_at=NOW, status=200)
        archive.add_capture(newest, "", "visit")
        assert prune(archive, raw, {"walls": 1.0}, NOW, apply=True).heaps[0].bodies == 3
        left = [row["sha256"] for row in archive.rows("SELECT sha256 FROM captures WHERE kind = 'empty'")]
        assert [raw.get(sha256, START) for sha256 in left] == pages[3:]
        assert list(raw.check("2026-03")) == []
