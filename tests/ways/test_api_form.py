"""The key `api` of a rule file is checked when it is loaded, and every key of it stands in the document."""

from pathlib import Path

import pytest

from collector.errors import RuleError
from collector.extract import extract, rules
from collector.extract.rule_api import PLACEHOLDERS
from collector.extract.rule_api_form import API_KEYS, CURSOR_KEYS, ITEM_KEYS, TIMES, VALUE_KEYS

LEAST = "hosts: [news.example]\napi:\n  item: {url: link}\n"
PAGED = LEAST + "  url: '/list?page={page}'\n  cursor: {page: 1}\n"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("hosts: [a.example]\napi: /list\n", "x.yaml:2: api: must hold keys and values"),
        (LEAST, "x.yaml:2: api: needs url"),
        (LEAST + "  url: /list\n", "x.yaml:2: api: needs cursor"),
        ("hosts: [a.example]\napi: {url: '/l?{page}', cursor: {page: 1}}\n", "x.yaml:2: api: needs item"),
        (PAGED + "  method: POST\n", "x.yaml:6: method: no such key here; there are url, body,"),
        (PAGED + "  body: '{page}, {sise}'\n", "x.yaml:6: api.body: {sise} is none of each, limit,"),
        (PAGED + "  body: '{\"page\": {page}'\n", "x.yaml:6: api.body: is no JSON once its {words} are filled in"),
        (PAGED + "  each: [1, 2]\n", "x.yaml:6: api.each: neither url nor body say {each}"),
        (PAGED + "  page_size: many\n", "x.yaml:6: api.page_size: 'many' is no whole number from 1 on"),
        (PAGED + "  page_size: 0\n", "x.yaml:6: api.page_size: '0' is no whole number from 1 on"),
        (PAGED + "  times: epoch\n", "x.yaml:6: api.times: 'epoch' is none of iso, day, seconds, milliseconds"),
        (PAGED + "  order: down\n", "x.yaml:6: api.order: 'down' is none of falling, rising"),
        (PAGED + "  headers: [a]\n", "x.yaml:6: api.headers: must hold keys and values"),
        (LEAST + "  url: '/l?n={limit}'\n", "x.yaml:2: api: says {limit} and has no page_size"),
        (LEAST + "  url: '/l?n={seen}'\n", "x.yaml:2: api: says {seen} and has no item.id"),
        (LEAST + "  url: '/l?n={each}'\n", "x.yaml:2: api: says {each} and has no each"),
        (LEAST + "  cursor: {last: date}\n  url: /l\n", "x.yaml:4: api.cursor: neither url nor body say {cursor}"),
        (LEAST + "  cursor: {last: date, page: 1}\n", "x.yaml:4: api.cursor: needs one of last, token, link, page,"),
        (LEAST + "  cursor: {first: 1}\n", "x.yaml:4: first: no such key here; there are last, token,"),
        (LEAST + "  cursor: {page: one}\n", "x.yaml:4: api.cursor.page: 'one' is no whole number from 0 on"),
        ("hosts: [a.example]\napi:\n  item: {title: t}\n", "x.yaml:3: api.item: needs url: the path of an item's"),
        ("hosts: [a.example]\napi:\n  item: {url: {zone: UTC}}\n", "x.yaml:3: api.item.url: needs json: a path"),
        (
            "hosts: [a.example]\napi:\n  item: {url: u, published: {json: d, zone: Mars}}\n",
            "x.yaml:3: api.item.published.zone: 'Mars' is no time zone such as",
        ),
        (
            "hosts: [a.example]\napi:\n  item: {url: u, published: {json: d, order: dym}}\n",
            "x.yaml:3: api.item.published.order: 'dym' is none of dmy, mdy, ymd",
        ),
    ],
)
def test_a_mistake_names_its_place(text: str, mistake: str) -> None:
    """File, line, key and reason, as everywhere in a rule."""
    with pytest.raises(RuleError) as caught:
        rules.parse(text, "x.yaml")
    assert any(one.startswith(mistake) for one in caught.value.mistakes), caught.value.mistakes


def test_a_rule_of_an_api_alone() -> None:
    """Pages of the site are read as those of any other."""
    rule = rules.parse(PAGED, "x.yaml")
    assert (rule.layouts, rule.api[0].cursor.first) == ((), 1)
    text = "Two boats began to dredge the harbour on Monday, and the council said that it would last until spring. "
    page = f"<html><body><article><h1>Boats</h1><p>{text * 2}</p><p>{text * 3}</p></article></body></html>"
    result = extract(page, "https://news.example/boats", sites={"news.example": rule})
    assert (result.extractor, len(result.articles)) == ("generic", 1)


def test_what_is_asked_of_an_api_is_no_part_of_the_revision() -> None:
    """Nothing that was read before needs to be read again."""
    plain = "hosts: [news.example]\nbody: article\n"
    both = rules.parse(PAGED + "body: article\n", "x.yaml")
    assert both.revision == rules.parse(plain, "x.yaml").revision
    assert both.layouts == rules.parse(plain, "x.yaml").layouts


def test_several_apis() -> None:
    """One after the other, each with its own keys."""
    one = "{url: '/%s?p={page}', item: {url: link}, cursor: {page: 0}}"
    rule = rules.parse(f"hosts: [a.example]\napi: [{one % 'news'}, {one % 'videos'}]\n", "x.yaml")
    assert [api.url for api in rule.api] == ["/news?p={page}", "/videos?p={page}"]


def test_the_document_knows_the_keys() -> None:
    """Each has its place in docs/adding-a-site.md."""
    text = (Path(__file__).parents[2] / "docs" / "adding-a-site.md").read_text("utf-8")
    words = [f"{{{word}}}" for word in PLACEHOLDERS]
    for key in (*API_KEYS, *ITEM_KEYS, *VALUE_KEYS, *CURSOR_KEYS, *TIMES, *words):
        assert f"`{key}`" in text, key
