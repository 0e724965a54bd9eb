"""
The form of a rule file: which keys there are, and what may stand under each. Knows no YAML and no page.

A rule is read from spots (values with their lines). Reading goes on after a mistake, so that all are told at once.
"""

import fnmatch
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from collector.extract.made_names import made_up
from collector.extract.rule import Items, Layout, Order, Patterns, Piece, Place, Places, Script, Selectors

PIECE_KEYS = {
    **dict.fromkeys(("body", "title", "lead", "published", "modified", "authors", "section", "source"), "places"),
    **dict.fromkeys(("tags", "captions", "url"), "places"),
    **dict.fromkeys(("drop", "start", "stop"), "selectors"),
    **dict.fromkeys(("stop_text", "furniture", "keep", "cut", "lines"), "patterns"),
    "credit": "pattern",
}
LAYOUT_KEYS = (*PIECE_KEYS, "paths", "from", "until", "json", "items", "related", "links", "next_page")
RULE_KEYS = ("hosts", *LAYOUT_KEYS, "layouts", "api")
PLACE_KEYS = ("select", "attr", "json", "value", "match", "shown", "format", "zone", "order")
LINE_GROUPS = ("published", "modified", "authors", "section", "source")
ADDED_UP = ("drop", "furniture", "cut", "stop_text")  # a variant adds to these; its other keys stand instead
WHOLE = ("furniture", "keep", "stop_text")  # patterns that must fit all of a paragraph
ORDERS: Mapping[str, Order] = {order: order for order in get_args(Order)}
_LASTING = "select by what lasts, or by the part that does: [class*=Story_body__]"
_PROBE = LexborHTMLParser("<p>")


@dataclass(frozen=True, slots=True)
class Spot:
    """A value of the file and the line where it begins, counted from 1."""

    value: "str | tuple[Spot, ...] | Mapping[str, Spot]"
    line: int


