"""JSON-LD of a page -> the object that describes its article, and plain values from it. Decides no order of trust."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from collector.extract.jsonld import Item
from collector.extract.page import Page

_TYPES = ("article", "blogposting", "report", "review", "socialmediaposting", "liveblogposting")
_INSIDE = ("mainEntity", "mainEntityOfPage", "subjectOf")
_SIGNS = re.compile(r"[\W_]+")
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_FREE = "isAccessibleForFree"
_DEEPEST = 4  # objects and lists in one another that names are looked for in
_MANY = 20  # members of a list that are looked at


def article(page: Page, titles: Iterable[str]) -> Item:
    """The object of an article type about this page: by address, by one of `titles`, else the first; {} if none."""
    candidates = [item for item in _items(page) if _is_article(item)]
    if len(candidates) < 2:
        return candidates[0] if candidates else {}
    paths = {_path(address) for address in (page.url, page.canonical) if address}
    wanted = {bare(title) for title in titles}

    def about_this_page(item: Item) -> tuple[bool, bool, bool]:
        own = {_path(address) for address in _addresses(item)}
        return bool(own & paths), bare(text(item.get("headline"))) in wanted, "datePublished" in item

    return max(candidates, key=about_this_page)


def body(page: Page) -> str:
    """The longest text that JSON-LD declares, as it is: complete on some pages, cut short on most; "" for none."""
    said = (item.get("articleBody") for item in page.jsonld)
    return max((one for one in said if isinstance(one, str)), key=len, default="")


def breadcrumb(page: Page) -> list[str]:
    """Names of the page's BreadcrumbList, from the home page down."""
    for item in page.jsonld:
        if "breadcrumblist" in _types(item):
            parts = item.get("itemListElement")
            names = [_crumb(part) for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
            return [name for name in names if name]
    return []


def names(value: Any, depth: int = 0) -> list[str]:
    """Names in an author or publisher: a text, an object, a list of either, nested as sites do it."""
    match value:
        case str():
            return [text(value)]
        case list() if depth < _DEEPEST:
            return [name for one in value[:_MANY] if not isinstance(one, list) for name in names(one, depth + 1)]
        case dict() if not isinstance(value.get("name"), dict):
            return names(value.get("name"), depth + 1)
    return []


def resolved(value: Any, page: Page) -> Any:
    """The value, or each of its list: where it is only `{"@id": …}`, the object of the page that has that id."""
    return [_referred(one, page) for one in value[:_MANY]] if isinstance(value, list) else _referred(value, page)


def addresses(value: Any) -> list[str]:
    """Addresses in an image or the like: a text, an object with `url`, a list of either."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [address for one in value[:_MANY] if not isinstance(one, list) for address in addresses(one)]
    if isinstance(value, dict):
        return [address for key in ("url", "contentUrl") if isinstance(address := value.get(key), str)]
    return []


def is_free(item: Item) -> bool | None:
    """isAccessibleForFree of the article, or of a part of it that is not free; None when nothing is said."""
    parts = item.get("hasPart")
    said = [
        _truth(part.get(_FREE))
        for part in (item, *(parts if isinstance(parts, list) else [parts]))
        if isinstance(part, dict)
    ]
    return False if False in said else next((one for one in said if one is not None), None)


def words(value: Any) -> list[str]:
    """Keywords: a list, or a text with commas between."""
    parts = value if isinstance(value, list) else [value]
    return [word for part in parts if isinstance(part, str | dict) for word in _words(part)]


def text(value: Any) -> str:
    """A text with its entities read, on one line; "" for anything else. Of a list the first."""
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def bare(value: str) -> str:
    """Letters and digits only, to compare what differs in quotes and spacing."""
    if value.isascii():  # as most are, and so it is eight times quicker
        return value.lower().encode().translate(None, _ASCII_SIGNS).decode()
    return _SIGNS.sub("", value.casefold())


def _items(page: Page) -> Iterator[Item]:
    for item in page.jsonld:
        yield item
        yield from (item[key] for key in _INSIDE if isinstance(item.get(key), dict))


def _types(item: Item) -> list[str]:
    value = item.get("@type")
    return [one.lower() for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _is_article(item: Item) -> bool:
    return any(one.endswith(_TYPES) for one in _types(item))


def _addresses(item: Item) -> Iterator[str]:
    about = item.get("mainEntityOfPage")
    for value in (item.get("url"), item.get("@id"), about, about.get("@id") if isinstance(about, dict) else None):
        if isinstance(value, str):
            yield value


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/") or address
    except ValueError:
        return address


def _crumb(part: Item) -> str:
    item = part.get("item")
    return text(part.get("name")) or (text(item.get("name")) if isinstance(item, dict) else "")


def _words(part: Any) -> list[str]:
    line = text(part.get("name") if isinstance(part, dict) else part)
    return [word for word in (one.strip() for one in line.split(",")) if word]


def _referred(value: Any, page: Page) -> Any:
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return next((item for item in page.jsonld if item.get("@id") == value["@id"] and "name" in item), value)
    return value


def _truth(value: Any) -> bool | None:
    """Sites write false, "False" and "http://schema.org/False"."""
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower().rpartition("/")[2])
    return value if isinstance(value, bool) else None
