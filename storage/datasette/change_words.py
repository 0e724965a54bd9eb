"""Who changed an article, and what, as people read it."""

import json
from collections.abc import Mapping
from typing import Any

from collector.policy.changes.edits import EDITS
from collector.policy.changes.steps import who

BY = {
    "publisher": "the publisher",
    "rule": "our reading",
    "template": "the site's template",
    "capture": "a bad capture",
    None: "not told yet",
}
SAID_BY = {
    "publisher": "The site published other words.",
    "rule": "We read the same page otherwise: a site rule, what is known of the site, or the program had changed.",
    "template": "The site's pages are built otherwise; the article says the same.",
    "capture": "One of the two captures was bad: a part was missing, or something else stood there.",
    None: "Nobody has compared the two captures yet.",
}
SAID = {
    "headline": "The title is another.",
    "lead": "The summary above the text.",
    "correction": "A note came that says so: a correction, a clarification, an editor's note.",
    "figure": "A number in a paragraph that stayed.",
    "quotation": "Words within quotation marks, in a paragraph that stayed.",
    "wording": "Other words in a paragraph that stayed.",
    "paragraph-added": "A paragraph came.",
    "paragraph-removed": "A paragraph went.",
    "paragraph-moved": "A paragraph stands elsewhere.",
    "byline": "The names of the authors.",
    "date": "The date of publication.",
    "section": "The section that it stands in.",
    "tags": "Its keywords.",
    "source": "The source that it names.",
    "caption": "The words under a picture.",
    "silent": "Headline or text changed, no note says so, and the page's own date of change stayed as it was.",
}
KINDS = {kind: kind.replace("-", " ") for kind in EDITS}
_LOOKS = {"silent": "warn", "correction": "good"}


def changed(row: Mapping[str, Any], *, first: bool) -> dict[str, Any]:
    """The version with `who`, in plain words, and `kinds` of its edits."""
    return {**row, "who": "read first" if first else who(row), "kinds": kinds(row["edits"])}


def kinds(edits: str | None) -> list[dict[str, str]]:
    """`versions.edits` as word, meaning and look of a chip."""
    found = json.loads(edits or "[]")
    return [
        {"word": KINDS.get(each, each), "means": SAID.get(each, ""), "look": _LOOKS.get(each, "plain")}
        for each in found
    ]
