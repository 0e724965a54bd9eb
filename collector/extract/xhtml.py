"""A page served as XML -> the same in the syntax of HTML, which is all that the parser knows. Knows no tree."""

import html
import re

_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_EMPTY = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([a-zA-Z][\w:-]{0,40})"
    r"((?:\s[^<>]{0,2000})?)/>"
)


def as_html(text: str, content_type: str | None) -> str:
    """CDATA sections as text and `<div/>` as `<div></div>`; unchanged unless `content_type` is one of XML."""
    if "xml" not in (content_type or "").partition(";")[0]:
        return text
    return _EMPTY.sub(r"<\1\2></\1>", _CDATA.sub(lambda found: html.escape(found[1], quote=False), text))
