"""What an archive knew at a moment is told the same ever after, in every format, whatever came in between."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storage.archive import Archive
from storage.archive.selection import Selection
from storage.export import files, folder
from tests.storage.shelf import BEGAN, Shelf, article, shelf_in

WORDS = ("boats", "herons", "lanterns", "ice")
FORMS = ("jsonl", "csv", "parquet", "atom")
LATE = "9999-01-01T00:00:00+00:00"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path / "data") as made:
        yield made


def told(shelf: Shelf, selection: Selection, *forms: str) -> dict[str, bytes]:
    """Every file of an export in each format, by its name."""
    out = Path(mkdtemp(dir=shelf.folder))
    for form in forms or (*FORMS, "warc"):
        files.export(shelf.archive, shelf.raw, out / form / f"it.{form}", form, selection)
    folder.bring_up(shelf.archive, out / "txt", selection)
    found = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    rmtree(out)
    return found


def titles(shelf: Shelf, **wanted: Any) -> list[str]:
    return [row["title"] for row in shelf.archive.corpus(Selection(**wanted))]


def numbers(shelf: Shelf, as_of: datetime | None) -> list[int]:
    return [row["number"] for row in shelf.archive.corpus(Selection(as_of=as_of))]


def test_each_moment_has_its_text(shelf: Shelf) -> None:
    """An edit, a re-extraction, its undoing, a page from before: each known from when it came to be known."""
    page = "https://one.test/a"
    known: list[tuple[datetime, list[str], list[int]]] = []

    def now(*what: str, number: int = 0) -> None:
        known.append((shelf.now, list(what), [number] * len(what)))

    now()
    id_ = shelf.read(page, article("First", "The boats came.")).article_id
    now("First", number=1)
    shelf.read(page, article("Edited", "The boats went."))
    now("Edited", number=2)
    run = shelf.reextract(id_, article("Read again", "The boats went."))
    now("Read again", number=3)
    shelf.undo(run)
    now("Edited", number=2)
    shelf.read(page, article("Before all", "No boats."), at=BEGAN - timedelta(days=9), imported=True)
    now("Edited", number=3)
    shelf.wall(id_)
    now("First", number=2)
    for moment, what, ranks in known:
        assert (titles(shelf, as_of=moment), numbers(shelf, moment)) == (what, ranks)
    assert titles(shelf) == ["First"]


def test_an_article_that_was_a_wall(shelf: Shelf) -> None:
    """It was known then, under an id that is another one's now."""
    shelf.read("https://one.test/a", article("Kept", "The boats came."))
    wall = shelf.read("https://one.test/w", article("Are you human?", "Prove it."))
    then = shelf.now
    before = told(shelf, Selection(as_of=then))
    shelf.wall(wall.article_id)
    again = shelf.read("https://two.test/b", article("Another", "Herons stood there."))
    assert again.article_id == wall.article_id, "SQLite gives the greatest id again"
    assert titles(shelf, as_of=then) == ["Kept", "Are you human?"]
    assert titles(shelf) == ["Kept", "Another"]
    assert told(shelf, Selection(as_of=then)) == before


def test_what_was_taken_down_is_in_none(shelf: Shelf) -> None:
    """Not of today and not of then; the others are as they were."""
    shelf.read("https://one.test/a", article("Kept", "The boats came."))
    shelf.read("https://one.test/b", article("Private", "His name."))
    then = shelf.now
    with shelf.archive.transaction():
        shelf.archive.set_tombstone("one.test/b", "https://one.test/b", "asked", [], shelf.tick())
    assert titles(shelf) == titles(shelf, as_of=then) == ["Kept"]
    assert not any(b"His name" in data for data in told(shelf, Selection(as_of=then), *FORMS).values())


def test_words_are_looked_for_in_the_texts_of_then(shelf: Shelf) -> None:
    """By the same rules as in the index of today, and a query that cannot be read word by word."""
    shelf.read("https://one.test/a", article("Harbour", "The bóats came."))
    then = shelf.now
    shelf.read("https://one.test/a", article("Harbour", "Herons stood there."))
    for query in ("boats", "title: harbour AND boat*", '"the boats"', "boats' (", "herons OR boats"):
        assert titles(shelf, search=query, as_of=then) == ["Harbour"], query
    assert titles(shelf, search="herons", as_of=then) == []
    assert titles(shelf, search="  ", as_of=then) == titles(shelf, search="  ") == []
    assert (titles(shelf, search="boats"), titles(shelf, search="herons")) == ([], ["Harbour"])


