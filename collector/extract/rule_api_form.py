"""The key `api` of a rule file: which keys there are in it, and what may stand under each. Knows no YAML."""

import json
import re
from collections.abc import Mapping
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo

from collector.extract.rule_api import PLACEHOLDERS, Api, By, Cursor, Item, Path, Times, Value
from collector.extract.rule_form import ORDERS, Form, Spot

API_KEYS = ("url", "body", "headers", "each", "page_size", "times", "order", "items", "item", "cursor", "total", "more")
ITEM_KEYS = ("url", "title", "published", "updated", "lead", "content", "id")
VALUE_KEYS = ("json", "match", "zone", "order", "format")
CURSORS: Mapping[str, By] = {name: name for name in get_args(By)}
CURSOR_KEYS = (*CURSORS, "begin", "overlap")
TIMES: Mapping[str, Times] = {name: name for name in get_args(Times)}
NAMED = re.compile(r"\{([a-z_]+)\}")
_T = TypeVar("_T")
_U = TypeVar("_U")
_WORDS = {"last": "cursor", "token": "cursor", "page": "page", "offset": "offset"}  # what a request has to say


def apis(form: Form, rule: Spot) -> tuple[Api, ...]:
    """The APIs that a rule describes, in its order; what is wrong gathers in `form`."""
    keys = rule.value if isinstance(rule.value, Mapping) else {}
    return tuple(_api(form, spot) for spot in form.many(keys.get("api")))


def _api(form: Form, spot: Spot) -> Api:
    keys = form.mapping(spot, "api", API_KEYS)
    for name in ("url", "item", "cursor"):
        if name not in keys:
            form.wrong(spot, "api", f"needs {name}")
    text = {name: form.text(keys[name], f"api.{name}") for name in ("url", "body", "times", "order") if name in keys}
    api = Api(
        url=text.get("url", ""),
        body=text.get("body"),
        headers=_headers(form, keys.get("headers")),
        each=tuple(form.text(one, "api.each") for one in form.many(keys.get("each"))),
        page_size=_number(form, keys.get("page_size"), "api.page_size", 1),
        times=_one_of(form, keys.get("times"), "api.times", TIMES, "iso"),
        rising=_one_of(form, keys.get("order"), "api.order", {"falling": False, "rising": True}, False),
        items=_path(form, keys.get("items"), "api.items"),
        total=_path(form, keys.get("total"), "api.total"),
        more=_path(form, keys.get("more"), "api.more"),
        item=_item(form, keys["item"]) if "item" in keys else Item(),
        cursor=_cursor(form, keys["cursor"], text.get("order") == "rising") if "cursor" in keys else Cursor(by="page"),
    )
    _check(form, spot, keys, api)
    return api


def _check(form: Form, spot: Spot, keys: Mapping[str, Spot], api: Api) -> None:
    """What the keys must be together."""
    for name in ("url", "body"):
        for word in NAMED.findall(getattr(api, name) or ""):
            if word not in PLACEHOLDERS:
                form.wrong(keys[name], f"api.{name}", f"{{{word}}} is none of {', '.join(PLACEHOLDERS)}")
    needed = {"each": api.each, "limit": api.page_size, "seen": api.item.id}
    for word, given in needed.items():
        if api.says(word) and not given:
            key = {"limit": "page_size", "seen": "item.id"}.get(word, word)
            form.wrong(spot, "api", f"says {{{word}}} and has no {key}")
    if api.each and not api.says("each"):
        form.wrong(keys["each"], "api.each", "neither url nor body say {each}")
    word = _WORDS.get(api.cursor.by, "")
    if "cursor" in keys and word and not api.says(word):
        form.wrong(keys["cursor"], "api.cursor", f"neither url nor body say {{{word}}}")
    if "body" in keys and not _is_json(NAMED.sub("0", api.body or "")):
        form.wrong(keys["body"], "api.body", "is no JSON once its {words} are filled in")


def _item(form: Form, spot: Spot) -> Item:
    keys = form.mapping(spot, "api.item", ITEM_KEYS)
    if "url" not in keys:
        form.wrong(spot, "api.item", "needs url: the path of an item's address, or a pattern such as /story/{id}")
        return Item()
    told = keys["url"].value
    pattern = told if isinstance(told, str) and "{" in told else ""
    values = {name: _value(form, one, f"api.item.{name}") for name, one in keys.items() if name != "url" or not pattern}
    return Item(address=pattern, **values)


def _value(form: Form, spot: Spot, key: str) -> Value:
    if isinstance(spot.value, str):
        return Value(path=_path(form, spot, key))
    keys = form.mapping(spot, key, VALUE_KEYS)
    if "json" not in keys:
        form.wrong(spot, key, "needs json: a path in the item")
    text = {name: form.text(one, f"{key}.{name}") for name, one in keys.items()}
    if "zone" in text and not _is_zone(text["zone"]):
        form.wrong(keys["zone"], f"{key}.zone", f"{text['zone']!r} is no time zone such as Europe/Paris")
    return Value(
        path=_path(form, keys.get("json"), f"{key}.json"),
        match=form.pattern(keys["match"], f"{key}.match") if "match" in keys else None,
        format=text.get("format"),
        zone=text.get("zone"),
        order=_one_of(form, keys.get("order"), f"{key}.order", ORDERS, None),
    )


def _cursor(form: Form, spot: Spot, rising: bool) -> Cursor:
    keys = form.mapping(spot, "api.cursor", CURSOR_KEYS)
    named = [name for name in CURSORS if name in keys]
    if len(named) != 1:
        form.wrong(spot, "api.cursor", f"needs one of {', '.join(CURSORS)}")
        return Cursor(by="page")
    by, key = CURSORS[named[0]], f"api.cursor.{named[0]}"
    counts = by in ("page", "offset")
    begin = form.text(keys["begin"], "api.cursor.begin") if "begin" in keys else ""
    return Cursor(
        by=by,
        path=() if counts else _path(form, keys[by], key),
        begin=begin or ("since" if rising else "until") * (by == "last"),
        first=(_number(form, keys[by], key, 0) or 0) if counts else 0,
        overlap=_number(form, keys.get("overlap"), "api.cursor.overlap", 0) or 0,
    )


def _headers(form: Form, spot: Spot | None) -> tuple[tuple[str, str], ...]:
    if spot is None:
        return ()
    keys = form.mapping(spot, "api.headers", spot.value if isinstance(spot.value, Mapping) else ())
    return tuple((name.lower(), form.text(one, f"api.headers.{name}")) for name, one in keys.items())


def _path(form: Form, spot: Spot | None, key: str) -> Path:
    return tuple(filter(None, form.text(spot, key).split("."))) if spot is not None else ()


def _number(form: Form, spot: Spot | None, key: str, least: int) -> int | None:
    if spot is None:
        return None
    if (text := form.text(spot, key)).isdecimal() and int(text) >= least:
        return int(text)
    form.wrong(spot, key, f"{text!r} is no whole number from {least} on")
    return least


def _one_of(form: Form, spot: Spot | None, key: str, known: Mapping[str, _T], usual: _U) -> _T | _U:
    if spot is None:
        return usual
    if (text := form.text(spot, key)) not in known:
        form.wrong(spot, key, f"{text!r} is none of {', '.join(known)}")
    return known.get(text, usual)


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ValueError, OSError, LookupError):  # unknown, or a path
        return False


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
