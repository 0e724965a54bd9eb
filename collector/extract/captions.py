"""Lines under a picture -> Caption: what it shows, and whose picture it is. Knows no HTML."""

import re
from collections.abc import Sequence

from storage.records import Caption

_THING = (
    r"images?|photos?|pictures?|photographs?|illustrations?|graphics?|foto(?:s|grafie|grafía|grafi)?|fotó|bild(?:er)?|"
    r"zdjęci[ea]|fot\.|kuva|imagen|immagine|imagem|фото|зображення|写真|사진|图片|圖片"
)
_OWNER = (
    r"credits?|sources?|courtesy|copyright|crédits?|bildquelle|bildrechte|quelle|fuente|fonte|źródło|источник|джерело"
)
_LABEL = (
    rf"(?:(?:(?:{_THING})(?:[ -](?:{_OWNER}))?|(?:{_OWNER})(?:[ -](?:{_THING}))?)\s?[:：]|"
    r"(?:photo|picture|image|photograph|illustration)s?\s(?:by|courtesy of)\s|©|℗|\(c\)\s|copyright\s)"
)
_SIGNS = re.compile(rf"^[\s(\[|–—/-]*(?:{_LABEL}[\s|/:]*)+", re.IGNORECASE)
# At the end of a line a label needs a sign before it: "FILE PHOTO: A harbour" names no owner.
_TRAILING = re.compile(
    rf"(?:\s*[(\[|–—/]\s*|(?<=[.!?\"”])\s+){_LABEL}\s*|(?:(?:{_THING})[ -](?:{_OWNER})\s?[:：])?\s*©\s*", re.IGNORECASE
)
_LONGEST = 120  # characters of a credit; what is longer describes
_TAIL = 300  # characters at the end of a line, in which a credit and its label stand
_SENTENCE_END = re.compile(r"[a-zà-ÿа-я]{3}[.!?]$")


def split(lines: Sequence[str], credits: Sequence[str] = ()) -> Caption | None:
    """`lines`: the text as it stands; `credits`: what its own element calls a credit. None when nothing is left.

    `["A harbour.", "©Wire/Ann Bee"]` -> text "A harbour.", credit "Wire/Ann Bee".
    """
    texts: list[str] = []
    owners = [" ".join(credits)] if credits else []
    for line in lines:
        text, owner = _parts(line)
        texts += [text] if text else []
        owners += [owner] if owner else []
    credit = " ".join(filter(None, map(_bare, owners))) or None
    text = " ".join(texts)
    return Caption(text=text, credit=credit) if text or credit else None


def is_credit(line: str) -> bool:
    """Whether a line is nothing but a credit with its © sign."""
    return line.startswith("©") and len(line) <= _LONGEST


def _parts(line: str) -> tuple[str, str]:
    """What it shows, whose it is: of a line that may hold both."""
    if opening := _SIGNS.match(line):
        rest = line[opening.end() :]
        described = len(rest) > _LONGEST or (_SENTENCE_END.search(rest) and "©" not in opening[0] and " " in rest)
        return (rest, "") if described else ("", line)
    found = _TRAILING.search(line, max(0, len(line) - _TAIL))
    if found and len(line) - found.end() <= _LONGEST:
        return line[: found.start()], line[found.start() :]
    return line, ""


def _bare(owner: str) -> str:
    """A credit without sign, label and brackets: "(Photo: X)" -> "X"."""
    bare = _SIGNS.sub("", owner).strip(" \u00a0|–—/:")
    if bare.count("(") < bare.count(")"):
        bare = bare.rstrip(") ")
    if bare.count("[") < bare.count("]"):
        bare = bare.rstrip("] ")
    if bare.startswith("(") and bare.endswith(")") and bare.count("(") == 1:
        bare = bare[1:-1]
    return bare
