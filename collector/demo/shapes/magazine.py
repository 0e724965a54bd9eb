"""A magazine: plain HTML semantics, no-break spaces in headings, a clock in the words of another coast."""

from datetime import UTC, datetime
from email.utils import format_datetime

from collector.demo.shapes.common import facts, flow, news_article, plain
from collector.demo.stories import Site, Story
from collector.demo.templates import Html, fill, join, script, tag


def pages(site: Site, _now: datetime) -> dict[str, Html]:
    items = join(_item(site, story) for story in site.stories)
    feed = fill("rss.xml", name=site.name, root=site.root, path=site.source, items=items)
    return {site.source: feed, **{story.path: _feature(site, story) for story in site.stories}}


def _item(site: Site, story: Story) -> Html:
    words = {**facts(site, story), "published": format_datetime(story.published.astimezone(UTC))}
    return fill("magazine/item.xml", **words, plain=plain(story.title))


def _feature(site: Site, story: Story) -> Html:
    (photo,) = story.photos
    others = (other for other in site.stories if other.id != story.id)
    return fill(
        "magazine/story.html",
        **facts(site, story),
        plain=plain(story.title),
        metadata=script(news_article(site, story)),
        caption=photo.text,
        credit=photo.credit or "",
        when=_clock(story.published),
        body=join(flow(story)),
        also=join(tag("li", tag("a", plain(other.title), href=other.url)) for other in others),
    )


def _clock(time: datetime) -> str:
    """'6:48 AM EDT, August 20, 2024'; the site keeps summer time all year, as its stories' offset does."""
    return f"{time.hour % 12 or 12}:{time:%M %p} EDT, {time:%B} {time.day}, {time.year}"
