"""What FTS5 is asked, of whatever people write."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.archive.fulltext import NOTHING, SEEN, Excerpt, Query, excerpts, understood


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ('"harbour bridge" OR (title:harb* NOT ferry)', '"harbour bridge" OR (title:harb* NOT ferry)'),
        ("don't", '"don\'t"'),
        ("don't OR harbour-side", '"don\'t" OR "harbour-side"'),  # what stands around odd words stays
        ("title:don't*", 'title:"don\'t"*'),
        ("10:30 — ferry", '"10:30" ferry'),
        ("(harbour OR 'sea wall", 'harbour OR "\'sea" wall'),
        ("NOT harbour", '"harbour"'),
        ("harbour AND", '"harbour"'),
        ('harbour "ferry', "harbour ferry"),
        ("*reads", '"*reads"'),  # FTS5 takes it for a question of its own
        ("harbour\x00", "harbour"),
        ("(" * 300, NOTHING),
        ("", NOTHING),
        ("… & —", NOTHING),
    ],
)
def test_understood(written: str, expression: str) -> None:
    """As it is where FTS5 can read it, else with as much of its meaning as can be kept."""
    assert understood(written) == Query(expression, as_written=expression == written.strip("\x00"))


@settings(max_examples=150, deadline=None)
@given(st.text() | st.text("ab \"*()'^:-+{},.ANDORTNE", max_size=40))
def test_it_never_fails(written: str) -> None:
    """Whatever is written, FTS5 reads what is made of it."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(SEEN)
        memory.execute("INSERT INTO seen VALUES ('a', 'b')")
        rows = memory.execute("SELECT rowid FROM seen WHERE seen MATCH ?", [understood(written).expression]).fetchall()
    assert rows in ([], [(1,)])


def test_excerpts() -> None:
    """Of the texts that match; a text cannot hold a mark of its own."""
    texts = {7: ("Café", "the \ue000harbour\ue001 is shut"), 8: ("Tea", "a ferry")}
    assert excerpts(understood("cafe harbour"), texts, ("\ue000", "\ue001"), 30) == {
        7: Excerpt("\ue000Café\ue001", "the \ue000harbour\ue001 is shut")
    }
