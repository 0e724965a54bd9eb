"""Furniture is told by what a host's pages have in common; what belongs to a story stays, however often it is said."""

import random
import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.extract import extract, metadata, rules
from collector.extract.learning import MOST_ENTRIES, learn
from collector.extract.memory import Profile
from collector.extract.page import Page
from collector.extract.rule import Rule
from collector.extract.sheets import Line, Sheet, sheet
from collector.extract.walk import walk
from tests.web import WORDS

NO_RULES: Mapping[str, Rule] = {}
PROMO = "The harbour letter tells five stories each morning, and it is sent before the first ferry leaves the island."
BOX = f'<div class="box"><p>{PROMO}</p></div>'
PLAIN = f"<p>{PROMO}</p>"


def sentences(seed: str, count: int = 5) -> list[str]:
    """Paragraphs in our own words; the same for the same seed."""
    dice = random.Random(seed)
    return [" ".join(dice.choices(WORDS, k=18)).capitalize() + "." for _ in range(count)]


def page(story: str, *, within: str = "", before: str = "", after: str = "", head: str = "", lead: str = "") -> str:
    """A page of one story, with what stands within its text, right before and right after it."""
    told = [f"<p>{each}</p>" for each in sentences(story)]
    text = lead + "".join(told[:2]) + within + "".join(told[2:])
    return (
        f"<html><head><title>{story.title()}</title>{head}</head><body><nav><a href=/>Home</a></nav><main>"
        f'<h1>{story.title()}</h1>{before}<div class="text">{text}</div>{after}</main></body></html>'
    )


def profile(*pages: str) -> Profile:
    return learn(sheet(Page.parse(each, f"https://e.org/{number}")) for number, each in enumerate(pages))


def gone(html: str, memory: Profile) -> list[str]:
    """The blocks of a page that are remembered."""
    page = Page.parse(html, "https://e.org/new")
    walked = walk([page.root])
    numbers = memory.furniture(walked, page, metadata.fields(page))
    left = [block.text for block in memory.without(walked, page, metadata.fields(page))]
    assert left == [block.text for block in walked.blocks if block.number not in numbers]
    return [block.text for block in walked.blocks if block.number in numbers]


def read(html: str, memory: Profile | None = None, sites: Mapping[str, Rule] = NO_RULES) -> list[str]:
    (article,) = extract(html, "https://e.org/new", sites=sites, memory=memory).articles
    return [each.text for each in article.paragraphs]


@pytest.mark.parametrize(
    ("stands", "stories", "of", "goes"),
    [
        ({"within": BOX}, 3, 9, True),
        ({"within": BOX}, 2, 9, False),
        ({"after": BOX}, 2, 9, True),
        ({"after": BOX}, 1, 9, False),
        ({"before": BOX}, 2, 9, True),
        ({"within": PLAIN}, 6, 8, True),  # among the paragraphs of the text: on three quarters of all
        ({"within": PLAIN}, 5, 8, False),
        ({"within": PLAIN}, 4, 4, True),  # and on four at least
        ({"within": PLAIN}, 3, 3, False),
    ],
)
def test_how_often_a_paragraph_must_recur(stands: dict[str, str], stories: int, of: int, goes: bool) -> None:
    """In a box of its own on three stories, on two beside the text; within the text on three quarters."""
    pages = [page(f"story {n}", **(stands if n < stories else {})) for n in range(of)]
    assert gone(page("another story", **stands), profile(*pages)) == [PROMO] * goes


def test_words_are_known_by_their_place() -> None:
    """An article that quotes the promo in its text keeps it; another spelling of the same words is the same."""
    known = profile(*(page(f"story {n}", after=BOX) for n in range(4)))
    assert gone(page("about letters", within=PLAIN), known) == []
    assert gone(page("about letters", after=BOX.replace(PROMO, f"  {PROMO.upper()} ")), known) == [PROMO.upper()]


def test_what_is_remembered_is_not_read() -> None:
    """Nothing else of the text changes, by the generic extractor or by a rule, which may keep it."""
    known = profile(*(page(f"story {n}", within=BOX) for n in range(4)))
    new = page("another", within=BOX)
    assert PROMO in read(new)
    assert read(new, known) == [each for each in read(new) if each != PROMO] == sentences("another")
    for body in ("body: .text", "authors: .none"):
        rule = rules.parse(f"hosts: [e.org]\n{body}\n", "e.org.yaml")
        assert PROMO in read(new, sites={"e.org": rule})
        assert read(new, known, {"e.org": rule}) == sentences("another")
        kept = rules.parse(f"hosts: [e.org]\n{body}\nkeep: ['The harbour letter.*']\n", "e.org.yaml")
        assert read(new, known, {"e.org": kept}) == read(new, sites={"e.org": kept})


