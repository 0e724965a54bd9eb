"""The words of a style sheet -> the same without what it would load. Knows no page.

Names can be written in escapes (https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point): those are read first.
"""

import re

INLINE_IMAGE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp|(?:x|vnd\.microsoft\.)-?icon)[;,]", re.IGNORECASE)

_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|([\s\S]))")
_LOADS = (
    r"src|image|(?:-\w+-)?image-set|(?:-\w+-)?cross-fade|(?:-\w+-)?element|paint|expression|"
    rf"url(?!\(\s*[\"']?{INLINE_IMAGE.pattern})"
)
_CALL = re.compile(rf"(?<![\w-])(?:{_LOADS})(?=\()", re.IGNORECASE | re.ASCII)
_IMPORT = re.compile(r"@import", re.IGNORECASE | re.ASCII)
_BINDING = re.compile(r"(?<![\w-])(?:-moz-binding|behavior)(?=\s*:)", re.IGNORECASE | re.ASCII)


def without_loads(css: str) -> str:
    """No address in it but images that stand in it themselves; it cannot end the element that it stands in."""
    css = _ESCAPE.sub(_read, css)
    for loading in (_CALL, _IMPORT, _BINDING):
        css = loading.sub(lambda found: "@gone" if found[0].startswith("@") else "gone", css)
    return css.replace("</", "<\\/")


def _read(escape: re.Match[str]) -> str:
    """Letters and hyphens as such. All else stays escaped, a number with its end, lest a letter behind it joins it."""
    number, sign = escape.groups()
    if number is None:
        return str(sign) if re.match(r"[g-zG-Z-]", sign) else escape[0]
    letter = chr(code) if (code := int(number, 16)) < 128 else ""
    return letter if re.match(r"[a-zA-Z-]", letter) else f"\\{number} "