def test_a_write_that_began_before_is_waited_for(shelf: Shelf) -> None:
    """What was begun is in, or has failed, before the archive is asked what it knew."""
    shelf.archive.write("PRAGMA busy_timeout = 50")
    with Archive(shelf.archive.path).transaction():
        with pytest.raises(Exception, match="locked"):
            titles(shelf, as_of=shelf.now)
        assert titles(shelf) == []


def test_an_archive_that_can_only_be_read(shelf: Shelf) -> None:
    """Nobody is waited for there."""
    shelf.read("https://one.test/a", article("Harbour", "The boats came."))
    archive = Archive(shelf.archive.path, readonly=True)
    assert [row["title"] for row in archive.corpus(Selection(as_of=shelf.now))] == ["Harbour"]
    archive.close()


class Life(RuleBasedStateMachine):
    """Anything may come after a moment: the exports of the moment stay as they were."""

    def __init__(self) -> None:
        super().__init__()
        self.shelf = Shelf(Path(mkdtemp()))
        self.runs: list[int] = []
        self.then: list[tuple[datetime, dict[str, bytes]]] = []

    def teardown(self) -> None:
        for moment, before in self.then:
            assert told(self.shelf, Selection(as_of=moment, one_a_story=bool(moment.second % 2))) == before
        self.shelf.close()
        rmtree(self.shelf.folder)

    def some(self, number: int) -> int:
        ids = [row["id"] for row in self.shelf.archive.rows("SELECT id FROM articles ORDER BY id")]
        return int(ids[number % len(ids)])

    def any(self) -> bool:
        return bool(self.shelf.archive.value("SELECT 1 FROM articles"))

    @rule(page=st.integers(0, 4), word=st.sampled_from(WORDS), source=st.integers(1, 2))
    def read(self, page: int, word: str, source: int) -> None:
        self.shelf.read(f"https://one.test/{page}", article(f"On {word}", f"Many {word}."), source=source)

    @rule(page=st.integers(0, 4), word=st.sampled_from(WORDS), days=st.integers(1, 3))
    def bring_in(self, page: int, word: str, days: int) -> None:
        at = BEGAN - timedelta(days=days)
        self.shelf.read(f"https://one.test/{page}", article(word, f"Old {word}."), at=at, imported=True)

    @precondition(any)
    @rule(number=st.integers(0, 9))
    def wall(self, number: int) -> None:
        self.shelf.wall(self.some(number))

    @precondition(any)
    @rule(number=st.integers(0, 9), word=st.sampled_from(WORDS))
    def reextract(self, number: int, word: str) -> None:
        self.runs.append(self.shelf.reextract(self.some(number), article(f"Again {word}", f"All {word}.")))

    @precondition(lambda self: self.runs)
    @rule(number=st.integers(0, 9))
    def undo(self, number: int) -> None:
        self.shelf.undo(self.runs[number % len(self.runs)])

    @precondition(any)
    @rule(one=st.integers(0, 9), other=st.integers(0, 9), hold=st.booleans())
    def link(self, one: int, other: int, hold: bool) -> None:
        one, other = self.some(one), self.some(other)
        if one != other:
            (self.shelf.link if hold else self.shelf.unlink)(one, other)

    @precondition(any)
    @rule()
    def forget_what_may_change(self) -> None:
        """What an archive may say of an article at any time."""
        with self.shelf.archive.transaction():
            self.shelf.archive.write(
                "UPDATE articles SET last_seen = ?, state = 'gone', gone_at = ?, looks = 9", [LATE] * 2
            )
            self.shelf.archive.write("UPDATE versions SET changed_by = 'publisher', edits = '[]'")
            self.shelf.archive.write("UPDATE sources SET title = title || '!'")

    @rule()
    def remember(self) -> None:
        moment = self.shelf.tick()
        self.shelf.tick()
        selection = Selection(as_of=moment, one_a_story=bool(moment.second % 2))
        self.then.append((moment, told(self.shelf, selection)))

    @invariant()
    def today_is_a_moment(self) -> None:
        """What is known is what was known just now."""
        now = self.shelf.tick()
        assert list(self.shelf.archive.corpus()) == list(self.shelf.archive.corpus(Selection(as_of=now)))


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=2, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow
def test_many_lives() -> None:
    """The same at length."""
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=10, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
