"""DOM -> paragraphs and captions."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.extract import captions, text
from collector.extract.page import Page
from storage.records import Caption


def body(html: str) -> text.Body:
    return text.read([Page.parse(html, "https://example.org/").root])


def blocks(html: str) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in body(html).paragraphs]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>One.</p><p>Two.</p>", [("p", "One."), ("p", "Two.")]),
        ("<h2>Head</h2><p>One.", [("h", "Head"), ("p", "One.")]),
        ("One<div>two</div>three", [("p", "One"), ("p", "two"), ("p", "three")]),
        ("One <my-box>two</my-box> three", [("p", "One"), ("p", "two"), ("p", "three")]),
        ("<p>One <my-tip>two</my-tip> three", [("p", "One two three")]),
        ("<p>dis<b>con</b><i>nect</i>ed<wbr>ness</p>", [("p", "disconnectedness")]),
        ("<p>One<span> two</span>\n\t three</p>", [("p", "One two three")]),
        ("<span><p>One</p></span>two", [("p", "One"), ("p", "two")]),
        ("<a href=#><div>One</div><div>two</div></a>", [("p", "One"), ("p", "two")]),
        ("<h2>Never closed<p>One.<p>Two.", [("h", "Never closed"), ("p", "One."), ("p", "Two.")]),
    ],
)
def test_block_tags_separate_and_inline_tags_do_not(html: str, wanted: list[tuple[str, str]]) -> None:
    """Every block border ends a paragraph; an inline tag neither breaks nor glues words."""
    assert blocks(html) == wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("One.<br>\nTwo.<br>", [("p", "One."), ("p", "Two.")]),
        ("<p>One.<br><br>Two.<br/>Three.</p>", [("p", "One."), ("p", "Two."), ("p", "Three.")]),
        ("<h1>A headline<br>of two lines</h1>", [("h", "A headline of two lines")]),
        ("<li>Street<br>Town", [("li", "Street Town")]),
        ("<li>One.<br> <br>Two.", [("li", "One."), ("p", "Two.")]),
        ("<pre>a<br>b</pre>", [("pre", "a\nb")]),
        ("<table><tr><td>One.<br><br>Two.</table>", [("p", "One."), ("p", "Two.")]),
    ],
)
def test_line_breaks(html: str, wanted: list[tuple[str, str]]) -> None:
    """A line break ends a paragraph, but in headings, list items and preformatted text."""
    assert blocks(html) == wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<ul><li>One<li>two<ol><li>three</ol></ul>", [("li", "One"), ("li", "two"), ("li", "three")]),
        ("<ul><li><p>One</p><p>more</p><li>two</ul>", [("li", "One"), ("p", "more"), ("li", "two")]),
        ("<blockquote>One<p>two</blockquote>", [("quote", "One"), ("quote", "two")]),
        ("<pre>\nline 1\n  line 2  \n</pre>", [("pre", "line 1\n  line 2")]),
        ("<table><tr><th>Town<th>Level<tr><td>Ford<td>3 m</table>", [("tr", "Town | Level"), ("tr", "Ford | 3 m")]),
        ("<table><tr><td>Ford<br>Mill<td>3 m</table>", [("tr", "Ford Mill | 3 m")]),
        ("<table><tr><td><p>One.<p>Two.</td></tr></table>", [("p", "One."), ("p", "Two.")]),
        (f"<table><tr><td>Menu<td>{'Long text. ' * 40}</table>", [("p", "Menu"), ("p", ("Long text. " * 40).strip())]),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", [("tr", "a | b"), ("p", "c")]),
    ],
)
def test_lists_quotes_and_tables(html: str, wanted: list[tuple[str, str]]) -> None:
    """Each block has its kind; only the first block of a list item is `li`; layout tables read as paragraphs."""
    assert blocks(html) == wanted


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no</script>",
        "<style>no</style>",
        "<noscript>no</noscript>",
        "<template>no</template>",
        "<iframe>no</iframe>",
        "<svg><title>no</title><text>no</text></svg>",
        "<button>no</button>",
        "<select><option>no</select>",
        "<textarea>no</textarea>",
        "<span hidden>no</span>",
        "<div hidden=''>no</div>",
        "<div aria-hidden=true>no</div>",
        '<span style="color: red; DISPLAY : none">no</span>',
        '<a href=# class="link sr-only">no</a>',
        "<!-- no -->",
    ],
)
def test_hidden_things_are_never_read(hidden: str) -> None:
    """Nothing that a reader does not see is text."""
    assert [line for _, line in blocks(f"<p>One {hidden}</p><p>two</p>")] == ["One", "two"]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("&nbsp;a&nbsp;b&nbsp;", "a\u00a0b"),
        ("a\u2009b — “c” \u202fd", "a\u2009b — “c” \u202fd"),
        ("a\u200bb\ufeffc", "abc"),
        ("ก\u200bข", "ก\u200bข"),  # a Thai word border
        ("نمی\u200cدانم", "نمی\u200cدانم"),
        ("a \r\n\t b", "a b"),
    ],
)
def test_white_space(html: str, line: str) -> None:
    """Only ASCII white space collapses; no-break spaces go at the ends; junk without width goes; all else stays."""
    assert blocks(f"<p>{html}</p>") == [("p", line)]


IMAGE = "<img src=a.jpg>"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (f"<figure>{IMAGE}<figcaption>A bridge.</figcaption></figure>", ("A bridge.", None)),
        (
            f"<figure>{IMAGE}<figcaption>A bridge. <span class=credit>Ann/Wire</span></figcaption></figure>",
            ("A bridge.", "Ann/Wire"),
        ),
        (
            f"<div><figure>{IMAGE}<figcaption><div>A bridge.</div><small>Source: © AB, CD</small></figure></div>",
            ("A bridge.", "AB, CD"),
        ),
        (f"<figure>{IMAGE}<div>A bridge.</div></figure>", ("A bridge.", None)),
        (
            f"<table class=tr-caption-container><tr><td>{IMAGE}<tr><td class=tr-caption>A bridge.<br>©Wire/Ann</table>",
            ("A bridge.", "Wire/Ann"),
        ),
        (f"<div>{IMAGE}<p class=wp-caption-text>A bridge.</p></div>", ("A bridge.", None)),
        (
            f"<div><picture>{IMAGE}</picture></div><div class=media__title><span>FILE PHOTO: A bridge.</span><br>"
            "<span>©</span><span>Wire/Ann</span></div>",
            ("FILE PHOTO: A bridge.", "Wire/Ann"),
        ),
        (
            f"<div class=media>{IMAGE}<div class=media__title><span data-role=title>A bridge. </span>"
            "<span data-role=copyright-symbol>© </span><span data-role=copyright>Wire/Ann</span></div></div>",
            ("A bridge.", "Wire/Ann"),
        ),
        (f"<div class=photo-caption>{IMAGE}A bridge.</div><p>© Ann Bee</p>", ("A bridge.", "Ann Bee")),
        (f"<p>{IMAGE}</p><p>A bridge.</p><p>© Ann Bee</p>", ("A bridge.", "Ann Bee")),
        ("<div><img><p class=legend>A bridge. © Ann</p></div>", ("A bridge.", "Ann")),
        ("<div><img><div class=detail-img__description>A bridge.</div></div>", ("A bridge.", None)),
    ],
)
def test_captions_are_no_text(html: str, wanted: tuple[str, str | None]) -> None:
    """Words under a picture go to the captions, with whose picture it is."""
    read = body(f"<p>Before the picture.</p>{html}<p>After it.</p>")
    assert [paragraph.text for paragraph in read.paragraphs] == ["Before the picture.", "After it."]
    assert [(caption.text, caption.credit) for caption in read.captions] == [wanted]


@pytest.mark.parametrize(
    ("lines", "credits", "wanted"),
    [
        (["A bridge."], [], Caption(text="A bridge.")),
        (["A bridge.", "©Wire/Ann Bee"], [], Caption(text="A bridge.", credit="Wire/Ann Bee")),
        (["A bridge. © Wire"], [], Caption(text="A bridge.", credit="Wire")),
        (["A bridge (Photo: Ann Bee)"], [], Caption(text="A bridge", credit="Ann Bee")),
        (["A bridge. Photo by Ann Bee"], [], Caption(text="A bridge.", credit="Ann Bee")),
        (["Eine Brücke. Foto: Ann Bee/wire"], [], Caption(text="Eine Brücke.", credit="Ann Bee/wire")),
        (["Foto: Ann Bee"], [], Caption(text="", credit="Ann Bee")),
        (["Ann Bee/Wire via Pictures"], [], Caption(text="Ann Bee/Wire via Pictures")),
        (["A bridge."], ["Ann Bee/Wire via Pictures"], Caption(text="A bridge.", credit="Ann Bee/Wire via Pictures")),
        (["A bridge."], ["Images source: © AB, CD"], Caption(text="A bridge.", credit="AB, CD")),
        (["FILE PHOTO: A bridge in the flood."], [], Caption(text="FILE PHOTO: A bridge in the flood.")),
        (["Photo: A man walks over the bridge."], [], Caption(text="A man walks over the bridge.")),
        ([], ["©"], None),
        ([], [], None),
    ],
)
def test_credits(lines: list[str], credits: list[str], wanted: Caption | None) -> None:
    """A credit loses its sign, label and brackets; without sign or element of its own it stays in the text."""
    assert captions.split(lines, credits) == wanted


def test_a_class_that_says_caption_needs_a_picture() -> None:
    """A name alone makes no caption, nor does one that covers a whole article."""
    assert blocks("<div class=caption>Text.</div>") == [("p", "Text.")]
    many = "".join(f"<p>Paragraph {n}.</p>" for n in range(9))
    assert len(blocks(f"<div class=has-caption>{IMAGE}{many}</div>")) == 9


def test_skip_and_roots() -> None:
    """Subtrees can be left out, and a root inside an earlier one is read once."""
    page = Page.parse("<div id=a><p>One</p><aside>no</aside></div><div id=b>Two</div>", "https://example.org/")
    outer, inner, other, aside = (page.tree.css(name)[0] for name in ("#a", "p", "#b", "aside"))
    read = text.read([outer, inner, other], skip=frozenset({aside.mem_id}))
    assert [paragraph.text for paragraph in read.paragraphs] == ["One", "Two"]


def test_inline_and_caption() -> None:
    """One line of a node; one caption of a node that is known to be one."""
    page = Page.parse(
        "<h1>A <b>flood</b><br>in Ford<p>today</h1><div><b>A bridge.</b> <i class=source>© Ann</i></div>", "x:"
    )
    assert text.inline(page.root.css("h1")[0]) == "A flood in Ford today"
    assert text.caption(page.root.css("div")[0]) == Caption(text="A bridge.", credit="Ann")


def test_a_paragraph_is_read_though_it_is_not_for_the_ear() -> None:
    """Publishers say so of paragraphs that a script uncovers; of other elements it says that they are signs."""
    read = body("<p>One.</p><p aria-hidden=true>Two.</p><div aria-hidden=true>No.</div>")
    assert [paragraph.text for paragraph in read.paragraphs] == ["One.", "Two."]


@pytest.mark.parametrize(
    "unit", ["<div>x", "<b><div>x", "<table><tr><td>x", "<p>a", "<ul><li>x", "<figure><figcaption>x"]
)
@pytest.mark.slow
def test_hostile_nesting(unit: str) -> None:
    """No depth exhausts the stack, and time grows with the size only."""
    page = Page.parse(unit * 50_000, "https://example.org/")
    began = time.perf_counter()
    text.read([page.root])
    assert time.perf_counter() - began < 5


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br>", "<li>", "<ul>", "<td>", "<tr>", "<table>", "<pre>", "<a href=#>", "</a>",
     "<figure>", "<figcaption>", "<img>", "<b>", "</b>", "<h2>", "<blockquote>", "<!--", "word ", "© Ann", "\u00a0",
     "&#0;"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_text_is_tidy(html: str) -> None:
    """Whatever the markup: no empty paragraph, no white space at its ends, no line break but in preformatted text."""
    for paragraph in body(html).paragraphs:
        assert paragraph.text.strip() == paragraph.text or paragraph.kind == "pre"
        assert paragraph.text
        assert "\n" not in paragraph.text or paragraph.kind == "pre"