def test_pieces_on_a_page_that_is_not_their_own_are_read_whole() -> None:
    """What recurs on a listing's pages are its items."""
    card = f'<div class="box"><h2><a href="/letter">The letter</a></h2><p>{PROMO}</p></div>'
    known = profile(*(page(f"story {n}", after=card) for n in range(4)))
    items = rules.parse("hosts: [e.org]\nitems: {select: .box, title: h2, url: h2 a, body: p}\n", "e.org.yaml")
    assert read(f"<main>{card}</main>", known, {"e.org": items}) == [PROMO]


def test_republished_article_is_one_story() -> None:
    """One article under three addresses, also with another lead or more at its end, teaches nothing about its text."""
    copies = [
        page("the copied story"),
        page("the copied story", head="<meta charset=utf-8>"),
        page("the copied story", lead="<p>The desk adds that nobody knows yet why the bridge was closed at night.</p>"),
        page("the copied story", after=f"<p>{sentences('one more')[0]}</p>"),
    ]
    others = [page(f"story {n}") for n in range(2)]
    new = page("the copied story", lead="<p>Seen by another paper: the bridge was closed, and it is not known why.</p>")
    assert gone(new, profile(*copies, *others)) == []
    assert gone(new, profile(*copies)) == []


def test_agency_copy_on_several_pages() -> None:
    """Papers cut an agency's copy, each in its way, and put their own words before it: what they share is text."""
    copy = [f"<p>{each}</p>" for each in sentences("agency", 9)]
    cut = [page(f"lead {n}", within="".join(copy[n : n + 5])) for n in range(4)]
    new = page("lead 9", within="".join(copy))
    for among in (0, 1, 4, 9):
        known = profile(*cut, *(page(f"story {n}") for n in range(among)))
        assert gone(new, known) == []


def test_follow_ups_repeat_their_background() -> None:
    """Half of a host's stories are on one affair and tell again how it began: that stays."""
    background = "".join(f"<p>{each}</p>" for each in sentences("how it began", 2))
    affair = [page(f"affair {n}", within=background) for n in range(6)]
    known = profile(*affair, *(page(f"story {n}") for n in range(6)))
    new = page("affair 7", within=background)
    assert gone(new, known) == []


def test_weekly_column_keeps_its_standing_intro() -> None:
    """Each week the same words begin the column: among other articles they are its text."""
    intro = (
        "<p>Each week our gardener answers a letter of a reader. Write to her about whatever grows, or does not.</p>"
    )
    known = profile(*(page(f"column {n}", lead=intro) for n in range(5)), *(page(f"story {n}") for n in range(7)))
    new = page("column 9", lead=intro)
    assert gone(new, known) == []


def test_live_blog_goes_on() -> None:
    """The states of a live blog that were captured under new addresses share most of their posts: one story."""
    posts = [f"<h2>{n} o'clock</h2><p>{each}</p>" for n, each in enumerate(sentences("live", 12))]
    states = [page("live from the harbour", within="".join(posts[: n + 6])) for n in range(5)]
    known = profile(*states, *(page(f"story {n}") for n in range(2)))
    new = page("live from the harbour", within="".join(posts))
    assert gone(new, known) == []


def test_note_of_the_editor() -> None:
    """Where only some articles bear it, it is theirs; where most do, it says nothing of any of them."""
    note = "<p>Editor's note: this column gives the opinion of its author, who pays for her own coffee and ferries.</p>"
    some = [page(f"column {n}", lead=note if n < 5 else "") for n in range(10)]
    most = [page(f"column {n}", lead=note if n < 8 else "") for n in range(10)]
    new = page("column 11", lead=note)
    assert gone(new, profile(*some)) == []
    assert gone(new, profile(*most)) == [note[3:-4]]


def test_own_description_is_spared() -> None:
    """A standfirst that other pages show as a teaser goes from them, and stays where it is the page's own."""
    said = "The bridge was shut at night, and in the morning nobody at the council wanted to have known of it."
    teaser = f'<div class="card"><p>{said}</p></div>'
    known = profile(*(page(f"story {n}", after=teaser) for n in range(4)))
    assert gone(page("another", after=teaser), known) == [said]
    for described in (said, said.upper(), f"{said[:70]}…"):
        head = f'<meta name="description" content="{described}">'
        assert gone(page("another", before=teaser, head=head), known) == []


def test_a_slot_in_which_promos_take_turns() -> None:
    """A place at which nothing but furniture ever stood is furniture with its next promo, too; never most of a page."""
    promos = [f'<div class="box"><p>{each}</p></div>' for each in sentences("promos", 4)]
    known = profile(*(page(f"story {n}", after=promos[n % 3]) for n in range(12)))
    assert known.places == {"div.box > p"}
    assert gone(page("another", after=promos[3]), known) == sentences("promos", 4)[3:]
    assert gone(page("another").replace('class="text"', 'class="box"'), known) == []


