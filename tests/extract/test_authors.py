"""Who wrote it: names cleaned, persons before organisations, bylines that are the article's own."""

import json
from typing import Any

import pytest

from collector.extract import authors, names
from collector.extract.page import Page
from collector.extract.said import Said

URL = "https://ford-courier.example/a"
LONG = "<p>" + "The river rose for three days and nobody slept. " * 3


def of(html: str, url: str = URL) -> tuple[str, ...]:
    return authors.authors(Said(Page.parse(html, url)), "en")


def ld(*authors: Any) -> str:
    item = {"@type": "NewsArticle", "author": list(authors), "publisher": {"name": "Ford Courier"}}
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


@pytest.mark.parametrize(
    ("raw", "language", "cleaned"),
    [
        (["By Ann Bee and Carl Dee, Senior Reporter"], "en", ("Ann Bee", "Carl Dee")),
        (["Von Ann Bee und Carl Dee"], "de", ("Ann Bee", "Carl Dee")),
        (["Por Ann Bee y Carl Dee"], "es-AR", ("Ann Bee", "Carl Dee")),
        (["Ann y Bee"], "en", ("Ann y Bee",)),
        (["ANN BEE; Carl Dee | Ann Bee"], None, ("ANN BEE", "Carl Dee")),
        (["Ann Bee (Ford)"], "en", ("Ann Bee",)),
        (["Carl Dee, Jr."], "en", ("Carl Dee, Jr",)),
        (["Staff reporter"], "en", ("Staff reporter",)),
        (["www.ford.example/ann", "@annbee", "12345", "admin", " - "], "en", ()),
        (["x" * 61], "en", ()),
    ],
)
def test_names(raw: list[str], language: str | None, cleaned: tuple[str, ...]) -> None:
    """Bylines lose "By", jobs, places and addresses, and fall apart into names."""
    assert names.clean(raw, "Ford Courier", language) == cleaned


@pytest.mark.parametrize(
    ("raw", "language", "cleaned"),
    [
        (["김민수 기자"], "ko", ("김민수",)),
        (["記者 王小明"], "zh", ("王小明",)),
        (["Автор: Иван Петров и Анна Белова"], "ru", ("Иван Петров", "Анна Белова")),
        (["Oleh: Budi Santoso dan Siti Rahayu"], "id", ("Budi Santoso", "Siti Rahayu")),
        (["Ann Bee, Wirtschaftsredakteurin"], "de", ("Ann Bee",)),
        (["Von Ann Bee aus Berlin"], "de", ("Ann Bee",)),
        (["Ann Bee e Carl Dee"], "pt", ("Ann Bee", "Carl Dee")),
    ],
)
def test_names_in_other_languages(raw: list[str], language: str, cleaned: tuple[str, ...]) -> None:
    """The words for "by", "and" and jobs are those of the page."""
    assert names.clean(raw, None, language) == cleaned


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Ann Bee", True),
        ("ANN BEE", True),
        ("Anne-Marie d'Arc", True),
        ("Jan van der Berg", True),
        ("Łukasz Żak", True),
        ("Иван Петров", True),
        ("王小明", True),
        ("Ann", False),
        ("Read more about it", False),
        ("Ford News", False),
        ("Deutsche Presse-Agentur", False),
        ("Staff Writer", False),
        ("ford.example", False),
        ("12 March", False),
        ("産経新聞", False),
    ],
)
def test_persons(name: str, person: bool) -> None:
    """A whole name of a person is told from a newsroom, a job and a phrase."""
    assert names.is_person(name) is person


