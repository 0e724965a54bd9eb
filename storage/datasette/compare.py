"""The page that compares two versions of an article, word by word, and says who changed what between them."""

from collections import Counter
from typing import Any

from markupsafe import Markup

from collector.policy.changes.steps import Step, steps
from collector.policy.changes.words import worddiff
from storage.archive.base import Row
from storage.datasette.answers import Missing, Page
from storage.datasette.asked import standing_of, whole
from storage.datasette.change_words import BY, changed
from storage.datasette.differences import shown
from storage.datasette.passages import passages
from storage.datasette.prose import language
from storage.datasette.reading import Reading

_CALLED = {"authors": "byline", "published": "date", "modified": "changed, by the page", "tags": "keywords"}


def compare(reading: Reading, request: Any) -> Page:
    """`old` and `new` of the query: numbers of versions; without them the last two. Raises Missing, Unclear."""
    standing = standing_of(reading, request)
    history = reading.archive.history(standing["id"])
    step = _step(history, whole(request, "old"), whole(request, "new"))
    context = {
        "standing": standing,
        "lang": language(history[-1]["language"]),
        "versions": [changed(row, first=not place) for place, row in enumerate(history)][::-1],
        **(_told(step) if step else {"old": None}),
    }
    return Page(template="compare.html", context=context)


def _step(history: list[Row], old: int | None, new: int | None) -> Step | None:
    """None where there is one version alone. Raises Missing."""
    numbers = [row["number"] for row in history]
    new = numbers[-1] if new is None else new
    if old is None:
        earlier = [number for number in numbers if number < new]
        if not earlier and len(numbers) == 1 and new in numbers:
            return None
        old = max(earlier, default=new)
    try:
        return steps(history, (old, new))[0]
    except LookupError as error:
        raise Missing(f"{str(error).capitalize()}.") from error


def _told(step: Step) -> Row:
    fields = step.fields()
    title = fields.pop("title", None)
    text = passages(step.text())
    return {
        "old": step.old,
        "new": step.new,
        "steps": [changed(row, first=False) for row in step.labelled],
        "tally": Counter(BY[row["changed_by"]] for row in step.labelled).most_common(),
        "title": _shown(*title) if title else Markup.escape(step.new["title"]),
        "fields": [(_CALLED.get(name, name), _shown(*sides)) for name, sides in fields.items()],
        "passages": text,
        "same_words": _unchanged(step),
        "same": not title and not fields and _unchanged(step),
    }


def _shown(old: str, new: str) -> Markup:
    return shown(worddiff(old, new))


def _unchanged(step: Step) -> bool:
    same: bool = step.old["text"] == step.new["text"]
    return same