def test_a_place_with_words_of_its_own_is_none() -> None:
    """A box that held something but furniture once, a correction, is read when it holds the next."""
    notes = [f'<div class="note"><p>{each}</p></div>' for each in sentences("notes", 5)]
    turns = [page(f"story {n}", after=notes[n % 3]) for n in range(12)]
    known = profile(*turns, page("story 99", after=notes[3]))
    assert gone(page("another", after=notes[4]), known) == []


def test_heading_of_a_remembered_box_goes_with_it() -> None:
    """Its words change from section to section, and there is nothing left below them."""

    def box(title: str) -> str:
        return f'<section class="box"><h3>{title}</h3><p>{PROMO}</p></section>'

    known = profile(*(page(f"story {n}", within=box(f"The letter on {WORDS[n]}s")) for n in range(4)))
    assert gone(page("another", within=box("The letter on planets")), known) == ["The letter on planets", PROMO]


def test_nothing_is_learnt_from_little() -> None:
    """No pages, one page, the same page again, pages without text: an empty profile, which changes nothing."""
    once = page("story", within=BOX)
    for pages in ([], [once], [once] * 9, ["", "<p>", "<nav><a href=/>Home</a></nav>"] * 3):
        assert profile(*pages).revision == Profile().revision
    assert extract(once, "https://e.org/", sites={}, memory=Profile()).memory_revision == Profile().revision
    assert extract(once, "https://e.org/", sites={}).memory_revision == ""


def test_the_revision_names_the_content() -> None:
    """Kept as text and read again it is the same; other content has another name. The result says which was used."""
    one, other = (
        profile(*(page(f"story {n}", after=box) for n in range(4))) for box in (BOX, BOX.replace("five", "nine"))
    )
    again = Profile.from_json(one.to_json())
    assert (again.paragraphs, again.places, again.revision) == (one.paragraphs, one.places, one.revision)
    assert one.revision != other.revision
    assert extract(page("new"), "https://e.org/", sites={}, memory=one).memory_revision == one.revision


lines = st.builds(
    Line,
    place=st.sampled_from(["div.text > p", "div.box > p", "main > h2", "div > p", "x" * 900]),
    holder=st.sampled_from(["div.text", "div.box", "main"]),
    digest=st.sampled_from("abcdefghijkl"),
    size=st.integers(1, 500),
    read=st.booleans(),
)
sheets = st.lists(st.lists(lines, max_size=12).map(tuple), max_size=9)


@pytest.mark.slow
@given(sheets, st.randoms())
@settings(max_examples=100, deadline=None)
def test_order_makes_no_difference(pages: list[Sheet], dice: random.Random) -> None:
    """The same pages give the same profile, in whatever order they come."""
    mixed = dice.sample(pages, len(pages))
    assert learn(pages).to_json() == learn(mixed).to_json() == learn(iter(pages)).to_json()


@given(st.lists(st.text(st.sampled_from("<>/pdivh1 class='ab\"=&;\x00é世 "), max_size=80), max_size=5))
@settings(max_examples=50, deadline=None)
def test_never_raises(pages: list[str]) -> None:
    """Whatever the pages are, something is learnt, and can be used on any of them."""
    known = profile(*pages)
    for html in pages:
        extract(html, "https://e.org/", sites={}, memory=known)


def test_bounded() -> None:
    """What a profile holds does not grow with the host; what most stories share is kept first."""
    pages = [_crowded(n, 600) for n in range(6)]
    known = learn(pages)
    entries = sum(map(len, known.paragraphs.values())) + len(known.places)
    assert 500 < entries <= MOST_ENTRIES
    assert len(known.to_json().encode()) <= 64_000
    everywhere = Line("div.everywhere > p", "div.everywhere", "ff" * 8, 90, read=True)
    assert "div.everywhere > p" in learn([(*each, everywhere) for each in pages]).paragraphs


def _crowded(number: int, count: int) -> Sheet:
    """A story, and many boxes that it shares with some of the others."""
    own = tuple(Line("div.text > p", "div.text", f"{number:08}{n:08}", 300, read=True) for n in range(5))
    dice = random.Random(number)
    boxes = (f"div.{'box' * 6}{each}" for each in dice.sample(range(1_200), count))
    return own + tuple(Line(f"{each} > p", each, f"{each:>16}"[-16:], 80, read=False) for each in boxes)


def test_learning_is_quick() -> None:
    """Thirty pages are learnt in less than a second."""
    pages = [
        Page.parse(page(f"story {n}", within=BOX, after="<ul><li>x</li></ul>" * 200), "https://e.org/")
        for n in range(30)
    ]
    began = time.process_time()
    known = learn(sheet(each) for each in pages)
    assert time.process_time() - began < 1
    assert known.paragraphs
