"""An aggregator: a hashtag page with whole texts, and stories that carry other stories whole below their own."""

from datetime import datetime

from collector.demo.shapes.common import facts
from collector.demo.stories import Site, Story
from collector.demo.templates import Html, fill, join, tag


def pages(site: Site, now: datetime) -> dict[str, Html]:
    frame = {
        "header": fill("listing/header.html", private=site.private),
        "footer": fill("listing/footer.html", name=site.name),
    }
    cards = join(_card(site, story, now, with_section=True) for story in site.stories if not story.related_only)
    url = site.root + site.source
    hashtag = fill("listing/hashtag.html", **frame, name=site.name, url=url, cards=cards)
    return {site.source: hashtag, **{story.path: _story(site, story, now, frame) for story in site.stories}}


def related(site: Site, story: Story) -> tuple[Story, ...]:
    """The three stories that stand whole below this one."""
    place = site.stories.index(story)
    return (site.stories[place + 1 :] + site.stories[:place])[:3]


def _story(site: Site, story: Story, now: datetime, frame: dict[str, Html]) -> Html:
    hashtags = (tag("li", tag("a", f"#{word}", href=f"/en/hashtag/{word}")) for word in story.tags)
    return fill(
        "listing/story.html",
        **frame,
        **facts(site, story),
        when=_ago(story.published, now),
        body=join(story.paragraphs, "<br>\n"),
        hashtags=join(hashtags, ""),
        related=join(_card(site, other, now, with_section=False) for other in related(site, story)),
    )


def _card(site: Site, story: Story, now: datetime, *, with_section: bool) -> Html:
    words = [story.section, story.source] if with_section else [story.source]
    return fill(
        "listing/card.html",
        **facts(site, story),
        path=story.path,
        when=_ago(story.published, now),
        meta=join((tag("li", word) for word in words if word), ""),
        text=" ".join(story.paragraphs),
    )


def _ago(then: datetime, now: datetime) -> str:
    """'3 hours ago', 'a day ago', '6 days ago'; a date from the eighth day on."""
    hours = int((now - then).total_seconds() // 3600)
    match hours // 24:
        case 0:
            return "an hour ago" if hours == 1 else f"{hours} hours ago"
        case 1:
            return "a day ago"
        case days if days <= 7:
            return f"{days} days ago"
        case _:
            return f"{then:%d-%m-%Y}"
