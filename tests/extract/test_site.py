"""What each key of a site rule does, on pages as small as can be."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.extract import generic, rules, site
from collector.extract.page import Page
from storage.records import Article, Caption, Paragraph, Result

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
URL = "https://news.example/2026/a-story"
HEAD = "hosts: [news.example]\n"
LONG = "The ferry came down the river on Sunday, with a crew of nine people and one dog on its deck."


def read(rule: str, html: str, url: str = URL, now: datetime | None = NOW) -> Result | None:
    return site.extract(Page.parse(html, url), rules.parse(HEAD + rule, "news.example.yaml"), now)


def article(rule: str, html: str, url: str = URL) -> Article:
    result = read(rule, f"<h1>Story</h1>{html}", url)
    assert result is not None
    assert len(result.articles) == 1
    return result.articles[0]


def texts(one: Article) -> list[str]:
    return [paragraph.text for paragraph in one.paragraphs]


def test_the_result_names_its_rule() -> None:
    """Which rule read a page, and which revision of it."""
    result = read("body: main\n", "<h1>Story</h1><main><p>Text.</p></main>")
    assert result is not None
    assert result.extractor == "site:news.example"
    revision = rules.parse(HEAD + "body: main\n", "x").revision
    assert result.rule_revision == f"{revision}+{generic.REVISION}"
    assert result.articles[0].url == URL
    assert not result.articles[0].found


@pytest.mark.parametrize(
    ("rule", "html", "expected"),
    [
        (
            "body: .text",
            "<p>No.</p><div class=text><h2>Head</h2><p>One.</p><p>Two.</p></div>",
            ["Head", "One.", "Two."],
        ),
        ("body: [.gone, .text]", "<div class=text>One.</div>", ["One."]),
        ("body: [.empty, .text]", "<div class=empty> </div><div class=text>One.</div>", ["One."]),
        ("body: '.a, .b'", "<p class=b>First.</p><p>No.</p><p class=a>Second.</p>", ["First.", "Second."]),
        (
            "body: .text\ndrop: [.ad, aside]",
            "<div class=text>One.<div class=ad>No.</div><aside>No.</aside></div>",
            ["One."],
        ),
        (
            "body: .text\nfurniture: ['Share.*']",
            "<div class=text><p>Share this</p><p>To Share it.</p></div>",
            ["To Share it."],
        ),
        ("body: .text\nfurniture: [Share]", "<div class=text><p>Share</p><p>Share it.</p></div>", ["Share it."]),
        (
            "body: .text\ncut: [' ?\\[\\d+\\]']",
            "<div class=text><p>So it is [1], he said [2].</p></div>",
            ["So it is, he said."],
        ),
        ("body: body\nstart: h1\nstop: .more", "<p>One.</p><div class=more>No.</div><p>No.</p>", ["One."]),
        (
            "body: body\nstart: title\nstop_text: ['See also:?']",
            "<p>One.</p><h4>See <b>also</b></h4><h4>See also</h4><p>No.</p>",
            ["One.", "See also"],
        ),
        (
            "body: body\nstop_text: [Comments]",
            "<p>One <b>Comments</b> two.</p><div><b>Comments</b></div><p>No.</p>",
            ["One Comments two."],
        ),
        ("body: .text", "<div class=text><h1>Story</h1><p>One.</p></div>", ["One."]),
    ],
)
def test_what_is_text(rule: str, html: str, expected: list[str]) -> None:
    """Selectors choose it, in order; drops, furniture, cuts and marks take from it; the title is none of it."""
    assert texts(article(rule, html)) == expected


def test_what_stands_before_the_start_is_no_text() -> None:
    """The title's place is found by what the page says it is called, with or without a heading."""
    html = "<title>A story</title><nav>Menu</nav><div>Crumb</div><div><b>A story</b></div><p>One.</p>"
    result = read("body: body\nstart: title", html)
    assert result is not None
    assert texts(result.articles[0]) == ["One."]


