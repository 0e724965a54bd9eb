"""The generic extractor on small pages in the shapes that sites have."""

import json

import pytest

from collector.extract import extract, rules

URL = "https://ford-courier.example/town/flood"
ONE = "The river rose overnight and the old bridge had to be closed, the mayor of Ford said on Tuesday morning."
TWO = "Two schools stay shut until Friday, and buses take the long way round by the mill, where the road is dry."
THREE = (
    "“We have seen worse,” said Ann Bee, who has lived beside the water for sixty years. “It always goes down again.”"
)
STORY = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
MENU = "<nav><ul><li><a href=/a>Town</a><li><a href=/b>Sport</a><li><a href=/c>Weather</a></ul></nav>"
FOOTER = "<footer><p>Ford Courier, Mill Street 1, Ford. All the news of the valley since 1902.</footer>"


def lines(html: str) -> list[str]:
    articles = extract(html, URL, sites={}).articles
    return [paragraph.text for paragraph in articles[0].paragraphs] if articles else []


def page(body: str, head: str = "") -> str:
    return f"<html lang=en><head><title>Flood closes bridge</title>{head}</head><body>{MENU}{body}{FOOTER}"


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>Flood closes bridge</h1>{STORY}</article>",
        f"<div><div><h1>Flood closes bridge</h1></div><div class=x1>{STORY}</div></div>",
        f"<main><h1>Flood</h1><div><p>{ONE}</p></div><div><p>{TWO}</p></div><div><p>{THREE}</p></div></main>",
        f"<div id=content>{ONE}<br><br>{TWO}<br><br>{THREE}</div>",
        f"<table><tr><td>{MENU}</td><td><font>{ONE}<p>{TWO}<p>{THREE}</font></td></tr></table>",
        f"<story-body><text-part>{ONE}</text-part><text-part>{TWO}</text-part><text-part>{THREE}</text-part></story-body>",
    ],
)
def test_one_story_in_many_shapes(body: str) -> None:
    """Whatever holds it: the story is read, without menu, footer and its own title."""
    assert lines(page(body)) == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=share-bar><a href=#>Post</a> <a href=#>Mail this story to a friend who may like it</a></div>",
        "<div class=related><h3>Related</h3><ul><li><a href=/1>Mill sold to a baker</a></ul></div>",
        "<p>Read also: <a href=/1>Mill sold to a baker from the next valley</a></p>",
        "<p>Lesen Sie auch: <a href=/1>Mühle verkauft</a></p>",
        "<aside><p>The mill was built in 1780 and is the oldest house of the valley.</p></aside>",
        "<div class=newsletter-box><p>The best of Ford in your inbox every morning. No spam, we promise.</p></div>",
        "<p>Sign up for our morning letter.</p>",
        "<div class=author-bio><p>Ann Bee writes about the river. She has been with us since 1990.</p></div>",
        "<div class=tags><a href=/t/1>River</a> <a href=/t/2>Bridges</a></div>",
        "<section id=comments><p>I have always said that the bridge is too low, and nobody listens.</p></section>",
        "<div id=onetrust-consent-sdk><p>We and our 800 partners store data on your device, such as cookies.</p></div>",
        "<p>Advertisement</p>",
        "<div role=complementary><p>The weather stays wet, with more rain on Thursday and some sun later.</p></div>",
        "<h3>More from Ford</h3>",
    ],
)
@pytest.mark.parametrize("place", ["inside", "after"])
def test_furniture_goes(furniture: str, place: str) -> None:
    """What surrounds a story is left out, wherever it stands."""
    inside = furniture if place == "inside" else ""
    after = furniture if place == "after" else ""
    html = page(f"<article><h1>Flood closes bridge</h1><p>{ONE}</p><p>{TWO}</p>{inside}<p>{THREE}</p></article>{after}")
    assert lines(html) == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "name", ["paywall", "newsletter-story", "related-content", "share", "comments-off", "sidebar-less"]
)
def test_a_name_that_covers_the_text_is_no_furniture(name: str) -> None:
    """Some sites call their own paragraphs by such names."""
    body = "".join(f"<p class={name}>{line}</p>" for line in (ONE, TWO, THREE))
    assert lines(page(f"<div>{body}</div>")) == [ONE, TWO, THREE]


TEASER = (
    "<div class=card><a href=/{0}><h3>Another story, number {0} of today</h3></a><p>In the next valley, too.</p></div>"
)


