"""What reads a page finds its words again in the made-up text; all others are gone."""

import re
from datetime import UTC, datetime

import pytest

from collector.casebook.standing import Standing
from collector.casebook.survivors import survivors
from collector.extract import captions, dates, names
from collector.extract.phrases import is_furniture

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Wednesday, 11 March 2026 at 14:05 GMT",
        "Updated: 11 March 2026 by the harbour desk",
        "2026-03-11T14:05:00+01:00",
        "3 hours ago",
        "11/03/2026",
        "2031-01-01T00:00:00Z",  # later than the fetch
    ],
)
def test_dates_are_read_the_same(text: str) -> None:
    """To the day, the minute and the zone."""
    made = Standing(now=NOW, language="en").text(text)
    for now in (NOW, None):
        before, after = (dates.parse(one, now=now, language="en") for one in (text, made))
        assert (before and before.value) == (after and after.value)


def test_a_date_stands_whole() -> None:
    """Its weekday and the words between go with it; the words around it do not."""
    made = Standing(now=NOW, language="en").text("The harbour reopened Wednesday, 11 March 2026 at 14:05 GMT")
    assert made.endswith("Wednesday, 11 March 2026 at 14:05 GMT")
    assert not {"The", "harbour", "reopened"} & set(made.split())
    assert Standing(now=NOW, language="nb").text("Publisert onsdag 11. mars 2026").endswith(" onsdag 11. mars 2026")
    assert Standing(now=NOW).text("2026-03-11T14:05:00+01:00") == "2026-03-11T14:05:00+01:00"


@pytest.mark.parametrize(
    "text",
    ["Advertisement", "Read more: the keeper of the light", "Share this story", "Lesen Sie auch: Der Leuchtturm"],
)
def test_furniture_stays_furniture(text: str) -> None:
    """By as few words as tell it."""
    made = Standing().text(text)
    assert is_furniture(made)
    assert not {"keeper", "light", "Leuchtturm"} & set(made.split())


@pytest.mark.parametrize("text", ["By Ann Bee and Carl Dee", "Ann Bee, Senior Reporter", "Von Ann Bee"])
def test_names_in_a_byline_stand_where_they_stood(text: str) -> None:
    """As many names, as long ones, none of them real."""
    before, after = names.clean([text]), names.clean([Standing().text(text, byline=True)])
    assert [len(name) for name in before] == [len(name) for name in after]
    assert not set(before) & set(after)


def test_the_sign_of_a_credit_stays() -> None:
    """Also where only an element inside the line has it."""
    text = "The harbour at noon.Photo: Ann Bee"
    made = Standing().text(text, parts=[(0, 20), (20, len(text))])
    read = captions.split([made[:20], made[20:]])
    assert read is not None and read.credit is not None
    assert (len(read.text), len(read.credit)) == (20, 7)


def test_what_a_rule_matches_stays() -> None:
    """Its literal words where they match, with whatever matches beside them made up."""
    standing = Standing(patterns=(re.compile(r"(?:Keep reading in .*)\Z"), re.compile(r"^Words: (.+)")))
    made = standing.text("Keep reading in the evening edition")
    assert made.startswith("Keep reading in ")
    assert "evening" not in made
    assert standing.text("Words: Ann Bee").startswith("Words: ")
    assert "Words" not in standing.text("Her Words: Ann Bee").split()


def test_the_name_of_the_site_stays() -> None:
    """In running text only as it is written; a host in any letters."""
    standing = Standing(publisher=("Time", "lantern.example"))
    assert standing.text("A story - Time").endswith(" - Time")
    assert "time" not in standing.text("It took the keeper a long time to mend all of the lanterns on the outer wall.")
    assert "Lantern.Example" in standing.text("Ann Bee, Lantern.Example")


@pytest.mark.parametrize(
    ("given", "made", "left"),
    [
        (
            "the old keeper mended lanterns",
            "<p>The old keeper mended lanterns</p>",
            ("the old keeper mended lanterns",),
        ),
        ("the old keeper mended lanterns", "<p>the old keeper mended lamps</p>", ()),
        (
            "the old keeper mended lanterns",
            '<a href="/the-old-keeper-mended-lanterns">',
            ("the old keeper mended lanterns",),
        ),
        ("story body text main wide", '<p class="story body text main wide">', ()),
        ("11 March 2026 at 14:05", "11 March 2026 at 14:05", ()),
        ("漁師たちは夕方に港へ", "漁師たちは夕方に港へ", 3),
        ("漁師たちは夕方に港へ", "漁師たちは夕方", ()),
        ("see https://lantern.example/a/b/c", "https://lantern.example/a/b/c", ()),
    ],
)
def test_survivors(given: str, made: str, left: tuple[str, ...] | int) -> None:
    """Five words in a row, or eight letters of a script without blanks, wherever a reader or a machine finds them."""
    found = survivors([given], [], made)
    assert len(found) == left if isinstance(left, int) else found == left


def test_standing_phrases_may_survive() -> None:
    """They are the site's, not the article's."""
    text = "Keep reading in the evening edition"
    assert survivors([text], [], text)
    assert not survivors([text], [text], text)
