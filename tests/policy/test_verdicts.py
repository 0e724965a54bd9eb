"""Whether a new reading is better or worse, and by what measure."""

from typing import Any

import pytest

from collector.policy.verdicts import Moved, digest, shared, verdict

ONE = "Two boats began to dredge the harbour on Monday, and the council was content."
TWO = "Ferries have had to wait for the tide since the river was straightened."
PROMO = "Read our letter for more news of the harbour, every morning at six."


def version(*paragraphs: str, **fields: Any) -> dict[str, Any]:
    """Columns of `versions`."""
    plain = dict.fromkeys(("modified", "source", "section", "language", "lead", "image"))
    lists = dict.fromkeys(("authors", "tags", "captions"), "[]")
    return {
        "title": "Dredging begins",
        "text": "\n\n".join(paragraphs),
        "kinds": '["p"]',
        "published": "2026-11-22",
        "rule_revision": "1",
        "memory_revision": "",
        **plain,
        **lists,
        **fields,
    }


@pytest.mark.parametrize(
    ("old", "new", "kind", "measures"),
    [
        (version(ONE, TWO), version(ONE), "worse", {"words_lost": 13}),
        (version(ONE), version(ONE, TWO), "better", {"words_gained": 13}),
        (version(ONE, TWO), version(TWO, ONE), "different", {}),
        (version(ONE, TWO), version(f"{ONE} {TWO}"), "different", {}),  # what only moved counts for nothing
        (version(ONE, PROMO), version(ONE), "better", {"furniture_lost": 13}),
        (version(ONE), version(ONE, PROMO), "worse", {"furniture_gained": 13}),
        (version(ONE, PROMO), version(ONE, TWO), "better", {"furniture_lost": 13, "words_gained": 13}),
        (version(ONE, authors='["Ann"]'), version(ONE), "worse", {"fields_lost": ("authors",)}),
        (version(ONE), version(ONE, section="Town"), "better", {"fields_gained": ("section",)}),
        (version(ONE, section="Town"), version(ONE, section="Port"), "different", {"fields_changed": ("section",)}),
        (version(ONE, section="Town"), version(ONE, tags='["x"]'), "worse", {"fields_lost": ("section",)}),
        (version(ONE), version(ONE, title="Page not found"), "worse", {"why": "its title is an error's"}),
        (version(ONE), None, "worse", {"words_lost": 14, "why": "nothing is read: a wall"}),
    ],
)
def test_verdict(old: dict[str, Any], new: dict[str, Any] | None, kind: str, measures: dict[str, Any]) -> None:
    """Whatever is lost makes it worse; else whatever is gained, or furniture that went, better."""
    found = verdict(old, new, frozenset([digest(PROMO)]), "a wall")
    assert found.kind == kind
    for name, value in measures.items():
        assert getattr(found, name) == value, name


def test_furniture_is_what_moves_in_three_articles() -> None:
    """Nobody writes the same paragraph thrice."""
    moved = [digest(each) for each in (PROMO, PROMO, PROMO, ONE, ONE, TWO)]
    assert shared(moved) == {digest(PROMO)}


def test_moved_knows_paragraphs_by_their_words() -> None:
    """Other blanks are no other paragraph; one that stands twice went once."""
    assert Moved.between(f"{ONE}\n\n{TWO}\n\n{TWO}", ONE.replace(" ", "  ")) == Moved((TWO,), ())