@pytest.mark.parametrize(
    ("rule", "html", "field", "expected"),
    [
        ("title: [.no, h2]", "<h2>Other\n title</h2>", "title", "Other title"),
        ("title: {select: meta, attr: content}", "<meta content=' Meta  title '>", "title", "Meta title"),
        ("lead: {select: .lead, match: '^LEAD: (.+)'}", "<p class=lead>LEAD: So it is.</p>", "lead", "So it is."),
        ("lead: {select: .lead, match: '[a-z]+'}", "<p class=lead>THE end</p>", "lead", "end"),
        ("source: {value: The Post}", "", "source", "The Post"),
        ("section: [{select: .no}, {value: News}]", "", "section", "News"),
        ("section: .crumb a + a", "<div class=crumb><a>Home</a><a>Town</a></div>", "section", "Town"),
        (
            "tags: {select: .tag, match: '#?(.*)'}",
            "<i class=tag>#a</i><i class=tag>b</i><i class=tag>#a</i>",
            "tags",
            ("a", "b"),
        ),
        ("authors: .by b", "<p class=by><b>Ann Bee</b> and <b>Cy Dee</b></p>", "authors", ("Ann Bee", "Cy Dee")),
        (
            "published: {select: time, attr: datetime}",
            "<time datetime=2026-03-01T10:00:00+02:00>Sunday</time>",
            "published_iso",
            "2026-03-01T10:00:00+02:00",
        ),
        (
            "published: {select: time, attr: datetime}",
            "<time datetime=2026-03-01>Sunday</time>",
            "published_raw",
            "Sunday",
        ),
        (
            "published: {select: meta, attr: content, shown: i}",
            "<meta content=2026-03-01><i>1 March</i>",
            "published_raw",
            "1 March",
        ),
        (
            "published: {select: i, zone: Asia/Tokyo}",
            "<i>1 March 2026 10:00</i>",
            "published_iso",
            "2026-03-01T10:00:00+09:00",
        ),
        ("published: {select: i, order: mdy}", "<i>03-02-2026</i>", "published_iso", "2026-03-02"),
        ("published: {select: i, format: '%d|%m|%Y'}", "<i>02|03|2026</i>", "published_iso", "2026-03-02"),
        ("published: [{select: i}, {select: b}]", "<i>soon</i><b>2026-03-02</b>", "published_iso", "2026-03-02"),
        ("published: {select: i}", "<i>2026-03-20</i>", "published_iso", None),
        ("modified: {select: i}", "<i>2026-03-02T10:00Z</i>", "modified", datetime(2026, 3, 2, 10, tzinfo=UTC)),
    ],
)
def test_fields(rule: str, html: str, field: str, expected: object) -> None:
    """A place is a selector, with attribute or pattern, or a value; dates tell how they are written."""
    assert getattr(article(f"body: .text\n{rule}", f"{html}<div class=text>One.</div>"), field) == expected


def test_a_rule_without_a_body_leaves_the_text_to_the_generic_extractor() -> None:
    """What it drops, names and calls furniture holds all the same, and the revision names both."""
    rule = "drop: [.box]\nfurniture: ['Join .*']\nauthors: .by\n"
    page = (
        f"<nav><a href=/>Home</a></nav><h1>Story</h1><i class=by>Ann Bee</i><main><p>{LONG}</p>"
        f"<div class=box><p>{LONG}</p></div><p>Join our list of readers today, it costs you nothing at all.</p>"
        f"<p>Second. {LONG}</p></main>"
    )
    result = read(rule, page)
    assert result is not None
    [one] = result.articles
    assert texts(one) == [LONG, f"Second. {LONG}"]
    assert one.authors == ("Ann Bee",)
    assert result.extractor == "site:news.example"
    assert result.rule_revision == f"{rules.parse(HEAD + rule, 'x').revision}+{generic.REVISION}"


def test_what_a_rule_does_not_name_comes_from_the_metadata() -> None:
    """Two keys are enough for a page that tells the rest itself."""
    html = """<meta property="og:title" content="Story"><meta property="article:published_time" content="2026-03-01">
        <meta property="article:section" content="Town"><p class=text>One.</p>"""
    one = article("body: .text", html)
    assert (one.title, one.section, one.published_iso) == ("Story", "Town", "2026-03-01")


STATE = """{"page": {"story": {"head": "Told", "when": 1772355900000, "by": [{"name": "Ann Bee"}, {"name": "Cy Dee"}],
    "body": [{"type": "p", "children": [{"type": "text", "data": "One & "}, {"type": "a", "children": [
        {"type": "text", "data": "two."}]}]}, {"type": "advert", "children": [{"type": "text", "data": "No."}]},
        {"type": "h2", "children": [{"type": "text", "data": "Head"}]},
        {"type": "img", "attribs": {"title": "A quay. Photo: Jon Reed"}}],
    "html": "<p>Three.</p><p>Four.</p>", "plain": "Five.\\nSix.", "empty": ""}}}"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [("body", ["One & two.", "Head"]), ("html", ["Three.", "Four."]), ("plain", ["Five.", "Six."])],
)
@pytest.mark.parametrize(
    "script", ["<script id=s type=application/json>{}</script>", "<script id=s>window.S={};f()</script>"]
)
def test_json_of_a_script(path: str, expected: list[str], script: str) -> None:
    """A body as nodes, as HTML or as plain text, and fields by their path."""
    rule = f"""
