"""What a rule says of one piece is read as it is meant: its writers, and what of its body goes."""

import pytest

from collector.extract import extract, rules
from storage.records import Article

PAGE = """<!doctype html><html lang="{lang}"><title>The harbour opens</title><h1>The harbour opens</h1>
<div class=by>{by}</div><div class=lead>It took four years.</div>
<article><p>The first ship came in at noon.</p><div class=box><p class=text>Read the other story.</p></div>
<p>The mayor waved.</p></article>"""


def read(rule: str, by: str = "By Ann Bee", lang: str = "en") -> Article:
    sites = {"news.example": rules.parse(f"hosts: [news.example]\n{rule}", "news.example.yaml")}
    (article,) = extract(PAGE.format(by=by, lang=lang), "https://news.example/a", sites=sites).articles
    return article


@pytest.mark.parametrize(
    ("by", "lang", "names"),
    [
        ("By Ann Bee and Carl Dee", "en", ("Ann Bee", "Carl Dee")),
        ("Ann Bee, Senior Reporter", "en", ("Ann Bee",)),
        ("Ann Bee/Carl Dee", "fr", ("Ann Bee", "Carl Dee")),
        ("Von Ann Bee und Carl Dee", "de", ("Ann Bee", "Carl Dee")),
        ("Por Ana Bee y Carlos Dee", "es", ("Ana Bee", "Carlos Dee")),
    ],
)
def test_a_byline_is_parted_into_names(by: str, lang: str, names: tuple[str, ...]) -> None:
    """Wherever the rule finds it: at a place of its own, or as a line of the text."""
    assert read("body: article\nauthors: .by", by, lang).authors == names
    lines = r"lines: ['\A(?P<authors>.+)$']"
    assert read(f"body: '.by, article'\n{lines}", by, lang).authors == names


def test_what_the_rule_itself_keeps_stays_as_it_is() -> None:
    """A pattern or a value says exactly what the name is."""
    assert read("body: article\nauthors: {select: .by, match: 'By (.+)'}", "By Bee and Son").authors == ("Bee and Son",)
    assert read("body: article\nauthors: {value: Staff and agencies}").authors == ("Staff and agencies",)


def test_what_is_dropped_is_read_by_no_way() -> None:
    """A part of the body goes although it is selected itself, or stands in one that goes and is selected too."""
    wanted = "It took four years.\n\nThe first ship came in at noon.\n\nThe mayor waved."
    assert read("body: '.lead, article > *'\ndrop: .box").text == wanted
    assert read("body: '.lead, article, .text'\ndrop: .box").text == wanted
