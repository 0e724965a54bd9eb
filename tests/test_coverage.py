"""`newskeep coverage`: the numbers, the table and the picture, to whom, and how fast."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.cli import main
from collector.commands.coverage_picture import MONTHS, picture
from collector.commands.coverage_table import table
from collector.coverage import COUNTS, Coverage
from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.sources import Polled
from tests.storage.books import SITE, Books
from tests.town import FEED, HOUR, NOW

TODAY = NOW.date().isoformat()
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage")
    Archive(folder / "archive.db").close()
    (folder / "config.yaml").write_text(f"data: .\nsources: [{FEED}]\n")
    return folder


@pytest.fixture
def folder(empty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def books(folder: Path) -> Iterator[Books]:
    with closing(Archive(folder / "archive.db")) as archive:
        yield Books(archive)


def ask(folder: Path, *arguments: str, code: int = 0, width: int = 80) -> Result:
    command = ["coverage", *arguments, "--config", str(folder / "config.yaml")]
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(main, command)
    assert done.exit_code == code, done.output
    return done


def in_json(folder: Path, *arguments: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ask(folder, *arguments, "--json").stdout)
    return told


def some(counts: Row) -> Row:
    """Those that are not nought."""
    return {name: number for name, number in counts.items() if number}


@pytest.fixture
def filled(books: Books) -> Books:
    """Two days of March, something undated, one of today, and one gap."""
    for day, state in (("2025-03-14", "done"), ("2025-03-14", "gone"), ("2025-03-17", "failed"), (None, "new")):
        id_ = books.entry(finds=[(1, day)], state=state)
        if state == "done":
            books.capture(id_, "article")
            books.article(id_)
    books.article(books.entry(finds=[(2, None)], state="done"), "2019-01-01")  # outside
    books.entry(live=True, finds=[(2, "2026-11-22")], state="refused", attempts=1)
    archive = books.archive
    archive.count_walk_days(1, {("2025-03-15", "elsewhere"): 2})
    archive.set_walk(1, reached=1)
    archive.set_source_read(1, {}, now=NOW, next_poll=NOW, polled=Polled(entries=1, gap_after=NOW - HOUR))
    return books


def test_json(filled: Books, folder: Path) -> None:
    """Days of all and of each line, their sum, gaps; the days are those that were looked at unless others are asked."""
    told = in_json(folder, "e.org")
    assert [told[name] for name in ("site", "since", "until")] == ["e.org", "2025-03-01", TODAY]
    assert {each["day"]: some(each) for each in told["days"]} == {
        "": {"announced": 1, "waiting": 1, "outside": 1},
        "2025-03-14": {"day": "2025-03-14", "announced": 2, "fetched": 1, "archived": 1, "gone": 1},
        "2025-03-15": {"day": "2025-03-15", "elsewhere": 2},
        "2025-03-17": {"day": "2025-03-17", "announced": 1, "lost": 1},
        TODAY: {"day": TODAY, "announced": 1, "refused": 1},
    }
    assert all([*each] == ["day", *COUNTS] for each in told["days"])
    assert [(each["source"], each["way"], len(each["days"])) for each in told["sources"]] == [
        (FEED, "live", 1),
        (None, "feed", 2),
        (None, "sitemap", 4),
    ]
    assert told["sum"] == dict.fromkeys(COUNTS, 0) | {
        "announced": 5,
        "elsewhere": 2,
        **dict.fromkeys(("fetched", "archived", "gone", "refused", "lost", "waiting", "outside"), 1),
    }
    gap = {"url": FEED, "after": (NOW - HOUR).isoformat(), "before": NOW.isoformat()}
    assert told["gaps"] == [{**gap, "backfill_id": None, "state": None, "filled": False}]
    assert told["watched"] == [{"since": "2025-03-01", "until": "2025-03-31"}, {"since": TODAY, "until": TODAY}]


@pytest.mark.parametrize(
    ("asked", "days", "gaps"),
    [
        (["--since", "2025-03-15"], ["", "2025-03-15", "2025-03-17", TODAY], 1),
        (["--until", "2025-03-15"], ["", "2025-03-14", "2025-03-15"], 0),
        (["--since", "2025-03-16", "--until", "2025-03-16"], [""], 0),
    ],
)
def test_the_days_that_are_asked_for(filled: Books, folder: Path, asked: list[str], days: list[str], gaps: int) -> None:
    """And always what is undated, which may be of any of them."""
    told = in_json(folder, "e.org", *asked)
    assert [each["day"] for each in told["days"]] == days
    assert len(told["gaps"]) == gaps


@pytest.mark.parametrize("target", ["e.org", "www.e.org", "http://e.org/", "https://e.org"])
def test_a_site_by_any_of_its_names(filled: Books, folder: Path, target: str) -> None:
    """As one would write it."""
    assert len(in_json(folder, target)["sources"]) == 3


def test_a_source(filled: Books, folder: Path) -> None:
    """Alone, with the back-fills that were asked for it."""
    assert [each["source"] for each in in_json(folder, FEED)["sources"]] == [FEED]


def test_in_words(filled: Books, folder: Path) -> None:
    """A row a day of a short span, what is undated, the sum; who announced; the calendar; the open gap."""
    said = ask(folder, "e.org", "--since", "2025-03-13", "--until", "2025-03-17").stdout
    assert "\x1b" not in said
    assert said == (
        "e.org, 2025-03-13 to 2025-03-17\n"
        "\n"
        "day        announced fetched archived gone lost waiting outside elsewhere\n"
        "2025-03-13         0       0        0    0    0       0       0         0\n"
        "2025-03-14         2       1        1    1    0       0       0         0\n"
        "2025-03-15         0       0        0    0    0       0       0         2\n"
        "2025-03-16         0       0        0    0    0       0       0         0\n"
        "2025-03-17         1       0        0    0    1       0       0         0\n"
        "undated            1       0        0    0    0       1       1         0\n"
        "sum                4       1        1    1    1       1       1         2\n"
        "\n"
        " announced fetched archived gone lost waiting outside elsewhere\n"
        "         0       0        0    0    0       0       0         0  http://e.org/feed\n"
        "         0       0        0    0    0       0       1         0  back-fill by feed\n"
        "         4       1        1    1    1       1       0         2  back-fill by sitemap\n"
        "\n"
        "2025 Mar\n"
        "Mon   x\n"
        "Tue\n"
        "Wed\n"
        "Thu  ·\n"
        "Fri  █\n"
        "Sat  ·\n"
        "Sun  ·\n"
        "\n"
        "░▒▓█ archived, █ from 1 a day on; yellow: not all of it\n"
        "o less than half of it archived  x some of it lost  ? gap  · nothing announced\n"
    )
    gap = f"gap of {FEED}, 2026-11-22 11:00 UTC to 2026-11-22 12:00 UTC: not looked into"
    assert ask(folder, "e.org").stdout.endswith(f"\n\n{gap}\n")


@pytest.mark.parametrize(("asked", "first"), [([], "month"), (["--days"], "day"), (["--since", "2019-01-01"], "year")])
def test_rows(filled: Books, folder: Path, asked: list[str], first: str) -> None:
    """Of a long span a month each, of a longer one a year each, unless days are asked for."""
    lines = ask(folder, "e.org", *asked).stdout.splitlines()
    row = {"month": f"{TODAY[:7]} .* gap", "day": f"{TODAY} .* gap", "year": "2026 .* gap"}[first]
    assert lines[2].startswith(f"{first} ")
    assert any(re.fullmatch(row, line) for line in lines)


def test_what_is_not_known(folder: Path) -> None:
    """Says what is; an archive without anything says so."""
    assert (
        "nothing is known of f.org; nothing is watched or back-filled here yet" in ask(folder, "f.org", code=2).stderr
    )
    with closing(Archive(folder / "archive.db")) as archive:
        Books(archive)
    assert "nothing is known of f.org; known sites: e.org" in ask(folder, "f.org", code=2).stderr
    assert ask(folder, "e.org").stdout == "e.org: nothing was announced\n"
    assert "2025-03-02 is after" in ask(folder, "e.org", "--since=2025-03-02", "--until=2025-03-01", code=2).stderr
    (folder / "archive.db").unlink()
    assert "`newskeep fetch` makes it" in ask(folder, "e.org", code=1).stderr


def test_help_defines_every_word(folder: Path) -> None:
    """Of the table, and how a day is told."""
    said = ask(folder, "--help").stdout
    assert all(re.search(rf"\b{name}\b", said) for name in (*COUNTS, "UTC", "undated", "gap"))


def coverage(
    first: date, counts: Sequence[Row], gaps: Sequence[tuple[str, str]] = (), watched: Sequence[tuple[str, str]] = ()
) -> Coverage:
    """One day after the other."""
    days = {(first + number * DAY).isoformat(): Counter(each) for number, each in enumerate(counts)}
    told = [{"url": FEED, "after": after, "before": before, "filled": 0} for after, before in gaps]
    until = first + (len(counts) - 1) * DAY
    return Coverage(site="e.org", since=first, until=until, days=days, lines=[], gaps=told, watched=watched)


@pytest.mark.parametrize(
    ("counts", "letter", "colour"),
    [
        ({"announced": 8, "archived": 8}, "█", "green"),
        ({"announced": 4, "archived": 4}, "▒", "green"),
        ({"announced": 1, "archived": 1}, "░", "green"),
        ({"announced": 9, "archived": 8, "wall": 1}, "█", "yellow"),
        ({"announced": 9, "archived": 6, "duplicate": 2, "gone": 1}, "▓", "green"),
        ({"announced": 9, "archived": 4, "waiting": 5}, "o", "yellow"),
        ({"announced": 9, "archived": 8, "lost": 1}, "x", "red"),
        ({"announced": 2, "gone": 2}, "░", "green"),
    ],
)
def test_marks(counts: Row, letter: str, colour: str) -> None:
    """By how much is archived, and whether it is all; the busiest of these days has eight."""
    found = coverage(date(2025, 3, 3), [counts] + [{"announced": 8, "archived": 8}] * 30)
    monday = picture(found, 80).splitlines()[1]
    assert monday.startswith("Mon  " + click.style(letter, fg=colour)[:-4])


def test_marks_of_days_without_news() -> None:
    """Nothing announced, a gap, a gap with a loss, nobody looked."""
    nothing, loss = {"elsewhere": 1}, {"announced": 1, "lost": 1}
    found = coverage(
        date(2025, 3, 3), [nothing, nothing, loss, nothing], [("2025-03-04T10", "2025-03-05T10")], [("2025-03-03",) * 2]
    )
    lines = click.unstyle(picture(found, 80)).splitlines()
    assert lines[1:5] == ["Mon  ·", "Tue  ?", "Wed  x", "Thu"]


@settings(max_examples=20, deadline=None)
@given(
    first=st.dates(date(1999, 1, 1), date(2030, 1, 1)),
    days=st.integers(1, 800),
    number=st.integers(1, 99_999_999),
    width=st.integers(80, 250),
)
def test_it_fits(first: date, days: int, number: int, width: int) -> None:
    """Any span on any terminal of eighty letters or more; no day is without its place."""
    found = coverage(first, [dict.fromkeys(COUNTS, number)] * days, [("1999-01-01", "2040-01-01")])
    drawn = click.unstyle(picture(found, width))
    lines = (drawn + "\n" + click.unstyle(table(found, width, by_day=False))).splitlines()
    assert max(map(len, lines)) <= width
    calendars = drawn.rpartition("\n\n")[0]
    assert calendars.count("x") == days


def test_months_are_named_above_their_first_day() -> None:
    """All twelve of a whole year."""
    head, monday = picture(coverage(date(2025, 1, 1), [{"announced": 1, "archived": 1}] * 365), 80).splitlines()[:2]
    assert head.split() == ["2025", *MONTHS]
    assert head.index("Sep") == click.unstyle(monday).index("█") + 35 - 1  # its first day is a Monday


class Explained(Archive):
    """Tells how a query would be answered in the place of its answer."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        return super().rows(f"EXPLAIN QUERY PLAN {sql}", parameters)


def test_every_step_is_answered_by_an_index(empty: Path) -> None:
    """A site's ledger takes as long as the site is large, not as the archive is."""
    with closing(Explained(empty / "archive.db", readonly=True)) as archive:
        plan = [str(row["detail"]) for row in archive.ledger(SITE)]
    assert len(plan) > 20
    large = "entries|captures|articles|versions|finds|entry_sources"
    assert [step for step in plan if re.match(rf"SCAN ({large})\b", step)] == []
