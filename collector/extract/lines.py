"""Paragraphs -> text without what is none: titles, credits, furniture, lines on source and time. Knows no HTML."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from collector.extract import captions
from collector.extract.marks import plain
from collector.extract.rule import Patterns, Piece
from storage.records import Caption, Paragraph

_LONGEST_CAPTION = 400  # characters
_LONG = 60  # characters of a paragraph that nobody says twice on purpose
_LONGEST_LINE = 80  # characters that can follow a title on its line: source, time


@dataclass(frozen=True, slots=True)
class Told:
    """What is left as text, and what the other lines said: `fields` by name, captions."""

    paragraphs: tuple[Paragraph, ...]
    fields: dict[str, str]
    captions: tuple[Caption, ...]


def sift(paragraphs: Iterable[Paragraph], piece: Piece, titles: Iterable[str], alts: Collection[str] = ()) -> Told:
    """
    Take from a piece's paragraphs what its rule says is none of its text.

    `titles`: what the piece is called; `alts`: words that stand for its pictures, which captions often repeat.
    """
    called = [plain(title) for title in titles]
    kept = [rest for one in _once(paragraphs) if (rest := _untitled(one, called)).text]
    kept, found = _captions(kept, piece.credit, alts)
    kept, fields = tell(kept, piece.lines)
    kept = [one for one in kept if not any(furniture.match(one.text) for furniture in piece.furniture)]
    cut = (replace(one, text=_cut(one.text, piece.cut)) for one in kept)
    return Told(tuple(one for one in cut if one.text), fields, found)


def tell(paragraphs: Sequence[Paragraph], lines: Patterns) -> tuple[list[Paragraph], dict[str, str]]:
    """
    The paragraphs without what the patterns match, and their named groups.

    The patterns see one line a paragraph. Each is asked once, for its first match, unless an earlier one has told
    one of its fields already: so several for the same thing may follow one another, the most certain one first.
    """
    left, fields = list(paragraphs), dict[str, str]()
    for pattern in lines:
        found = None if fields.keys() & pattern.groupindex.keys() else pattern.search(_joined(left))
        if found is not None:
            fields |= {name: value.strip() for name, value in found.groupdict().items() if value and value.strip()}
            left = _without(left, found.span())
    return left, fields


def _once(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Of a long paragraph that is said again right after itself, a summary mostly, the first."""
    before = None
    for one in paragraphs:
        if one.text != before or len(one.text) < _LONG:
            yield one
        before = one.text


def _untitled(one: Paragraph, titles: Iterable[str]) -> Paragraph:
    """The paragraph without the title, which may stand in front of the source on one line."""
    for title in titles:
        if len(one.text) <= len(title) + _LONGEST_LINE and (words := plain(one.text)).startswith(title):
            return replace(one, text=words[len(title) :].strip())
    return one


def _captions(
    paragraphs: Sequence[Paragraph], credit: re.Pattern[str] | None, alts: Collection[str]
) -> tuple[list[Paragraph], tuple[Caption, ...]]:
    """A line with a credit is a caption; so is the line before one without more words, if a picture is called so."""
    left, found = list[Paragraph](), list[Caption | None]()
    for one in paragraphs:
        mark = credit.search(one.text) if credit is not None and len(one.text) <= _LONGEST_CAPTION else None
        if mark is None:
            left.append(one)
            continue
        words = one.text[: mark.start()].strip()
        if not words and left and plain(left[-1].text) in alts:
            words = left.pop().text
        found.append(captions.split([words] if words else [], [one.text[mark.end() :]]))
    return left, tuple(one for one in found if one is not None)


def _joined(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(one.text.replace("\n", " ") for one in paragraphs)


def _without(paragraphs: Sequence[Paragraph], span: tuple[int, int]) -> list[Paragraph]:
    """The paragraphs without the span of their joined text; a line that it covers in part keeps the rest."""
    left, start = list[Paragraph](), 0
    for one in paragraphs:
        first, last = (max(edge - start, 0) for edge in span)
        rest = (one.text[:first] + one.text[last:]).strip()
        if rest:
            left.append(replace(one, text=rest) if len(rest) < len(one.text) else one)
        start += len(one.text) + 1
    return left


def _cut(text: str, patterns: Patterns) -> str:
    for pattern in patterns:
        text = pattern.sub("", text)
    return text.strip() if patterns else text
