"""Pages that nobody would write: time grows as the page does, memory stays near the parser's own, nothing is raised."""

import gc
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import gold
from collector.extract import depth, extract, rules
from collector.extract.page import Page
from storage.records import Result
from tests.extract.hostile import BAITS, SHAPES, URL, baited
from tests.extract.hostile_tree import TEXT, Maker

ROOT = Path(__file__).parent.parent.parent
PAGES = ROOT.parent / "shared" / "pages"
CASES = sorted(ROOT.glob("tests/sites/*/*/page.html"))
MAKERS = {**SHAPES, **{f"bait {bait!r}": baited(bait) for bait in BAITS}}

Read = Callable[[str], object]


def generic(html: str) -> Result:
    return extract(html, URL, sites={})


def seconds(read: Read, html: str) -> float:
    """Of the processor, for the machine may be busy; without what the collector of garbage takes for all that lives."""
    gc.disable()
    try:
        began = time.process_time()
        read(html)
        return time.process_time() - began
    finally:
        gc.enable()


def is_linear(read: Read, make: Maker, size: int, felt: float = 0.03) -> bool:
    """Does the page of twice the size take less than thrice the time: from `size` on, or at least from twice that?

    A step is no square: a page with more tags than any real one is looked at more closely before it is parsed, and
    where that begins lies between two sizes, never between both pairs.
    """
    return _is_doubled(read, make(size), make(2 * size), felt) or _is_doubled(
        read, make(2 * size), make(4 * size), felt
    )


def _is_doubled(read: Read, one: str, two: str, felt: float) -> bool:
    """Does `two` take less than thrice the time of `one`, or less seconds than are `felt`? Best of a few tries."""
    fast = slow = float("inf")
    for _ in range(6):
        fast, slow = min(fast, seconds(read, one)), min(slow, seconds(read, two))
        if slow < max(3 * fast, felt):
            return True
    return False


@pytest.mark.slow
def test_a_square_is_found_and_a_step_is_none() -> None:
    """What judges the others: of a reading that goes over the text once a line, and of one with a step."""

    def square(text: str) -> int:
        return sum(text.count("z") for _ in text.splitlines())

    def step(text: str) -> int:
        return sum(text.count("z") for _ in range(20_000 if len(text) > 6_000 else 2_000))

    assert not is_linear(square, lambda size: "x\n" * size, 2_000, felt=0)
    assert is_linear(step, lambda size: "x" * size, 4_000, felt=0)
    assert not _is_doubled(step, "x" * 4_000, "x" * 8_000, felt=0)


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_is_raised(name: str) -> None:
    """Whatever the page: articles, or none with a reason; as text and as bytes."""
    page = MAKERS[name](600)
    for html in (page, page.encode("utf-8", "replace")):
        result = extract(html, URL, sites={})
        assert result.articles or result.reason


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("nested: div in div", 50_000),
        ("nested: closed by others", 20_000),
        ("nested: never closed formatting", 10_000),
        ("nested: crossed", 20_000),
        ("wide: texts of a word", 10_000),
        ("wide: options", 20_000),
        ("attribute: attributes", 20_000),
        ("attribute: attributes in quotes", 20_000),
        ("attribute: different classes", 50_000),
        ("JSON: closed lists", 50_000),
        ("JSON: articles", 10_000),
        ("wide: different metas", 10_000),
    ],
)
@pytest.mark.slow
def test_time_grows_as_the_page_does(name: str, size: int) -> None:
    """What once took time by the square of it."""
    assert is_linear(generic, SHAPES[name], size)


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_time_of_every_page_grows_as_it_does(name: str) -> None:
    """All shapes and baits, of a size at which going back and forth would be felt."""
    assert is_linear(generic, MAKERS[name], 8_000)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("nested: div in div", 100_000),
        ("nested: tables", 10_000),
        ("wide: paragraphs of a word", 200_000),
        ("wide: texts of a word", 100_000),
        ("wide: links", 50_000),
        ("wide: different metas", 100_000),
        ("wide: classes", 100_000),
        ("attribute: long class", 1_000_000),
        ("JSON: closed lists", 10_000),
        ("JSON: articles", 100_000),
    ],
)
def test_time_of_large_pages(name: str, size: int) -> None:
    """A hundred thousand of anything: half of it takes more than a third of the time."""
    assert is_linear(generic, SHAPES[name], size // 2)


@pytest.mark.slow
def test_one_line_of_text() -> None:
    """Five megabytes, as one paragraph."""
    assert is_linear(generic, lambda size: f"<article><h1>A title</h1><p>{'word, and ' * size}.</article>", 250_000)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
def test_time_with_rules(case: Path) -> None:
    """Pages in the shape that a site's rule is for: with the same again and again, and with baits as their texts."""
    page = case.read_text("utf-8")
    url = yaml.safe_load(case.with_name("source.yaml").read_text("utf-8"))["url"]

    def read(html: str) -> Result:
        return extract(html, url)

    body = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL)
    content = body[1] if body is not None else page
    assert is_linear(read, lambda times: page.replace(content, content * times), 10)
    assert is_linear(read, lambda size: said(page, size), 3_000)


