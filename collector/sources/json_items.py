"""The answer of an API that a site rule describes -> its items. Knows no network or clock."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collector.errors import SourceError
from collector.extract import dates, script_json
from collector.extract.rule_api import Api, Item, Path, Value
from collector.sources.entries import plain_words, web_address
from storage.records import Entry, Moment

LONGEST = 2000  # letters of a key or a cursor; longer ones are none
_PATH = re.compile(r"\{([\w.*-]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One item. key: its id, else its address. mark: what stands at the cursor's path in it, as text."""

    entry: Entry
    key: str
    mark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One document. `said`: the value at a path of it as text, None where there is none."""

    value: Any
    items: tuple[Told, ...]

    def said(self, path: Path) -> str | None:
        told = _text(self.value, path) if path else None
        return told if told is None or len(told) <= LONGEST else None


def read(body: bytes, api: Api, url: str, fetched_at: datetime) -> Answer:
    """The items in their order. Raises SourceError for what is no JSON."""
    try:
        value = json.loads(body.decode("utf-8-sig", errors="replace"), strict=False)
    except (ValueError, RecursionError) as e:
        raise SourceError(f"an API's answer that is no JSON: {e}") from e
    items = (item for item in _flat(value, api.items) if isinstance(item, dict))
    return Answer(value=value, items=tuple(_told(item, api, url, fetched_at) for item in items))


def _flat(value: Any, path: Path) -> Iterator[Any]:
    """The elements of the lists at `path`."""
    for one in script_json.at(value, path):
        yield from one if isinstance(one, list) else (one,)


def _told(item: dict[str, Any], api: Api, base: str, fetched_at: datetime) -> Told:
    entry = _entry(item, api.item, base, fetched_at)
    mark = _text(item, api.cursor.path) if api.cursor.by == "last" else None
    return Told(entry=entry, key=(entry.guid or entry.url or "")[:LONGEST], mark=mark)


def _entry(item: dict[str, Any], where: Item, base: str, fetched_at: datetime) -> Entry:
    content = next(iter(script_json.at(item, where.content.path)), None) if where.content else None
    return Entry(
        url=web_address(_address(item, where), base),
        guid=_said(item, where.id),
        title=plain_words(_said(item, where.title), markup=True),
        published=_moment(item, where.published, fetched_at),
        updated=_moment(item, where.updated, fetched_at),
        summary=_said(item, where.lead),
        content=script_json.to_html(content) or None,
    )


def _address(item: dict[str, Any], where: Item) -> str | None:
    """As it stands there, or by the rule's pattern; none where a part of it is missing."""
    if not where.address:
        return _said(item, where.url)
    parts = {path: _text(item, tuple(path.split("."))) for path in _PATH.findall(where.address)}
    return _PATH.sub(lambda found: parts[found[1]] or "", where.address) if all(parts.values()) else None


def _moment(item: dict[str, Any], where: Value | None, fetched_at: datetime) -> Moment | None:
    raw = _said(item, where)
    if where is None or raw is None:
        return None
    return dates.parse(raw, now=fetched_at, zone=where.zone, order=where.order, format=where.format)


def _said(item: dict[str, Any], where: Value | None) -> str | None:
    text = _text(item, where.path) if where else None
    if text is None or where is None or where.match is None:
        return text
    found = where.match.search(text)
    return found and found[1 if where.match.groups else 0]


def _text(value: Any, path: Path) -> str | None:
    """The first value there in letters; whole numbers without a point, `true` and `false` as JSON has them."""
    for one in script_json.at(value, path):
        match one:
            case bool():
                return "true" if one else "false"
            case float() if one.is_integer():
                return str(int(one))
            case str() | int() | float():
                return str(one).strip() or None
    return None
