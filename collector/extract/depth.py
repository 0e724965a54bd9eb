"""Bounds the nesting of a page before it is parsed: the parser's time grows with the square of the depth."""

import re

_MANY = 20_000  # tags; a page with fewer is quick at any depth
_DEEPEST = 1_000  # open elements; browsers stop at 512
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})[^<>]{0,20000}>")
_VOID = "area base br col embed hr img input link meta param source track wbr"
_CLOSED_BY_THE_NEXT = "p li dt dd tr td th thead tbody tfoot option"
_UNCOUNTED = frozenset(f"{_VOID} {_CLOSED_BY_THE_NEXT}".split())


def bounded(html: str) -> str:
    """The page, without those tags that stand deeper than any real page goes. Linear in its length."""
    if html.count("<") < _MANY:
        return html
    kept: list[str] = []
    depth = at = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _UNCOUNTED or tag[0].endswith("/>"):
            continue
        if tag[1] and depth > 0:
            depth -= 1
            too_deep = depth >= _DEEPEST
        else:
            too_deep = not tag[1] and depth >= _DEEPEST
            depth += not tag[1]
        if too_deep:
            kept += [html[at : tag.start()], " "]
            at = tag.end()
    return "".join([*kept, html[at:]])