def test_a_row_of_teasers_goes() -> None:
    """Boxes of one shape, each a headline that links and a line, are other stories, whatever their names."""
    row = "".join(TEASER.format(number) for number in range(4))
    assert lines(page(f"<article><h1>Flood</h1>{STORY}<div>{row}</div></article>")) == [ONE, TWO, THREE]


@pytest.mark.parametrize("inside", [True, False])
def test_the_next_stories_of_an_endless_page_go(inside: bool) -> None:
    """Of several articles on a page the one that has its title is read."""
    text = "<p>The next valley has its own troubles, and none of them is water.</p>" * 9
    other = f"<article><h2>Another story</h2>{text}</article>"
    after = other * 2
    own = f"<h1>Flood closes bridge</h1>{STORY}<p>{ONE} {TWO}</p>"
    html = f"<article>{own}{after}</article>" if inside else f"<article>{own}</article>{after}"
    assert lines(page(html)) == [ONE, TWO, THREE, f"{ONE} {TWO}"]


def test_what_stands_twice_is_read_once() -> None:
    """A paragraph that is its own teaser is not said again."""
    assert lines(page(f"<article><h1>Flood</h1><div><p>{ONE}</p></div>{STORY}</article>")) == [ONE, TWO, THREE]


def test_labels_at_the_ends_go() -> None:
    """Section and date before the first sentence, and what follows the last, are not text."""
    html = f"<article><h1>Flood closes bridge</h1><p>Town news</p>{STORY}<p>Sources</p><h3>Pictures</h3></article>"
    assert lines(page(html)) == [ONE, TWO, THREE]


def test_what_follows_the_declared_text_goes() -> None:
    """Where JSON-LD declares the very text, the paragraphs after its end are notes."""
    body = f"{ONE} {TWO} {THREE}".replace("“", "").replace("”", "")
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script>'
    note = "<p>The Ford Courier is a paper of the valley, and has been one for more than a hundred years.</p>"
    assert lines(page(f"<article><h1>Flood closes bridge</h1>{STORY}{note}</article>", head)) == [ONE, TWO, THREE]