json: {{select: "#s", at: page.story}}
body: [{{json: empty}}, {{json: {path}}}]
title: {{json: head}}
published: {{json: when}}
authors: {{json: by.*.name}}
section: {{json: by.1.name}}
tags: {{select: "#s", json: page.st*.head}}
drop: advert
"""
    one = article(rule, script.replace("{}", STATE))
    assert texts(one) == expected
    assert (one.title, one.authors, one.section, one.tags) == ("Told", ("Ann Bee", "Cy Dee"), "Cy Dee", ("Told",))
    assert one.published == datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    if path == "body":
        assert one.paragraphs[1] == Paragraph(kind="h", text="Head")
        assert one.captions == (Caption(text="A quay.", credit="Jon Reed"),)


@pytest.mark.parametrize(
    "script", ["", "<script id=s>not json</script>", "<script id=s>{}</script>", "<script id=s>[[1]]</script>"]
)
def test_json_that_is_not_there(script: str) -> None:
    """The next layout is tried."""
    rule = "layouts:\n  - {json: {select: '#s', at: page}, body: {json: body}}\n  - {body: .text}\n"
    assert texts(article(rule, f"{script}<div class=text>One.</div>")) == ["One."]


def test_lines_tell_fields() -> None:
    """Whole lines, whatever elements they stand in; several patterns for one field are tried in their order."""
    rule = r"""
body: .text
published: {order: dmy}
lines:
  - '^(?P<source>[A-Z][a-z]+), (?P<published>\d\d-\d\d-\d{4})$'
  - '^(?P<published>\d\d-\d\d-\d{4})$'
  - '^In (?P<section>\w+)\nby (?P<authors>.+)$'
"""
    one = article(rule, "<div class=text><p>Post, 02-03-2026</p><i>In Town</i><br>by Ann Bee<p>01-01-2026</p></div>")
    assert (one.source, one.published_iso, one.published_raw) == ("Post", "2026-03-02", "02-03-2026")
    assert (one.section, one.authors) == ("Town", ("Ann Bee",))
    assert texts(one) == ["01-01-2026"]


def test_captions_and_credits() -> None:
    """Captions are never text: those selected, those that the page's elements mark, and lines with a credit."""
    rule = "body: .text\ncaptions: '.cap'\ncredit: 'Pic: '\n"
    one = article(
        rule,
        """<p class=cap>A quay. Photo: Jon Reed</p><div class=text><p class=cap>A ferry. © Mia Stone</p><p>One.</p>
        <figure><img><figcaption>A yard.</figcaption></figure><img alt="An owl."><p>An owl.</p><p>Pic: Bo</p>
        <p>A moth. Pic: Cy</p><p>Two.</p><p>Pic: Di</p></div>""",
    )
    assert texts(one) == ["One.", "Two."]
    assert {(caption.text, caption.credit) for caption in one.captions} == {
        ("A quay.", "Jon Reed"),
        ("A ferry.", "Mia Stone"),
        ("A yard.", None),
        ("An owl.", "Bo"),
        ("A moth.", "Cy"),
        ("", "Di"),
    }


def test_selected_items() -> None:
    """Several pieces on a page, each with its own fields and address; nothing of the page's own is lent to them."""
    rule = """
furniture: [More]
items:
  select: li.post
  title: h3
  url: h3 a
  body: .text
  published: time
"""
    html = """<meta property="article:section" content="Town"><ul>
        <li class=post><h3><a href="/a">A</a></h3><time>2026-03-01</time><p class=text>One.</p><p>No.</p></li>
        <li class=post><h3><a href="/b">B</a></h3><p class=text>More</p></li>
        <li class=post><h3><a href="/c#top">C</a></h3><div class=text><p>Two.</p><p>More</p></div></li></ul>"""
    result = read(rule, html)
    assert result is not None
    assert [(one.title, one.url, texts(one), one.published_iso, one.section, one.found) for one in result.articles] == [
        ("A", "https://news.example/a", ["One."], "2026-03-01", None, True),
        ("C", "https://news.example/c#top", ["Two."], None, None, True),
    ]


