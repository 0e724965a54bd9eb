"""Text that a page holds in its scripts only: JSON-LD's articleBody, and the state of pages drawn by JavaScript."""

import html
import re
from collections.abc import Iterator
from typing import Any

from collector.extract import declared, jsonld, text
from collector.extract.page import Page
from collector.extract.text import Body
from storage.records import Paragraph

_STATE = 'script[type="application/json"], script[id="__NEXT_DATA__"], script[id="__NUXT_DATA__"]'
_ROW = re.compile(rb"\n?[0-9a-f]{0,8}:(?:T([0-9a-f]{1,6}),)?")
_ASSIGNED = re.compile(r"\s*(?:var |let |const )?[\w.$]{1,60}\s{0,3}=\s{0,3}(?=[{\[])")
_PUSH = "self.__next_f.push("
_SHORTEST = 300  # characters of a text that may be an article's
_ENDS = tuple(".!?…”»。！？")
_MARKUP = ("<p", "<br", "</div>")


def article_body(page: Page) -> Body:
    """The longest text that JSON-LD declares."""
    return _read(declared.body(page), page, 'script[type="application/ld+json"]')


def state(page: Page) -> Body:
    """The longest markup in the JSON state that scripts would draw the page from."""
    states = [jsonld.loads(script.text()) for script in page.tree.css(_STATE)]
    found = [one for value in [*states, *_streamed(page), *_assigned(page)] for one in _markup(value)]
    return _read(max(found, key=len), page, "script") if found else Body()


def _assigned(page: Page) -> Iterator[Any]:
    """`window.__INITIAL_STATE__ = {...}`, whatever it is called."""
    for script in page.tree.css("script:not([src])"):
        said = script.text()
        if found := _ASSIGNED.match(said):
            yield jsonld.loads(said[found.end() :])


def _streamed(page: Page) -> Iterator[Any]:
    """Rows of Next.js' stream, `self.__next_f.push([1, "3:{...}"])`: JSON, or text behind its length in bytes."""
    calls = (script.text() for script in page.tree.css("script:not([src])"))
    pushed = [jsonld.loads(call[len(_PUSH) :]) for call in calls if call.startswith(_PUSH)]
    parts = [part for one in pushed if isinstance(one, list) for part in one if isinstance(part, str)]
    stream = "".join(parts).encode("utf-8", "replace")
    at = 0
    while row := _ROW.match(stream, at):
        end = row.end() + int(row[1], 16) if row[1] else stream.find(b"\n", row.end()) % (len(stream) + 1)
        said = stream[row.end() : end].decode("utf-8", "replace")
        yield said if row[1] else jsonld.loads(said)
        at = max(end, row.end())


def _markup(value: Any) -> Iterator[str]:
    todo = [value]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo += value.values()
        elif isinstance(value, list):
            todo += value
            if sum(len(one) for one in value if isinstance(one, str) and one.endswith(_ENDS)) >= _SHORTEST:
                yield "".join(f"<p>{html.escape(one)}" for one in value if isinstance(one, str))
        elif isinstance(value, str) and len(value) >= _SHORTEST and any(mark in value for mark in _MARKUP):
            yield value


def _read(said: str, page: Page, where: str) -> Body:
    if any(mark in said for mark in _MARKUP):
        return text.moved(text.read([Page.parse(said, page.url).root]), where)
    lines = filter(None, map(declared.text, said.splitlines()))
    return Body(tuple(Paragraph(kind="p", text=line, where=where) for line in lines))