STATE = json.dumps({"props": {"article": {"html": f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"}}})
STREAM = json.dumps([1, f'0:["$",{{"html":null}}]\n1:T{len(STORY.encode()):x},{STORY}2:["$","div"]\n'])


@pytest.mark.parametrize(
    "script",
    [
        f"<script id=__NEXT_DATA__ type=application/json>{STATE}</script>",
        f"<script>self.__next_f.push({STREAM})</script>",
    ],
)
def test_text_in_the_state_of_a_page(script: str) -> None:
    """What scripts would draw is read where the tree holds next to nothing."""
    assert lines(page(f"<div id=root></div>{script}")) == [ONE, TWO, THREE]


def test_kinds_are_kept() -> None:
    """Headings, short lines of dialogue, lists, quotes and tables belong to the text."""
    body = (
        f"<article><h1>Flood closes bridge</h1><p>{ONE}</p><h2>Schools</h2><p>{TWO}</p><p>“No,” she said.</p>"
        f"<ul><li>The bridge is closed.<li>The mill road is open.</ul><blockquote>{THREE}</blockquote>"
        "<table><tr><td>Monday<td>3 metres<tr><td>Tuesday<td>5 metres</table><p>The water falls.</p></article>"
    )
    article = extract(page(body), URL, sites={}).articles[0]
    assert [paragraph.kind for paragraph in article.paragraphs] == [
        "p",
        "h",
        "p",
        "p",
        "li",
        "li",
        "quote",
        "tr",
        "tr",
        "p",
    ]


def test_captions_are_apart() -> None:
    """The words under a picture are no text."""
    figure = "<figure><img><figcaption>The bridge. <span class=credit>© Carl Dee</span></figcaption></figure>"
    article = extract(page(f"<article><h1>Flood</h1>{figure}{STORY}</article>"), URL, sites={}).articles[0]
    assert [(caption.text, caption.credit) for caption in article.captions] == [("The bridge.", "Carl Dee")]
    assert article.text == "\n\n".join((ONE, TWO, THREE))


def test_a_very_short_story() -> None:
    """One real paragraph is an article."""
    assert lines(page(f"<article><h1>Flood closes bridge</h1><p>{ONE}</p></article>")) == [ONE]


def test_text_in_scripts_only() -> None:
    """What JSON-LD declares is read where the tree holds next to nothing."""
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{ONE}\\n\\n{TWO}"}}</script>'
    assert lines(page("<div id=root></div>", head)) == [ONE, TWO]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html></html>",
        page(""),
        page("<h1>Town</h1>" + "".join(f"<li><a href=/{n}>A story about number {n} of many</a>" for n in range(30))),
        page("<h1>Search</h1><form><input name=q><button>Go</button></form><p>No results.</p>"),
    ],
)  # fmt: skip
def test_a_page_without_an_article_says_why(html: str) -> None:
    """No menu is ever taken for an article."""
    result = extract(html, URL, sites={})
    assert result.articles == ()
    assert result.reason


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Река вышла из берегов, и старый мост пришлось закрыть, сообщил мэр города.", "Две школы закрыты до пятницы."),
        ("川が一晩で増水し、古い橋は通行止めになったと町長が火曜日に発表した。", "二つの学校は金曜日まで休校となる。"),
        (
            "ارتفع منسوب النهر ليلا وأغلق الجسر القديم، بحسب ما قال رئيس البلدية صباح الثلاثاء.",
            "تبقى مدرستان مغلقتين حتى الجمعة.",
        ),
    ],
)
def test_languages(one: str, two: str) -> None:
    """Structure is read the same in every script."""
    assert lines(page(f"<article><h1>Flood closes bridge</h1><p>{one}</p><p>{two}</p></article>")) == [one, two]


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("404 - Page not found", "Sorry, the page that you are looking for does not exist, or was moved.", "not found"),
        ("Just a moment...", "The courier needs to review the security of your connection.", "a check for robots"),
        ("Before you continue", f"We use cookies to deliver our services. {TWO}", "a consent page"),
        ("Log in", "Please log in with your address and your password to read on.", "a log-in page"),
        ("Search results for: flood", f"{ONE}</p><p>{TWO}", "a search"),
        ("Courier", "Please enable JavaScript to go on with this application.", "drawn by JavaScript"),
        ("Courier", "You are being redirected. Click the link if nothing happens.", "it leads elsewhere"),
    ],
)
def test_walls(title: str, text: str, reason: str) -> None:
    """A page that says why there is no article gives none, with its reason."""
    html = f"<title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>"
    result = extract(html, URL, sites={})
    assert (result.articles, result.reason) == ((), reason)
    dated = f"{html}<meta name=date content=2025-03-04>"
    assert len(extract(dated, URL, sites={}).articles) == 1, "what tells its date is an article on such things"


@pytest.mark.parametrize("title", ["Search for the lost boat goes on", "Page by page", "A cookie for the mayor"])
def test_a_title_that_sounds_like_a_wall(title: str) -> None:
    """Stories on searching, pages and cookies are stories."""
    assert len(extract(f"<h1>{title}</h1><article>{STORY}</article>", URL, sites={}).articles) == 1


@pytest.mark.parametrize(
    "script",
    [
        f"<script>window.__STATE__ = {json.dumps({'html': STORY})};</script>",
        f"<script type=application/json>{json.dumps({'text': [ONE, TWO, THREE]})}</script>",
    ],
)
def test_other_states(script: str) -> None:
    """State that is assigned to a name, and text as a list of paragraphs."""
    assert lines(page(f"<div id=root></div>{script}")) == [ONE, TWO, THREE]


def test_how_letters_are_spoken_is_no_text() -> None:
    """Ruby text stands over the text, not in it."""
    river = "<ruby>川<rp>(</rp><rt>かわ</rt><rp>)</rp></ruby>"
    [line] = lines(
        page(f"<article>{river}が一晩で増水し、古い橋は通行止めになったと町長が火曜日に発表した。</article>")
    )
    assert line.startswith("川が一晩で")


def test_times_between_entries_go() -> None:
    """A live blog's times of day are no paragraphs."""
    entries = "".join(f"<p>0{n}:15 am</p><p>{line}</p>" for n, line in enumerate((ONE, TWO, THREE)))
    assert lines(page(f"<article><h1>Flood closes bridge</h1>{entries}</article>")) == [ONE, TWO, THREE]


def test_a_page_without_a_title_is_called_by_its_first_words() -> None:
    """Its first heading, else how the text begins."""
    [article] = extract(f"<p>{ONE} {TWO}</p><h2>Schools</h2><p>{THREE}</p>", URL, sites={}).articles
    assert article.title == "Schools"
    [article] = extract(f"<p>{ONE} {TWO}</p><p>{THREE}</p>", URL, sites={}).articles
    assert article.title == f"{ONE} Two schools…"


