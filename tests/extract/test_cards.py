"""
Daily8's pages, of which only the words and their order are known: whatever elements and classes carry them, the same
pieces are read. The words are ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from collector.extract import extract
from storage.records import Article

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
LISTING = "https://www.daily8.com/en/hashtag/Harbour"
PAGE = "https://www.daily8.com/en/article/" + "0" * 32


@dataclass(frozen=True)
class Story:
    number: int
    title: str
    source: str | None
    time: str | None
    published: str | None
    section: str | None
    body: str

    @property
    def href(self) -> str:
        return f"/en/article/{self.number:032x}"


FERRY = Story(
    1,
    "Ferry ‘Heron' returns to the old harbour",
    "River Post",
    "a day ago",
    "2026-03-13",
    "Travel",
    "The ferry Heron came back to the old harbour on Friday after four months in the yard. Its crew of nine said the "
    "new engine is quieter, and that the river looks wider from the rebuilt deck. Tickets cost what they cost before.",
)
BRIDGE = Story(
    2,
    "Council counts the bolts of the iron bridge, and finds that eleven are missing (PHOTOS)",
    "Daily Lantern 24",
    "3 hours ago",
    "2026-03-14T09:00:00+00:00",
    "Local",
    "Eleven bolts are missing from the iron bridge, the council said after a count that took two nights. Nobody knows "
    "when they went. A baker who crosses it daily said: 'It has always sung in the wind, now it sings a little lower.'",
)
OWL = Story(
    3,
    "An owl moves into the town library",
    "Yonder",
    "23-02-2026",
    "2026-02-23",
    "Nature",
    "A tawny owl has moved into the reading room of the town library and sleeps above the atlases. TO FOLLOW",
)
BARE = Story(
    4,
    "Nobody signed this story",
    None,
    None,
    None,
    None,
    "This story came without a source and without a time, as some do, and has to be read all the same by everyone.",
)
STORIES = (FERRY, BRIDGE, OWL)
Card = Callable[[Story], str]


def plain_card(one: Story) -> str:
    """Articles, paragraphs, a list."""
    return f"""<article class="k7x"><a href="{one.href}"><p>{one.title}</p><img alt="{one.title}" src="/i.webp"></a>
        <p>{one.source}</p><p><img alt="time" src="/c.svg"><span>{one.time}</span></p>
        <ul><li>{one.section}</li><li>{one.source}</li></ul>
        <h3><a href="{one.href}">{one.title}</a></h3><p>{one.body}</p></article>"""


def divs(one: Story) -> str:
    return f"""<div class="css-1f9"><div>
        <div><a href="{one.href}"><div>{one.title}</div><img alt="{one.title}"></a></div>
        <div><div>{one.source}</div><div><img alt="time">{one.time}</div></div></div>
        <div><div>{one.section}</div><div>{one.source}</div></div>
        <div><div><a href="{one.href}">{one.title}</a></div></div><div><div>{one.body}</div></div></div>"""


def glued(one: Story) -> str:
    """Source and time without anything between them; category and source as well."""
    return f"""<section><a href="{one.href}"><img alt="{one.title}"></a>
        <div><span>{one.source}</span><span>{one.time}</span></div><div><span>{one.section}</span><span>{one.source}</span></div><h4>{one.title}</h4><div>{one.body}</div>
        </section>"""


def one_link(one: Story) -> str:
    """The whole card is a link."""
    return f"""<a class="sc-bdVaJa" href="{one.href}"><div><img alt="{one.title}"></div><div><span>{one.source}</span>
        <time>{one.time}</time></div><div><span>{one.section}</span> <span>{one.source}</span></div><h2>{one.title}</h2>
        <p>{one.body}</p></a>"""


def list_item(one: Story) -> str:
    return f"<li>{plain_card(one).replace('article', 'div').replace('/en/div', '/en/article')}</li>"


def list_item_of_text(one: Story) -> str:
    return f"""<li><a href="{one.href}"><h3>{one.title}</h3></a><div>{one.source}</div><div>{one.time}</div>
        <div>{one.section}</div><div>{one.source}</div>{one.body}</li>"""


def words_first(one: Story) -> str:
    """The text comes before source and time, in a box of its own with the title."""
    return f"""<div><div><h3><a href="{one.href}">{one.title}</a></h3><p>{one.body}</p></div>
        <footer><span>{one.source}</span> <span>{one.time}</span>
        <p>{one.section}</p><p>{one.source}</p></footer></div>"""


def no_source_on_top(one: Story) -> str:
    return f"""<div><a href="{one.href}"><img alt="{one.title}"></a><p>{one.time}</p>
        <ul><li>{one.section}</li><li>{one.source}</li></ul><h3><a href="{one.href}">{one.title}</a></h3>
        <p>{one.body}</p></div>"""


def flat(one: Story) -> str:
    """No element holds the card."""
    return f"""<a href="{one.href}"><img alt="{one.title}"></a><p>{one.source}</p><p>{one.time}</p>
        <p>{one.section}</p><p>{one.source}</p><h3><a href="{one.href}">{one.title}</a></h3><p>{one.body}</p>"""


CARDS = (plain_card, divs, glued, one_link, list_item, list_item_of_text, words_first, no_source_on_top, flat)
PROMO = """<div><p>DOWNLOAD THE APP</p><h2>Get Started Now: Download the App</h2><p>Ready to dive into a world of
    content? Download the app today from your preferred app store and start to explore all that it has to offer.</p>
    <a href="https://apps.example/x"><img alt="app-store"></a></div>"""
TOP = '<div><a href="/en"><img alt="logo"></a></div>'
FOOT = '<div><a href="/en/privacy">Privacy Policy</a><a href="/en/terms">Terms &amp; Conditions</a></div>'


def listing(card: Card, stories: tuple[Story, ...]) -> str:
    cards = "".join(map(card, stories))
    return f"""<html lang="en"><title>Latest news with #Harbour | Daily8</title><body><div id="__next">{TOP}
        <div><div><h1>Latest news with #Harbour</h1></div><div>{cards}</div></div>{PROMO}{FOOT}</div>"""