@dataclass(slots=True)
class Form:
    """Reads one file; what is wrong gathers in `mistakes`, each `file:line: key: reason`."""

    file: str
    found: set[tuple[int, str]] = field(default_factory=set)  # a set, as what variants share is read with each of them

    @property
    def mistakes(self) -> list[str]:
        return [f"{self.file}:{line}: {mistake}" for line, mistake in sorted(self.found)]

    def wrong(self, spot: Spot, key: str, reason: str) -> None:
        self.found.add((spot.line, f"{key}: {reason}"))

    def rule(self, spot: Spot) -> tuple[tuple[str, ...], tuple[Layout, ...]]:
        """The hosts and the layouts of a file."""
        keys = self.mapping(spot, "rule", RULE_KEYS)
        hosts = self.hosts(keys["hosts"]) if "hosts" in keys else ()
        if not hosts:
            self.wrong(spot, "hosts", "is missing: name the site's hosts")
        common = {key: value for key, value in keys.items() if key not in ("hosts", "layouts", "api")}
        if not common and "api" in keys and "layouts" not in keys:
            return hosts, ()
        variants = self.many(keys["layouts"]) if "layouts" in keys else (Spot({}, spot.line),)
        return hosts, tuple(self.layout(variant, common) for variant in variants)

    def hosts(self, spot: Spot) -> tuple[str, ...]:
        found = tuple(self.text(one, "hosts").lower() for one in self.many(spot))
        for one, host in zip(self.many(spot), found, strict=True):
            if not re.fullmatch(r"[\w*-]+(\.[\w*-]+)+", host):
                self.wrong(one, "hosts", f"{host!r} is no host name such as news.example.org or *.example.org")
        return found

    def layout(self, spot: Spot, common: Mapping[str, Spot]) -> Layout:
        own = self.mapping(spot, "layouts", LAYOUT_KEYS)
        keys = {**common, **own, **{k: _joined(common[k], own[k]) for k in ADDED_UP if k in common and k in own}}
        if not keys.keys() - {"paths", "from", "until"}:
            self.wrong(spot, "body", "is missing: the rule says nothing that the generic extractor does not know")
        piece = self.piece(keys)
        return Layout(
            paths=tuple(self.glob(one) for one in self.many(keys.get("paths"))),
            since=self.day(keys.get("from"), "from"),
            until=self.day(keys.get("until"), "until"),
            json=self.script(keys.get("json")),
            piece=piece,
            items=self.items(keys.get("items"), "items", keys),
            related=self.items(keys.get("related"), "related", keys),
            links=self.places(keys.get("links"), "links"),
            next_page=self.places(keys.get("next_page"), "next_page"),
        )

    def piece(self, keys: Mapping[str, Spot]) -> Piece:
        read: dict[str, Callable[[Spot, str], Any]] = {
            "places": self.places,
            "selectors": self.selectors,
            "patterns": self.patterns,
            "pattern": self.pattern,
        }
        return Piece(**{key: read[kind](keys[key], key) for key, kind in PIECE_KEYS.items() if key in keys})

    def items(self, spot: Spot | None, name: str, common: Mapping[str, Spot]) -> Items | None:
        """Items; what is no text on the page (`drop`, `furniture`, `cut`, `stop_text`) is none in them either."""
        if spot is None:
            return None
        keys = self.mapping(spot, name, ("select", "link", *PIECE_KEYS))
        if ("select" in keys) == ("link" in keys):
            self.wrong(spot, name, "needs either select or link")
        inherited = {k: _joined(common[k], keys[k]) if k in keys else common[k] for k in ADDED_UP if k in common}
        return Items(
            select=self.selector(keys["select"], f"{name}.select") if "select" in keys else None,
            link=self.selector(keys["link"], f"{name}.link") if "link" in keys else None,
            piece=self.piece({**keys, **inherited}),
        )

    def places(self, spot: Spot | None, key: str) -> Places:
        return tuple(self.place(one, key) for one in self.many(spot))

    def place(self, spot: Spot, key: str) -> Place:
        if isinstance(spot.value, str):
            return Place(select=self.selector(spot, key), attr=_ATTRIBUTES.get(key))
        keys = self.mapping(spot, key, PLACE_KEYS)
        text = {name: self.text(one, f"{key}.{name}") for name, one in keys.items()}
        if not {"select", "json", "value"} & keys.keys() and key not in ("published", "modified"):
            self.wrong(spot, key, "needs select, json or value")
        for name in ("select", "shown"):
            if name in keys:
                self.selector(keys[name], f"{key}.{name}")
        if "order" in keys and text["order"] not in ORDERS:
            self.wrong(keys["order"], f"{key}.order", f"{text['order']!r} is none of {', '.join(ORDERS)}")
        if "zone" in keys and not _is_zone(text["zone"]):
            self.wrong(keys["zone"], f"{key}.zone", f"{text['zone']!r} is no time zone such as Europe/Paris")
        return Place(
            select=text.get("select"),
            attr=text.get("attr", None if "json" in keys else _ATTRIBUTES.get(key)),
            json=tuple(text["json"].split(".")) if "json" in keys else (),
            value=text.get("value"),
            match=self.pattern(keys["match"], f"{key}.match") if "match" in keys else None,
            shown=text.get("shown"),
            format=text.get("format"),
            zone=text.get("zone"),
            order=ORDERS.get(text.get("order", "")),
        )

    def script(self, spot: Spot | None) -> Script | None:
        if spot is None:
            return None
        keys = self.mapping(spot, "json", ("select", "at"))
        if "select" not in keys:
            self.wrong(spot, "json", "needs select: the script element")
            return None
        at = self.text(keys["at"], "json.at") if "at" in keys else ""
        return Script(select=self.selector(keys["select"], "json.select"), at=tuple(filter(None, at.split("."))))

    def selectors(self, spot: Spot, key: str) -> Selectors:
        return tuple(self.selector(one, key) for one in self.many(spot))

    def selector(self, spot: Spot, key: str) -> str:
        text = self.text(spot, key)
        try:
            _PROBE.css_first(text)
        except SelectolaxError:
            self.wrong(spot, key, f"{text!r} is no CSS selector")
        if name := made_up(text):
            self.wrong(spot, key, f"{name!r} is a build tool's name, the next release has another; {_LASTING}")
        return text

    def patterns(self, spot: Spot, key: str) -> Patterns:
        found = (self.pattern(one, key) for one in self.many(spot))
        return tuple(pattern for pattern in found if pattern is not None)

    def pattern(self, spot: Spot, key: str) -> re.Pattern[str] | None:
        text = self.text(spot, key)
        try:
            pattern = re.compile(rf"(?:{text})\Z" if key in WHOLE else text, re.M if key == "lines" else 0)
        except re.error as e:
            self.wrong(spot, key, f"{text!r} is no regular expression: {e}")
            return None
        strange = pattern.groupindex.keys() - LINE_GROUPS if key == "lines" else ()
        if strange or (key == "lines" and not pattern.groupindex):
            self.wrong(spot, key, f"a line names one of {', '.join(LINE_GROUPS)}, as in (?P<source>…)")
        return pattern

    def glob(self, spot: Spot) -> re.Pattern[str]:
        text = self.text(spot, "paths")
        if not text.startswith(("/", "*")):
            self.wrong(spot, "paths", f"{text!r} does not begin with / or *")
        return re.compile(fnmatch.translate(text))

    def day(self, spot: Spot | None, key: str) -> date | None:
        text = self.text(spot, key) if spot is not None else ""
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            assert spot is not None
            self.wrong(spot, key, f"{text!r} is no day such as 2025-08-23")
            return None

    def mapping(self, spot: Spot, key: str, known: Iterable[str]) -> dict[str, Spot]:
        if not isinstance(spot.value, Mapping):
            self.wrong(spot, key, "must hold keys and values")
            return {}
        for name, one in spot.value.items():
            if name not in known:
                self.wrong(one, name, f"no such key here; there are {', '.join(known)}")
        return {name: one for name, one in spot.value.items() if name in known}

    def many(self, spot: Spot | None) -> tuple[Spot, ...]:
        """One value, or a list of them."""
        if spot is None:
            return ()
        return spot.value if isinstance(spot.value, tuple) else (spot,)

    def text(self, spot: Spot, key: str) -> str:
        if isinstance(spot.value, str) and spot.value.strip():
            return spot.value
        self.wrong(spot, key, "must be text")
        return ""


_ATTRIBUTES = {"url": "href", "links": "href", "next_page": "href"}  # what a place of these keys reads, unless told


def _joined(first: Spot, second: Spot) -> Spot:
    parts = [spot.value if isinstance(spot.value, tuple) else (spot,) for spot in (first, second)]
    return Spot((*parts[0], *parts[1]), second.line)


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ValueError, OSError, LookupError):  # unknown, or a path
        return False
