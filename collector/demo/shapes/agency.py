"""An agency: RSS with the lead only, structured data, templates that only a browser would fill."""

from datetime import datetime
from email.utils import format_datetime

from collector.demo.shapes.common import facts, flow, news_article
from collector.demo.stories import Site, Story
from collector.demo.templates import Html, fill, join, script, tag


def pages(site: Site, _now: datetime) -> dict[str, Html]:
    feed = fill(
        "rss.xml",
        name=site.name,
        root=site.root,
        path=site.source,
        items=join(_item(site, story) for story in site.stories),
    )
    return {site.source: feed, **{story.path: _dispatch(site, story) for story in site.stories}}


def _item(site: Site, story: Story) -> Html:
    return fill("agency/item.xml", **{**facts(site, story), "published": format_datetime(story.published)})


def _dispatch(site: Site, story: Story) -> Html:
    other = next(candidate for candidate in reversed(site.stories) if candidate.id != story.id)
    body = list(flow(story))
    body.insert(2, fill("agency/aside.html", path=other.path, title=other.title))
    photos = (fill("agency/photo.html", caption=photo.text, credit=photo.credit or "") for photo in story.photos)
    tags = (tag("a", word, class_="tags__item", href=f"/tag/{word.lower().replace(' ', '-')}") for word in story.tags)
    return fill(
        "agency/story.html",
        **facts(site, story),
        folder=story.path.split("/")[1],
        epoch=str(int(story.published.timestamp())),
        metadata=script(news_article(site, story)),
        photo=join(photos),
        body=join(body),
        tags=join(tags, ""),
    )