def article(main: str, card: Card, related: tuple[Story, ...], heading: str = "h2") -> str:
    cards = "".join(map(card, related))
    return f"""<html lang="en"><title>{BARE.title} | Daily8</title><body><div id="__next">{TOP}<div>{main}
        <div><img alt="Orange background"><h3>Try Our AI Features</h3><p>Explore what the AI can do for you:</p></div>
        <div><h3>Comments</h3><p>No comments yet...</p></div>
        <div><{heading}>Related Articles</{heading}>{cards}</div></div>{PROMO}{FOOT}</div>"""


def assert_reads(one: Article, story: Story, section: str | None) -> None:
    assert [(p.kind, p.text) for p in one.paragraphs] == [("p", story.body)]
    assert (one.title, one.source, one.section) == (story.title, story.source, section)
    assert (one.published_raw, one.published_iso) == (story.time, story.published)
    assert one.url == f"https://www.daily8.com{story.href}"
    assert one.found


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("stories", [STORIES, (BRIDGE,)], ids=["three", "one"])
def test_listing(card: Card, stories: tuple[Story, ...]) -> None:
    """Every card is an article of its own, with source, time and category, marked as found there."""
    result = extract(listing(card, stories), LISTING, fetched_at=NOW)
    assert [one.title for one in result.articles] == [story.title for story in stories]
    for one, story in zip(result.articles, stories, strict=True):
        assert_reads(one, story, story.section)


@pytest.mark.parametrize(
    ("card", "related"),
    [(card, (OWL, FERRY)) for card in CARDS] + [(card, (FERRY,)) for card in CARDS if card is not flat],
)
def test_related(card: Card, related: tuple[Story, ...]) -> None:
    """The page's own article, then the related stories, none of which has a word of another."""
    main = f"""<div><p>{BARE.title}</p><h1>{BARE.title}</h1><div><span>River Post</span><span>6 days ago</span></div>
        <div>{BARE.body}<br>{OWL.body}</div></div>"""
    own, *others = extract(article(main, card, related), PAGE, fetched_at=NOW).articles
    assert (own.title, own.source, own.published_iso, own.found) == (BARE.title, "River Post", "2026-03-08", False)
    assert [p.text for p in own.paragraphs] == [BARE.body, OWL.body]
    assert own.url == PAGE
    for one, story in zip(others, related, strict=True):
        assert_reads(one, story, story.section)


MAINS = {
    "separate": "<p>{title}</p><h1>{title}</h1><div>{source}</div><div>{time}</div><div>{text}</div>",
    "glued": "<span>{title}</span><h1>{title}</h1><p>{source}{time}</p><p>{text}</p>",
    "small heading": "<div>{title}</div><h4>{title}</h4><p><b>{source}</b> <i>{time}</i></p><section>{text}</section>",
    "no heading": "<div><div>{title}</div></div><div>{title}</div><div>{source} {time}</div><div>{text}</div>",
    "header": "<header><p>{title}</p><h1>{title}</h1><p>{source}</p><p>{time}</p></header><main><p>{text}</p></main>",
}


@pytest.mark.parametrize("shape", MAINS.values(), ids=MAINS.keys())
@pytest.mark.parametrize(
    ("source", "time", "published"),
    [
        ("Russet Times", "6 days ago", "2026-03-08"),
        ("Yonder", "23-02-2026", "2026-02-23"),
        ("", "an hour ago", "2026-03-14T11:00:00+00:00"),
        ("", "", None),
    ],
)
def test_own_article(shape: str, source: str, time: str, published: str | None) -> None:
    """Source and time may be glued together, or missing; promos, comments and hashtags are never text."""
    main = shape.format(title=FERRY.title, source=source, time=time, text=FERRY.body)
    tags = '<div><h3>Hashtags</h3><a href="/en/hashtag/Ferry">#Ferry</a><a href="/en/hashtag/River">#River</a></div>'
    page = article(main + tags, plain_card, ()).replace(BARE.title, FERRY.title)
    (own,) = extract(page, PAGE, fetched_at=NOW).articles
    assert own.text == FERRY.body
    assert (own.title, own.source, own.published_iso) == (FERRY.title, source or None, published)
    assert own.tags == ("Ferry", "River")


def test_a_link_in_running_text_is_no_card() -> None:
    """A paragraph that mentions another story stays where it is."""
    text = (
        f'The yard, as <a href="{OWL.href}">the owl knows</a>, has been busy since the ferry left its slip in spring.'
    )
    own, *others = extract(
        article(f"<h1>{BARE.title}</h1><p>{text}</p>", plain_card, ()), PAGE, fetched_at=NOW
    ).articles
    assert own.text.startswith("The yard, as the owl knows,")
    assert not others


def test_adverts_inside_a_text_are_cut() -> None:
    """The aggregator glues the markers of the source's adverts into its text; a sentence on adverts stays."""
    kept = "The yard is full.{} The owner of the Advertisement Hall sleeps. Nobody else does, it is said{}"
    body = kept.format(" Advertisement", " Advertisement")
    story = Story(9, "Yard full", "Yonder", "2 days ago", "2026-03-12", "Local", body)
    (one,) = extract(listing(plain_card, (story,)), LISTING, fetched_at=NOW).articles
    assert one.text == kept.format("", "")
