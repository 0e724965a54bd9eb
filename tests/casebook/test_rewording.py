"""A page in made-up words is read as the page was, and holds none of its words."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.casebook.rewording import Reworded, differences, reword
from collector.casebook.words import made_up
from collector.extract import extract, rules
from collector.extract.rule import Rule

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
URL = "https://www.lantern.example/coast/2026/03/11/keeper-mends-the-old-lantern-8817.html?utm_source=feed&id=7"
PAGE = Path(__file__).with_name("keeper.html").read_text("utf-8")
RULE = """hosts: [lantern.example]
body: .story .text
drop: [.card]
furniture: ["Read more:.*"]
authors: .byline a
captions: figcaption
tags: {select: 'script[type="application/ld+json"]', json: keywords}
"""


# What is no word of a page: tags, keys, addresses, what attributes call things.
_MACHINES = re.compile(
    r' (?:class|id|name|property|rel|itemprop|type|style|href|data-[\w-]+)="[^"]*"|</?[\w-]+'
    r'|"@type":"\w+"|"@?\w+":|https?://[^"]*'
)


def rule(text: str = RULE) -> Rule:
    return rules.parse(text, "lantern.example.yaml")


@pytest.fixture(scope="module", params=["with its rule", "without"])
def made(request: pytest.FixtureRequest) -> Reworded:
    return reword(PAGE.encode(), URL, rule() if request.param == "with its rule" else None, NOW)


def test_it_is_read_as_the_page_was(made: Reworded) -> None:
    """As many paragraphs of the same kinds and lengths, the same fields filled, the same times."""
    assert made.differs == ()
    (article,) = made.result.articles
    assert article.published_iso == "2026-03-11T14:05:00+01:00"
    assert [one.kind for one in article.paragraphs] == ["p", "p", "h", "li", "li", "p"]
    assert article.source == "The Lantern"
    assert made.result.extractor == "generic" or [len(one.credit or "") for one in article.captions] == [8]


def test_no_word_of_it_is_left(made: Reworded) -> None:
    """But those that the readers of pages look for, and the site's own name."""
    assert made.survivors == ()
    told = _MACHINES.sub(" ", made.html.lower())
    own = set(re.findall(r"[a-z]{4,}", re.sub(r"<[^>]+>", " ", PAGE.lower())))
    assert own & set(re.findall(r"[a-z]{4,}", told)) == {"lantern", "read", "more", "photo"}
    assert "Ann Bee" not in made.html


def test_what_was_equal_stays_equal(made: Reworded) -> None:
    """The title in the head, in JSON-LD and over the text; the writer there and in the byline; the page's address."""
    (article,) = made.result.articles
    assert made.html.count(article.title) >= 4
    assert article.authors and f'"name":"{article.authors[0]}"' in made.html
    assert article.url == made.url.partition("?")[0]
    slug = "-".join(map(made_up, ("keeper", "mends", "the", "old", "lantern")))
    assert made.url == f"https://www.lantern.example/coast/2026/03/11/{slug}-8817.html?id=7"


def test_what_carries_no_shape_is_gone(made: Reworded) -> None:
    """Scripts, styles, comments, handlers, pictures' addresses, and all but a few of equal siblings."""
    gone = "<style secret comment onclick srcset stylesheet viewport color:red keeper-at item-4 /s/4"
    assert not [one for one in gone.split() if one in made.html]
    kept = ['class="story" data-id="8817"', 'style="display:none"', 'class="credit"', "<!DOCTYPE html>", 'lang="en"']
    assert [one for one in kept if one in made.html] == kept


def test_it_is_the_same_every_time() -> None:
    """And once more in made-up words it has the same shape."""
    first, second = (reword(PAGE.encode(), URL, rule(), NOW) for _ in range(2))
    assert first == second
    again = reword(first.html.encode(), first.url, rule(), NOW)
    assert differences(first.result, again.result) == ()


STATE = """<!doctype html><title>Keeper</title><h1>The keeper returns</h1><script id="state" type="application/json">
{"page": {"ads": ["left", "right"], "story": {"slug": "the-keeper-returns-at-last",
"html": "<p class='a'>He came back by the &amp; evening boat.</p>", "when": "2026-03-11T14:05:00Z",
"by": [{"name": "Ann Bee", "mail": "ann@lantern.example"}]}}, "menu": {"deep": [1, 2, 3]}}</script>"""


def test_of_state_only_what_the_rule_reads_stays() -> None:
    """Its text is markup again, of which the words are made up and the tags stay."""
    told = rule(
        "hosts: [lantern.example]\njson: {select: '#state', at: page.story}\nbody: {json: html}\n"
        "authors: {json: by.*.name}\npublished: {json: when}\n"
    )
    made = reword(STATE.encode(), "https://lantern.example/1", told, NOW)
    assert made.differs == made.survivors == ()
    assert "ads" not in made.html and "menu" not in made.html and "mail" not in made.html
    assert "<p class=" in made.html and "2026-03-11T14:05:00Z" in made.html
    assert made.result.extractor == "site:lantern.example"


def test_a_standing_phrase_stays() -> None:
    """What a rule cuts out by its words is the site's, not the article's; without the rule it goes."""
    phrase = "whoever finds this bottle may keep the ship"
    page = f"<title>A bottle</title><h1>A bottle</h1><article><p>It came at dawn. {phrase}</p></article>".encode()
    told = rule(f'hosts: [lantern.example]\nbody: article\ncut: ["{phrase}"]\n')
    made, bare = (reword(page, "https://lantern.example/1", one, NOW) for one in (told, None))
    assert made.survivors == made.differs == ()
    assert phrase in made.html
    assert phrase not in bare.html


WORDS = [
    *("keeper", "lantern", "harbour", "mended", "barrels", "island", "winter"),
    *("fisher", "cotton", "darkness", "wall", "boat", "carried", "evening"),
]
TAGS = st.sampled_from(["p", "h2", "li", "blockquote", "div", "td", "pre", "span", "custom-element"])
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def test_the_words_of_these_tests_stand_for_none_of_them() -> None:
    """Else the next one would find them by chance."""
    assert not {made_up(word) for word in WORDS} & set(WORDS)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TAGS, TEXTS, TEXTS), min_size=1, max_size=12))
def test_any_article(parts: list[tuple[str, str, str]]) -> None:
    """Whatever elements hold it: read alike, and no word of it is left in text or attributes."""
    body = "".join(f"<{tag} title='{title}'>{text}</{tag}>" for tag, text, title in parts)
    page = f"<!doctype html><title>Keeper mended</title><h1>Keeper mended</h1><article>{body}</article>"
    one = rule("hosts: [lantern.example]\nbody: article\n")
    made = reword(page.encode(), "https://lantern.example/1", one, NOW)
    before = extract(page, "https://lantern.example/1", fetched_at=NOW, sites={"lantern.example": one})
    assert differences(before, made.result) == ()
    assert not set(WORDS) & set(re.findall(r"\w+", made.html.lower()))
