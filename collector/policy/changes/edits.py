"""
What kinds of edit a difference holds. By values alone.

EDITS is the vocabulary of `versions.edits`, in its order:

headline           the title is another
lead               the summary above the text
correction         a note came that says so: a correction, a clarification, an editor's note
figure             a number in a paragraph that stays: `12 people` -> `14 people`; not `two` -> `2`
quotation          words within quotation marks, in a paragraph that stays
wording            other words in a paragraph that stays
paragraph-added    a paragraph came
paragraph-removed  a paragraph went
paragraph-moved    a paragraph stands elsewhere
byline, date, section, tags, source, caption   these fields
silent             headline or text changed, no note came, and the modified date that the page gives stayed as it was;
                   a page that gives none is not called silent: it never says when it was changed
"""

from collections import Counter
from typing import Literal, get_args

from collector.policy.changes.difference import Difference, Rewording
from collector.policy.changes.notes import is_note
from collector.policy.changes.numbers import numbers
from collector.policy.changes.quotations import quoted
from collector.policy.changes.said import Said, folded, same_moment
from collector.policy.changes.tokens import words

Edit = Literal[
    "headline",
    "lead",
    "correction",
    "figure",
    "quotation",
    "wording",
    "paragraph-added",
    "paragraph-removed",
    "paragraph-moved",
    "byline",
    "date",
    "section",
    "tags",
    "source",
    "caption",
    "silent",
]
EDITS: tuple[Edit, ...] = get_args(Edit)
_OF_FIELDS: dict[str, Edit] = {
    "title": "headline",
    "lead": "lead",
    "authors": "byline",
    "published": "date",
    "section": "section",
    "tags": "tags",
    "source": "source",
    "captions": "caption",
}
_PHRASE = 6  # words on each side of a replacement in which a number still stands for the other


def edits(found: Difference, old: Said, new: Said) -> tuple[Edit, ...]:
    """The kinds of edit in a difference of two readings, each once."""
    kinds: set[Edit] = {_OF_FIELDS[name] for name in found.fields}
    for change in found.changed:
        kinds |= _kinds(change, new.language)
    noted = _noted(old, new)
    if noted:
        kinds.add("correction")
    if any(not is_note(paragraph) for paragraph in found.came) or (found.came and not noted):
        kinds.add("paragraph-added")
    if found.went:
        kinds.add("paragraph-removed")
    if found.moved:
        kinds.add("paragraph-moved")
    if _silent(found, old, new) and not noted:
        kinds.add("silent")
    return tuple(each for each in EDITS if each in kinds)


def _kinds(change: Rewording, language: str | None) -> set[Edit]:
    """Of one change within a paragraph; a quoted figure is both."""
    kinds: set[Edit] = set()
    sides = ((change.old, change.old_at, change.removed), (change.new, change.new_at, change.added))
    quotes = [change.quoted or _is_quoted(*side) for side in sides if words(side[2])]
    if any(quotes):
        kinds.add("quotation")
    if _is_figure(change, language):
        kinds.add("figure")
    beyond = not change.quoted and any(words(_outside(*side)) for side in sides)
    return kinds if "figure" in kinds or (kinds and not beyond) else kinds | {"wording"}


def _is_quoted(paragraph: str, at: int, text: str) -> bool:
    """Does some of it stand within quotation marks?"""
    end = at + len(text.rstrip())
    return any(first < end and at < last for first, last in quoted(paragraph))


def _outside(paragraph: str, at: int, text: str) -> str:
    """What of it stands outside of them."""
    spans = list(quoted(paragraph))
    within = (any(first <= at + number < last for first, last in spans) for number in range(len(text)))
    return "".join(" " if inside else letter for letter, inside in zip(text, within, strict=True))


def _is_figure(change: Rewording, language: str | None) -> bool:
    """A number for another one, or for the word that stood for it (`several` -> `three`), in a few words."""
    before, after = (numbers(text, language) for text in (change.removed, change.added))
    return before != after and all(0 < len(words(text)) <= _PHRASE for text in (change.removed, change.added))


def _noted(old: Said, new: Said) -> bool:
    """Does the new reading hold a note that the old one did not, or another one?"""
    before, after = (Counter(map(folded, filter(is_note, [one.title, *one.paragraphs]))) for one in (old, new))
    return bool(after - before)


def _silent(found: Difference, old: Said, new: Said) -> bool:
    changed = bool(found.came or found.went or found.changed or found.moved or "title" in found.fields)
    dated = bool(old.modified and new.modified and same_moment(old.modified, new.modified))
    return changed and dated and "published" not in found.fields
