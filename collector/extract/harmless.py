"""
A captured page -> one that shows its words and runs, loads, sends and leads to nothing. Knows no capture, no server.

It is written anew from the parsed tree: only elements and attributes that are known to be harmless, every value
escaped, nothing in the languages of drawings or formulas. So no browser can read more into it than the parser did here.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape

from selectolax.lexbor import LexborNode

from collector.extract.harmless_style import INLINE_IMAGE, without_loads
from collector.extract.page import Page


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


# What is in none of these is taken away, and what stands in it stays: a form's words, what is shown without scripts.
_VOID = _names("br col hr img wbr")
_KEPT = _VOID | _names(
    "a abbr acronym address article aside b bdi bdo big blockquote body caption center cite code colgroup dd del "
    "details dfn dialog dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hgroup html i "
    "ins kbd li main mark menu nav ol p pre q rp rt ruby s samp search section small span strike strong style sub "
    "summary sup table tbody td tfoot th thead time title tr tt u ul var"
)
_GONE = _names(
    "applet area audio base bgsound canvas datalist embed fencedframe frame iframe input keygen link meta noembed "
    "noframes object param portal script select source svg template track video"
)
_AS_TEXT = {"math": "span", "textarea": "pre", "xmp": "pre", "listing": "pre", "plaintext": "pre"}
_CUSTOM = re.compile(r"[a-z][a-z0-9._]*-[a-z0-9._-]*")  # an element of a page's own; without scripts it is a span
_ATTRIBUTES = _names(
    "align alt bgcolor border cellpadding cellspacing class color colspan compact datetime dir face height hidden id "
    "lang nowrap open reversed rowspan scope size span start title type valign value width"
)
_SPACE = re.compile(r"[\x00-\x20]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TOLD = _names("http: https: mailto: tel:")
_HEAD = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'


def harmless(html: str, content_type: str | None = None) -> str:
    """The page as HTML to be sent as UTF-8. content_type: as its server said it, for pages in XML. Never raises.

    A link has its address as its title, and leads nowhere; an image its own words, unless it stands in the page itself.
    """
    root = Page.parse(html, "", content_type).tree.root
    return "".join(("<!doctype html>", *_written(root))) if root is not None else "<!doctype html>"


def _written(root: LexborNode) -> Iterator[str]:
    """With a stack of its own: no depth of nesting can exhaust Python's."""
    todo: list[LexborNode | str] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield escape(node.text_content or "")
        elif node.is_element_node and (tag := node.tag or "") not in _GONE:
            if tag in _AS_TEXT or tag == "style":
                yield _text(tag, node.text(deep=True))
                continue
            if tag in _KEPT or _CUSTOM.fullmatch(tag):
                yield _opened(tag, node.attributes)
                if tag in _VOID:
                    continue
                todo.append(f"</{tag}>")
            todo += _children(node)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    """Last to first."""
    child = node.last_child
    while child is not None:
        yield child
        child = child.prev


def _text(tag: str, text: str) -> str:
    if tag == "style":
        return f"<style>{without_loads(text)}</style>"
    return f"<{_AS_TEXT[tag]}>{escape(text)}</{_AS_TEXT[tag]}>"


def _opened(tag: str, given: Mapping[str, str | None]) -> str:
    said = {name: value or "" for name, value in given.items() if name in _ATTRIBUTES}
    if "style" in given:
        said["style"] = without_loads(given["style"] or "")
    if tag == "a" and (address := _address(given.get("href"))):
        said["title"] = address
    if tag == "img" and INLINE_IMAGE.match(source := (given.get("src") or "").strip()):
        said["src"] = source
    words = "".join(f' {name}="{escape(value)}"' for name, value in said.items())
    return f"<{tag}{words}>{_HEAD if tag == 'head' else ''}"


def _address(href: str | None) -> str | None:
    """Where a link led, for people; None for a script, and for what else no page is."""
    href = _SPACE.sub("", href or "")
    scheme = _SCHEME.match(href)
    return None if scheme and scheme[0].lower() not in _TOLD else href