LEADS = (ONE, TWO, THREE, "A new baker opens in the valley and promises bread at six in the morning, on Sundays, too.")


def cards(tag: str, heading: str, count: int, after: str = "") -> str:
    """Teasers of other stories: a headline that links, a time, a sentence."""
    return "".join(
        f"<{tag} class=card><{heading}><a href=/s/{n}>Story number {n} of the valley</a></{heading}>"
        f"<time datetime=2026-03-01>1 March</time><p>{LEADS[n % 4]}</p>{after}</{tag}>"
        for n in range(count)
    )


@pytest.mark.parametrize(
    "body",
    [
        f"<main>{cards('article', 'h2', 10)}</main>",
        f"<main><h1>Town</h1>{cards('div', 'h3', 12)}</main>",
        f"<main><h1>All news</h1><ul>{cards('li', 'h3', 8)}</ul></main>",
        f"<main>{cards('article', 'h2', 6, '<a href=/s>Read more</a>')}</main>",
        f"<main><h1>Search</h1><p>12 results for bridge</p>{cards('div', 'h3', 8)}</main>",
        "".join(f"<article><h2><a href=/p/{n}>Post {n} of our own blog</a></h2>{STORY}</article>" for n in range(3)),
    ],
)
def test_an_index_is_no_article(body: str) -> None:
    """However long its teasers are: a page of other stories has none of its own, and says so."""
    result = extract(page(body), URL, sites={})
    assert (result.articles, result.reason) == ((), "an index of other pages")


def test_an_article_beside_an_index_is_read() -> None:
    """Where the text is the page's own, or the page declares that it is an article, the rest makes no index of it."""
    more = [f"Later. {ONE}", f"Still. {TWO}", f"Then. {THREE}"]
    story = STORY + "".join(f"<p>{line}</p>" for line in more)
    body = f"<article><h1>Flood closes bridge</h1>{story}</article><section>{cards('div', 'h3', 4)}</section>"
    assert lines(page(body)) == [ONE, TWO, THREE, *more]
    listicle = cards("div", "h3", 4)
    assert extract(page(listicle, "<meta property=og:type content=article>"), URL, sites={}).articles


UPDATES = [
    {"@type": "BlogPosting", "headline": "Water at the mill", "datePublished": "2026-03-01T10:00:00+00:00",
     "author": {"@type": "Person", "name": "Bo Reed"}, "url": f"{URL}#post-2"},
    {"@type": "BlogPosting", "headline": "Bridge is closed", "datePublished": "2026-03-01T09:00:00+00:00"},
]  # fmt: skip
BLOG = {"@type": "LiveBlogPosting", "headline": "Flood closes bridge", "liveBlogUpdate": UPDATES}


@pytest.mark.parametrize("rule", ["", "hosts: [ford-courier.example]\ndrop: [.box]\n"])
def test_a_live_blog_is_its_opening_and_its_updates(rule: str) -> None:
    """Each update is a piece of its own, those that JSON-LD leaves out, too; nothing is lost."""
    posts = "".join(
        f"<section class=post><h3>{head}</h3><p>{line}</p></section>"
        for head, line in (("Water at the mill", TWO), ("Bridge is closed", THREE), ("It rains", f"Rain. {ONE}"))
    )
    head = f'<meta name=author content="Ann Bee"><script type="application/ld+json">{json.dumps(BLOG)}</script>'
    html = page(f"<article><h1>Flood closes bridge</h1><p>{ONE}</p>{posts}</article>", head)
    sites = {"ford-courier.example": rules.parse(rule, "ford-courier.example.yaml")} if rule else {}
    own, *others = extract(html, URL, sites=sites).articles
    assert [one.text for one in own.paragraphs] == [ONE]
    assert [(one.title, one.text) for one in others] == [
        ("Water at the mill", TWO), ("Bridge is closed", THREE), ("It rains", f"Rain. {ONE}")
    ]  # fmt: skip
    assert [one.published_iso for one in others] == ["2026-03-01T10:00:00+00:00", "2026-03-01T09:00:00+00:00", None]
    assert [one.authors for one in others] == [("Bo Reed",), ("Ann Bee",), ("Ann Bee",)]
    assert not own.found and all(one.found for one in others)