def test_related_stories_stand_beside_their_article() -> None:
    """Whole texts of other pieces are articles of their own, and no text of the page's."""
    rule = "body: main\nrelated: {link: 'a[href^=\"/s/\"]', title: h3}\n"
    card = f'<div><h3><a href="/s/1">Other</a></h3><p>{LONG}</p></div>'
    result = read(rule, f"<h1>Story</h1><main><p>One.</p>{card}<p>Two.</p></main>")
    assert result is not None
    assert [(one.title, texts(one), one.found) for one in result.articles] == [
        ("Story", ["One.", "Two."], False),
        ("Other", [LONG], True),
    ]
    assert read(rule, card) is None


def test_links_and_next_page() -> None:
    """A listing may only lead on; a long article goes on elsewhere. Addresses are absolute."""
    listing = read("links: '.list a'", "<div class=list><a href=/a>A</a><a href=/b>B</a><a href=/a>A</a></div>")
    assert listing is not None
    assert (listing.articles, listing.reason) == ((), "listing")
    assert listing.links == ("https://news.example/a", "https://news.example/b")
    story = "<h1>Story</h1><link rel=next href='?page=2'><main>One.</main>"
    first = read("body: main\nnext_page: link[rel=next]", story)
    assert first is not None
    assert first.next_page == f"{URL}?page=2"
    last = read("body: main\nnext_page: link[rel=next]", story, url=f"{URL}?page=2")
    assert last is not None
    assert last.next_page is None


LAYOUTS = """
layouts:
  - {until: 2020-01-01, body: .old}
  - {from: 2020-01-01, until: 2026-01-01, body: .mid}
  - {paths: ["/live/*"], body: .live}
  - {from: 2026-01-01, body: .new}
"""
ALL = "<h1>Story</h1>" + "".join(f"<p class={name}>{name}</p>" for name in ("old", "mid", "live", "new"))


@pytest.mark.parametrize(
    ("path", "now", "read_by"),
    [
        ("/x", datetime(2019, 12, 31, tzinfo=UTC), "old"),
        ("/x", datetime(2020, 1, 1, tzinfo=UTC), "mid"),
        ("/x", NOW, "new"),
        ("/live/x", NOW, "live"),
        ("/x/live/x", NOW, "new"),
        ("", NOW, "new"),
        ("/x", None, "old"),
    ],
)
def test_layouts(path: str, now: datetime | None, read_by: str) -> None:
    """The first that fits the day of the fetch and the path, and finds its text; all fit when no day is known."""
    result = read(LAYOUTS, ALL, url=f"https://news.example{path}", now=now)
    assert result is not None
    assert texts(result.articles[0]) == [read_by]


def test_a_layout_that_finds_nothing_gives_way() -> None:
    """To the next one, and at last to the generic extractor, for which None stands."""
    assert read(LAYOUTS, "<h1>Story</h1><p class=new>New.</p><p class=live></p>", url="https://news.example/live/x")
    assert read(LAYOUTS, "<h1>Story</h1><p>Text.</p>") is None
    assert read("body: main", "") is None


_TAGS = ("<div>", "</div>", "<p>", "</p>", "<h1>", "</h1>", "<a href='/en/article/1'>", "</a>", "<li>", "<table><td>")
_WORDS = ("Related Articles", "a day ago", "Post", "See also", LONG, "<img alt=time>", "© X", "Images source: © Y")
_SHAPES = (
    "<div class='post-body entry-content'>",
    "<section data-module=ArticleBody>",
    "<div class=text-content>",
    "<div class=article__text>",
    '<script id=__NEXT_DATA__>{"props":[]}</script>',
    "<main>",
    "<time datetime=1>",
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(parts=st.lists(st.sampled_from(_TAGS + _WORDS + _SHAPES) | st.text(max_size=8), max_size=25))
def test_no_page_makes_a_rule_raise(parts: list[str]) -> None:
    """Whatever a page is made of, every installed rule reads it or lets it be."""
    sites = rules.installed()
    for rule in set(sites.values()):
        host = rule.hosts[0].replace("*", "x")
        result = site.extract(Page.parse("".join(parts), f"https://{host}/en/article/2"), rule, NOW)
        assert result is None or all(one.paragraphs and one.title for one in result.articles)


def test_rules_are_in_the_package() -> None:
    """The folder that `installed` reads is the package's own, so a wheel has it."""
    folder = Path(rules.__file__).parents[1] / "sites"
    assert {rule.name for rule in rules.installed().values()} == {file.stem for file in folder.glob("*.yaml")}