BYLINE = "<h1>Flood</h1><p class=byline>By <a href=/author/ann>Ann Bee</a></p>"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (ld({"name": "Ford Courier"}), ("Ford Courier",)),
        (ld({"name": "Ford Courier"}) + BYLINE, ("Ann Bee",)),
        (ld({"name": "ford-courier.example"}) + BYLINE, ("Ann Bee",)),
        (ld({"name": "Carl Dee"}) + BYLINE, ("Carl Dee",)),
        (ld({"name": "Ford Courier"}, {"name": "Carl Dee"}), ("Carl Dee",)),
        (ld({"name": "AFP"}) + BYLINE, ("AFP",)),
        (ld({"name": "Ford Courier"}) + "<meta name=author content=Reuters>", ("Reuters",)),
        (ld({"name": "Ford Courier"}) + "<h1>Flood</h1><p class=byline>red</p>", ("Ford Courier",)),
    ],
)
def test_the_site_as_author(html: str, said: tuple[str, ...]) -> None:
    """A site that declares itself is believed only where the page shows no one else."""
    assert of(html) == said


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (
            "<h1>Flood</h1><div class=article-byline><span>Ann Bee</span> <span>Carl Dee</span></div>",
            ("Ann Bee", "Carl Dee"),
        ),
        ("<h1>Flood</h1><ul><li class=author-item>Ann Bee<li class=author-item>Carl Dee</ul>", ("Ann Bee", "Carl Dee")),
        ("<h1>Flood</h1><p>von <a href=/autoren/ann>Dr. Ann Bee</a>", ("Dr. Ann Bee",)),
        ("<h1>Flood</h1><p><a href=/authors/>All Authors</a>", ()),
        ("<h1>Flood</h1><p class=image-author>Photo: Ann Bee", ()),
        ("<h1>Flood</h1><p class=author>Photo: Ann Bee", ()),
        ("<h1>Flood</h1><p class=byline>By Ann Bee<span>Senior Reporter</span><time>3 March 2025</time>", ("Ann Bee",)),
        ("<h1>Flood</h1><p class=byline>By Ford Courier Reporters, Ann Bee", ("Ann Bee",)),
        ("<div><p class=byline>By Ann Bee</div><h1>Flood</h1><p class=byline>By Carl Dee", ("Carl Dee",)),
        ("<h1>Flood</h1>" + "<div>" * 12 + "<p class=byline>Ann Bee", ()),  # of another story
        ("<h1>Flood</h1><p class=byline>By staff", ("staff",)),
        ("<h1>Flood</h1><p rel=author itemprop=author>Ann Bee", ("Ann Bee",)),
    ],
)
def test_bylines(html: str, said: tuple[str, ...]) -> None:
    """The byline near the heading, each of its names; no photographer, no list of authors, no other story's."""
    assert of(html) == said


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<h1>Flood</h1><i>By Ann Bee</i>", ("Ann Bee",)),
        ("<h1>Flood</h1><ul><li>3 minutes<li>Von: <a>Ann Bee</a>, <a>Carl Dee</a><li>12:30", ("Ann Bee", "Carl Dee")),
        ("<h1>Flood</h1><script>by = 1</script><i>Автор</i><b>Иван Петров</b>", ("Иван Петров",)),
        ("<h1>Flood</h1><p>By the river stood a house.", ()),
        ("<h1>Flood</h1><p>By", ()),
        ("<p>By Ann Bee<h1>Flood</h1>", ()),
        ("<h1>Flood</h1>" + "<p>Text." * 50 + "<p>By Ann Bee", ()),
    ],
)
def test_words_for_by(html: str, said: tuple[str, ...]) -> None:
    """Whom a word for "by" names right after the heading, whatever element it stands in."""
    assert of(html) == said


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (f"<h1>Flood</h1><p><strong>Ann Bee</strong></p>{LONG}", ("Ann Bee",)),
        (f"<h1>Flood</h1>{LONG}<p><strong>Ann Bee</strong></p>", ("Ann Bee",)),
        (f"<h1>Flood</h1><p><b>Ann Bee/Carl Dee</b></p>{LONG}", ("Ann Bee", "Carl Dee")),
        (f"<h1>Flood</h1>{LONG}<p><strong>Ann Bee</strong></p>{LONG}", ()),  # a heading
        (f"<h1>Flood</h1>{LONG}<p><strong>Ann Bee</strong> said so.</p>", ()),
        (f"<h1>Flood</h1>{LONG}<p><strong>What comes next</strong></p>", ()),
        ("<p><strong>Ann Bee</strong></p><p><strong>Carl Dee</strong></p>", ()),  # a list
    ],
)
def test_signatures(html: str, said: tuple[str, ...]) -> None:
    """A name alone in the first or last paragraph of a text signs it."""
    assert of(html) == said