def said(page: str, size: int) -> str:
    """The page with baits for all its texts, one after the other."""
    head, _, body = page.partition("</head>")
    baits = [bait for bait in BAITS if "<" not in bait and ">" not in bait]
    turn = iter(range(sys.maxsize))

    def bait(_: re.Match[str]) -> str:
        one = baits[next(turn) % len(baits)]
        return f">{one * (size // len(one))}<"

    return head + "</head>" + re.sub(r">[^<]*\w[^<]*<", bait, body)


@pytest.mark.slow
def test_patterns_of_rules() -> None:
    """No regular expression of a site's rule goes back and forth, where a site's text is asked for it."""
    slow = [
        f"{name}: {pattern} on {bait!r}"
        for name, pattern, ask in patterns()
        for bait in BAITS
        if len(bait) < 4 and not is_linear(ask, partial(_ended, bait), 1_500, 0.005)
    ]
    assert not slow


def _ended(bait: str, size: int) -> str:
    return bait * (size // len(bait)) + "!"


def patterns() -> list[tuple[str, str, Read]]:
    """Of all installed rules: the rule's name, the pattern, and how the rule asks."""
    found: dict[tuple[str, bool], tuple[str, re.Pattern[str]]] = {}
    todo: list[tuple[str, str, object]] = [(name, "", rule) for name, rule in rules.installed().items()]
    while todo:
        name, field, value = todo.pop()
        if isinstance(value, re.Pattern):
            found.setdefault((value.pattern, field in SEARCHED), (name, value))
        elif isinstance(value, (list, tuple)):
            todo += [(name, field, one) for one in value]
        elif hasattr(value, "__dataclass_fields__"):
            todo += [(name, each, getattr(value, each)) for each in value.__dataclass_fields__]
    return [
        (name, said, pattern.search if searched else pattern.match)
        for (said, searched), (name, pattern) in found.items()
    ]


SEARCHED = frozenset({"cut", "lines", "match", "credit"})  # keys of a rule whose pattern may stand anywhere


@pytest.mark.parametrize(
    "html",
    [
        "<div>x" * 3_000,
        "<div>x</span>" * 30_000,
        "<div a='</div>'>x" * 30_000,
        "<div><!-- </div> -->x" * 30_000,
        "".join(f"<p><font color={n}>x" for n in range(5_000)),
    ],
)
def test_depth_is_bounded(html: str) -> None:
    """However the tags are closed, or not; and the text stays."""
    page = Page.parse(html, URL)
    node, level = page.tree.body, 0
    while node is not None:
        node, level = node.last_child, level + 1
    assert level < 3_100
    assert len(page.root.text().replace(" ", "")) == html.count("x")


def test_formatting_is_bounded() -> None:
    """Of elements that are never closed, a parser copies all into each paragraph from there on."""
    page = Page.parse("".join(f"<p><font color={n}>x" for n in range(5_000)), URL)
    assert len(page.tree.css("font")) < 50_000


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_attributes_are_bounded(quote: str) -> None:
    """An element keeps its first ones; what stands after it is read."""
    attributes = " ".join(f"a{n}={quote}x{quote}" for n in range(20_000))
    page = Page.parse(f"<div {attributes}><p>x</p></div>{TEXT * 200}", URL)
    [element] = page.tree.css("[a1]")
    assert 100 < len(element.attributes) < 1_000
    assert len(page.tree.css("p")) == 201


@pytest.mark.skipif(not PAGES.exists(), reason="no page collections at ../shared/pages")
def test_real_pages_are_not_bounded() -> None:
    """Even where the pass over all tags is made, as it is not on most."""
    for page in gold.load([PAGES])[::8]:
        html = page.html.decode("utf-8", "replace")
        assert depth.bounded(html) == html, page.key
        assert depth.every_tag_bounded(html) == html, page.key


MEMORY = """
import sys
from collector.extract import extract
from selectolax.lexbor import LexborHTMLParser
from tests.extract.test_hostile import LARGE, URL, generic, peak
generic(LARGE["paragraphs"](10))
page = LARGE[sys.argv[2]](int(sys.argv[3]))
before = peak()
LexborHTMLParser(page) if sys.argv[1] == "parse" else generic(page)
print((peak() - before) / len(page))
"""
LARGE: dict[str, Maker] = {
    "paragraphs": lambda n: TEXT * n,
    "a story": lambda n: CASES[0].read_text("utf-8") * n,
    "one line": lambda n: "<p>" + "word, and " * n,
    "a class": SHAPES["attribute: long class"],
    "JSON": SHAPES["JSON: lists"],
}


def peak() -> int:
    """The most bytes that this process ever held; a number of Linux, which counts anew on demand."""
    said = Path("/proc/self/status").read_text("ascii")
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    found = re.search(r"VmHWM:\s+(\d+)", said)
    assert found is not None
    return int(found[1]) * 1024


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize(
    ("name", "size"),
    [("paragraphs", 64_000), ("a story", 160), ("one line", 520_000), ("a class", 5_200_000), ("JSON", 5_200_000)],
)
def test_memory(name: str, size: int) -> None:
    """A page of five megabytes costs less than a dozen times its size beside its tree, which takes two to eleven."""

    def measured(what: str) -> float:
        command = [sys.executable, "-c", MEMORY, what, name, str(size)]
        return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    assert measured("extract") - measured("parse") < 12


TAGS = (
    "div p article section h1 h2 li ul a b span table tr td figure figcaption time blockquote pre br img nav script x-y"
)
ATTRIBUTES = (
    'class="caption"',
    "class=byline",
    "class='share hidden'",
    "hidden",
    "datetime=2026-03-14",
    'rel="author"',
)
SAID = st.one_of(st.sampled_from([TEXT, *BAITS]), st.text(max_size=30))


@st.composite
def soup(draw: st.DrawFn) -> str:
    """Tags that matter, opened and closed as it comes, with attributes that matter, JSON-LD and any text between."""
    tags = st.sampled_from(TAGS.split())
    attributes = st.one_of(st.sampled_from(ATTRIBUTES), st.text(max_size=10))
    opening = st.builds("<{} {}>".format, tags, attributes)
    values = st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), SAID),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=8,
    )
    scripts = st.builds(
        "<script type=application/ld+json>{}</script>".format, values.map(lambda value: str(value).replace("'", '"'))
    )
    metas = st.builds("<meta property='{}' content='{}'>".format, KEYS, SAID)
    parts = st.one_of(opening, st.builds("</{}>".format, tags), SAID, scripts, metas)
    return "".join(draw(st.lists(parts, max_size=40)))


KEYS = st.sampled_from(
    ("@type", "@id", "@graph", "headline", "author", "name", "datePublished", "articleBody", "og:title", "image", "url")
)


@settings(max_examples=50, deadline=None)
@given(soup(), st.booleans())
def test_soup(html: str, as_bytes: bool) -> None:
    """Nothing is raised, the same page gives the same result, and no paragraph holds a line of nothing."""
    page = html.encode("utf-8", "replace") if as_bytes else html
    result = extract(page, URL)
    assert result == extract(page, URL)
    assert result.articles or result.reason
    assert all(one.text.strip() and "\n\n" not in one.text for each in result.articles for one in each.paragraphs)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_bytes(html: bytes) -> None:
    """Whatever the bytes are."""
    result = extract(html, URL, sites={})
    assert result.articles or result.reason
