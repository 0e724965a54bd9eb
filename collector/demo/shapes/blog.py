"""A blog of the old Blogger layout: Atom with whole posts, and bodies pasted together from elsewhere."""

from datetime import datetime

from collector.demo.shapes.common import facts
from collector.demo.stories import Block, Site, Story
from collector.demo.templates import Html, fill, join, tag

GAP = Html("<div><br /></div>")


def pages(site: Site, _now: datetime) -> dict[str, Html]:
    feed = fill(
        "blog/feed.xml",
        name=site.name,
        root=site.root,
        updated=max(story.updated for story in site.stories).isoformat(),
        count=str(len(site.stories)),
        entries=join(_entry(site, story) for story in site.stories),
    )
    archive = join(tag("li", tag("a", story.title, href=story.url)) for story in site.stories)
    return {site.source: feed, **{story.path: _post(site, story, archive) for story in site.stories}}


def _entry(site: Site, story: Story) -> Html:
    return fill(
        "blog/entry.xml",
        **facts(site, story),
        host=site.host,
        updated=story.updated.isoformat(),
        content=str(_body(story)),  # a plain str: the markup itself is escaped here
        replies=str(len(story.comments)),
    )


def _post(site: Site, story: Story, archive: Html) -> Html:
    labels = (tag("a", label, href=f"{site.root}/search/label/{label}", rel="tag") for label in story.tags)
    return fill(
        "blog/story.html",
        **facts(site, story),
        day=f"{story.published:%A}, {story.published.day} {story.published:%B %Y}",
        year=f"{story.published:%Y}",
        clock=f"{story.published:%H:%M}",
        body=_body(story),
        labels=join(labels, ",\n"),
        count=str(len(story.comments) or "No"),
        comments=join(fill("blog/comment.html", text=text) for text in story.comments),
        archive=archive,
    )


def _body(story: Story) -> Html:
    """A post that opens with a photo was pasted whole, its title and all; blank lines abound everywhere."""
    pieces = [_block(story, block, first=number == 0) for number, block in enumerate(story.blocks)]
    return join([*pieces, *[GAP] * 5])


def _block(story: Story, block: Block, *, first: bool) -> Html:
    match block.kind:
        case "photo":
            name = "blog/pasted-head.html" if first else "blog/photo.html"
            words = {"id": story.id, "url": story.url, "title": story.title}
            return fill(name, **words, caption=block.text, credit=block.credit or "")
        case "h":
            return join([tag("h1", block.text, style="background-color: white; font-size: 30px;"), GAP])
        case _:
            return join([tag("p", block.text, style="font-size: large; text-align: justify;"), Html("<br />")])
