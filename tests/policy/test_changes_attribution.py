"""Who changed it, from values alone: what cannot be had, what several did at once, walls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.extract.page import Page
from collector.policy.changes.attribution import Both, Case, Label, attribute
from collector.policy.changes.said import Said
from collector.policy.changes.standing import Elsewhere, Standing

LINES = [f"On day {name} the boats went out to the bank of {name} and came back late." for name in "abcdefgh"]
PROMO = "Every Friday our letter tells what the fish cost in the harbour."


def said(*lines: str, title: str = "Boats", paid: bool = False) -> Said:
    return Said(title=title, text="\n\n".join(lines), kinds=("p",) * len(lines), paywalled=paid)


def stands(*lines: str, end: str = "</body></html>") -> Standing:
    body = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + end
    return Standing.of([(Page.parse(body, "https://e.org/"), body.encode())])


def case(old: Said, new: Said, old_page: Standing | None = None, new_page: Standing | None = None) -> Case:
    """Read by one reader."""
    both = Both(old=old, new=new)
    return Case(kept=both, now=both, same_reader=True, old_page=old_page, new_page=new_page)


def by_two(kept: Both, then: Both | None, now: Both | None) -> Case:
    return Case(kept=kept, then=then, now=now, same_reader=False)


WHOLE, CUT, EDITED = said(*LINES), said(*LINES[:5]), said(*LINES[:-1], LINES[-1].replace("late", "early"))
NOISY, NOISY_EDITED = said(*LINES, PROMO), said(*EDITED.paragraphs, PROMO)


@pytest.mark.parametrize(
    ("given", "label"),
    [
        # no bodies: the versions alone
        (Case(kept=Both(old=WHOLE, new=EDITED), same_reader=True), Label("publisher", ("wording",))),
        (Case(kept=Both(old=WHOLE, new=EDITED), same_reader=False), Label("rule")),
        # one of the two readers alone could be asked
        (by_two(Both(old=NOISY, new=WHOLE), None, Both(old=WHOLE, new=WHOLE)), Label("rule")),
        (
            by_two(Both(old=NOISY, new=EDITED), Both(old=NOISY, new=NOISY_EDITED), None),
            Label("publisher", ("wording",)),
        ),
        # both readers
        (
            by_two(Both(old=NOISY, new=EDITED), Both(old=NOISY, new=NOISY_EDITED), Both(old=WHOLE, new=EDITED)),
            Label("publisher", ("wording",)),
        ),
        (by_two(Both(old=WHOLE, new=NOISY), Both(old=WHOLE, new=WHOLE), Both(old=NOISY, new=NOISY)), Label("rule")),
        # today's program reads otherwise than that of then, and both pages alike
        (Case(kept=Both(old=NOISY, new=WHOLE), now=Both(old=WHOLE, new=WHOLE), same_reader=True), Label("rule")),
        # a wall, that one of the two was not behind
        (case(WHOLE, said(*LINES[:5], paid=True)), Label("capture")),
        (case(said(*LINES[:5], paid=True), WHOLE), Label("capture")),
        (case(said(*LINES[:5], paid=True), said(*LINES, paid=True)), Label("publisher", ("paragraph-added",))),
        # an error's title
        (case(WHOLE, said(*LINES[:5], title="Access denied")), Label("capture")),
        (case(said(*LINES[:5], title="Access denied"), WHOLE), Label("capture")),
        # one that today's program takes for no article
        (Case(kept=Both(old=WHOLE, new=EDITED), same_reader=True, unreadable=True), Label("capture")),
        # a story that was written on is no page that broke off
        (case(said(LINES[0]), WHOLE), Label("publisher", ("paragraph-added",))),
    ],
)
def test_label(given: Case, label: Label) -> None:
    """The least difference that one reader sees is the site's; without any it was the reader."""
    assert attribute(given) == label


MENU = [f"Link number {n} of the page's end" for n in range(8)]


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        (stands(*LINES, *MENU), stands(*LINES[:5], *MENU), Label("publisher", ("paragraph-removed",))),
        (stands(*LINES, *MENU), stands(*LINES[:5]), Label("capture")),
        (stands(*LINES, *MENU), stands(*LINES[:5], *MENU, end=""), Label("capture")),
        (stands(*LINES, *MENU, end=""), stands(*LINES[:5], *MENU, end=""), Label("publisher", ("paragraph-removed",))),
        (stands(*LINES, *MENU), stands(*LINES, *MENU), Label("template")),  # they stand there still
    ],
)
def test_pages(old: Standing, new: Standing, label: Label) -> None:
    """Text that went: cut by the publisher, with the page's end, or only from what is read of it."""
    assert attribute(case(WHOLE, CUT, old, new)) == label


@pytest.mark.parametrize(("holding", "is_the_sites"), [(2, False), (3, True), (6, True)])
def test_elsewhere(holding: int, is_the_sites: bool) -> None:
    """A paragraph of three other articles is the site's; copies of the article itself tell nothing."""
    others = [(f"Other {n}", f"Nothing of it was known in town {n}, nor in {n}{n}.\n\n{PROMO}") for n in range(holding)]
    copies = [("Copy", NOISY.text)] * 5
    both = Both(old=WHOLE, new=NOISY)
    told = Elsewhere([*others, *copies], WHOLE.title, WHOLE.text)
    found = attribute(Case(kept=both, now=both, same_reader=True, elsewhere=told))
    assert found == (Label("template") if is_the_sites else Label("publisher", ("paragraph-added",)))


READINGS = st.lists(st.sampled_from([*LINES[:3], PROMO, "12 boats", "14 boats"]), min_size=1, max_size=5).map(
    lambda lines: said(*lines)
)


@given(READINGS, READINGS, READINGS)
def test_identical_readings_are_no_edit(one: Said, old: Said, new: Said) -> None:
    """Where one reader finds the same in both captures, the publisher did nothing, whatever was kept."""
    same = Both(old=one, new=one)
    assert attribute(by_two(Both(old=old, new=new), same, Both(old=old, new=new))).changed_by != "publisher"
    assert attribute(Case(kept=Both(old=old, new=new), now=same, same_reader=True)).changed_by != "publisher"
    label = attribute(case(old, new))
    assert (label.changed_by == "publisher") == bool(label.edits)
