"""What a site rule asks a page for: words, scripts, bylines. Reads no page."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from collector.casebook.state import Path
from collector.extract.rule import Layout, Piece, Place, Rule


def patterns(rule: Rule | None) -> tuple[re.Pattern[str], ...]:
    """Every regular expression in it."""
    return tuple(dict.fromkeys(leaf for leaf in _leaves(rule) if isinstance(leaf, re.Pattern)))


def written(rule: Rule | None) -> tuple[str, ...]:
    """Its selectors, paths and patterns, as they are written."""
    found = _leaves(rule.layouts if rule else ())
    return tuple(leaf.pattern if isinstance(leaf, re.Pattern) else str(leaf) for leaf in found)


def literals(rule: Rule | None) -> frozenset[str]:
    """The words of its selectors, paths and patterns, in small letters."""
    return frozenset(word for text in written(rule) for word in re.findall(r"[^\W\d_]+", text.lower()))


def scripts(rule: Rule | None) -> Mapping[str, Sequence[Path]]:
    """The paths it reads in JSON, by the selector of the script."""
    found: dict[str, list[Path]] = {}
    for layout in rule.layouts if rule else ():
        for place in _places(layout):
            if place.json and place.select:
                found.setdefault(place.select, []).append(place.json)
            elif place.json and layout.json:
                found.setdefault(layout.json.select, []).append((*layout.json.at, *place.json))
    return found


def bylines(rule: Rule | None) -> tuple[str, ...]:
    """The selectors of its writers' names."""
    found = (place for layout in (rule.layouts if rule else ()) for piece in _pieces(layout) for place in piece.authors)
    return tuple(place.select for place in found if place.select and not place.json)


def matched(rule: Rule | None) -> Iterator[tuple[str, str | None, re.Pattern[str]]]:
    """Selector, attribute and pattern of the places that keep a part of what stands there."""
    for layout in rule.layouts if rule else ():
        for place in _places(layout):
            if place.select and place.match and not place.json:
                yield place.select, place.attr, place.match


def lines(rule: Rule | None) -> tuple[re.Pattern[str], ...]:
    """Its patterns that may go over several lines."""
    found = (line for layout in (rule.layouts if rule else ()) for piece in _pieces(layout) for line in piece.lines)
    return tuple(dict.fromkeys(line for line in found if r"\n" in line.pattern))


def _places(layout: Layout) -> Iterable[Place]:
    return (leaf for leaf in _leaves(layout, Place) if isinstance(leaf, Place))


def _pieces(layout: Layout) -> Iterable[Piece]:
    return (layout.piece, *(items.piece for items in (layout.items, layout.related) if items is not None))


def _leaves(value: Any, whole: type[Any] | None = None) -> Iterator[Any]:
    """What stands in a value of dataclasses and tuples; dataclasses of the type `whole` are not looked into."""
    if isinstance(value, tuple):
        for one in value:
            yield from _leaves(one, whole)
    elif is_dataclass(value) and not (whole and isinstance(value, whole)):
        for each in fields(value):
            yield from _leaves(getattr(value, each.name), whole)
    elif value is not None:
        yield value
