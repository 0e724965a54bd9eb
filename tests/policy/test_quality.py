"""Which reading is kept, which titles agree, what is far too short."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.policy import quality

LINE = "Two boats began to dredge the harbour on Monday, and the council said it would last until spring ({})."
TEXT = "\n\n".join(LINE.format(n) for n in range(8))
SHORT = "\n\n".join(LINE.format(n) for n in range(3))
OTHER = "\n\n".join(f"Nine herons were counted at the marsh by volunteers, {n} of them young." for n in range(3))
SIGNS = "昨夜港湾疏浚工程开始市长表示工程将持续到春天" * 4


def version(text: str = TEXT, title: str = "Dredging begins", **columns: Any) -> dict[str, Any]:
    kinds = json.dumps(["p"] * len(text.split("\n\n")))
    told = {"text": text, "title": title, "kinds": kinds, "source": "Town Courier"}
    return told | {"rule_revision": "1", "memory_revision": ""} | columns


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (version(SHORT), "a fraction of the text"),
        (version(OTHER), "a fraction of the text"),
        (version(title="Access denied"), "its title is an error's"),
        (version(title="Seite nicht gefunden"), "its title is an error's"),
        (version(title="Town Courier"), "its title is the site's name"),
        (version(title="TOWN COURIER!"), "its title is the site's name"),
        (version(kinds=json.dumps(["h"] * 8)), "no paragraph is left"),
        (version(OTHER, rule_revision="2"), "a fraction of the text"),
        (version(TEXT), None),
        (version(f"{TEXT}\n\n{OTHER}"), None),  # it grew
        (version(TEXT.replace("Two boats", "Three boats")), None),
        (version("\n\n".join(TEXT.split("\n\n")[:5])), None),  # some of it went
        (version(f"{OTHER}\n\n{OTHER}\n\n{OTHER}"), None),  # written anew
        (version(title="Dredging ends"), None),
        (version(SHORT, rule_revision="2"), None),  # a better rule drops furniture
        (version(SHORT, memory_revision="m"), None),
        (version(source=None, title="Town Courier"), None),
    ],
)
def test_worse(new: dict[str, Any], why: str | None) -> None:
    """Less than half of the words, a title that is an error's or the site's, no paragraph: else it is an edit."""
    assert quality.worse(version(), new) == why


def test_worse_than_little() -> None:
    """A text of a few words may turn into any other; one in a script without blanks is counted by its signs."""
    assert quality.worse(version("It was short."), version("Sunk.")) is None
    assert quality.worse(version(SIGNS), version(SIGNS[:20])) == "a fraction of the text"
    assert quality.worse(version(title="Access denied"), version(title="Access denied", text=TEXT + SHORT)) is None


WORDS = st.lists(st.sampled_from(["boat", "harbour", "dredge", "spring", "tide", "ice"]), max_size=150)


@given(WORDS, WORDS)
def test_what_grows_is_never_worse(one: list[str], more: list[str]) -> None:
    """Whatever was added to a text, it is an edit."""
    text = " ".join([*one, "boat"])
    assert quality.worse(version(text), version(" ".join([text, *more]))) is None


@pytest.mark.parametrize(
    ("title", "other", "agree"),
    [
        ("Dredging begins in the harbour", "Harbour: dredging begins", True),
        ("Dredging", "dredging!", True),
        ("Town Courier", "Flood closes bridge - Town Courier", True),
        ("Courier", "Flood closes bridge - Courier", False),  # one word is too little
        ("Before you continue", "Flood closes bridge", False),
        ("Before you continue to the site", "The herons of the marsh", False),
        ("港湾疏浚工程开始", "港湾疏浚工程昨夜开始", True),
        ("隐私设置", "港湾疏浚工程昨夜开始", False),
        ("", "Flood closes bridge", False),
    ],
)
def test_agree(title: str, other: str, agree: bool) -> None:
    """Half the words of the shorter one; in a script without blanks, half of its pairs of signs."""
    assert quality.agree(title, other) is agree
    assert quality.agree(other, title) is agree


@pytest.mark.parametrize(
    ("length", "usual", "signs", "below"),
    [
        (300, 4000.0, {}, False),  # never by its length alone
        (300, 4000.0, {"paid": True}, True),
        (700, 4000.0, {"paid": True}, False),
        (700, 4000.0, {"strange": True}, True),
        (1200, 4000.0, {"strange": True}, False),
        (10, 500.0, {"paid": True, "strange": True}, False),  # a site of short notices
        (10, None, {"paid": True, "strange": True}, False),
    ],
)
def test_far_below(length: int, usual: float | None, signs: dict[str, bool], below: bool) -> None:
    """Far shorter than the host's other texts, and another sign with it."""
    assert quality.far_below(length, usual, **{"paid": False, "strange": False} | signs) is below


def test_fingerprint() -> None:
    """The same words have the same, however they are set."""
    assert quality.fingerprint("We use cookies.\n\nAgree?") == quality.fingerprint("WE USE COOKIES – agree")
    assert quality.fingerprint("We use cookies") != quality.fingerprint("We use no cookies")
    assert quality.fingerprint("…") is None
    assert quality.fingerprint("broken \ud800 sign") is not None
