"""What several shapes share."""

from collections.abc import Iterator
from itertools import groupby

from collector.demo.stories import Site, Story
from collector.demo.templates import Html, join, tag


def facts(site: Site, story: Story) -> dict[str, str]:
    """The words that every template of a story asks for."""
    return {
        "name": site.name,
        "root": site.root,
        "private": site.private,
        "id": story.id,
        "url": story.url,
        "title": story.title,
        "published": story.published.isoformat(),
        "author": story.author or "",
        "source": story.source or "",
        "section": story.section or "",
        "lead": story.lead or "",
    }


def flow(story: Story) -> Iterator[Html]:
    """The body without its photos; list items that follow each other share a list."""
    for kind, blocks in groupby((block for block in story.blocks if block.kind != "photo"), lambda block: block.kind):
        match kind:
            case "li":
                yield tag("ul", join(tag("li", block.text) for block in blocks))
            case "h":
                yield from (tag("h2", block.text) for block in blocks)
            case _:
                yield from (tag("p", block.text) for block in blocks)


def news_article(site: Site, story: Story) -> dict[str, object]:
    """The story's JSON-LD."""
    publisher = {"@type": "Organization", "name": site.name}
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": story.url},
        "headline": plain(story.title),
        "description": story.lead,
        "articleSection": story.section,
        "datePublished": story.published.isoformat(),
        "dateModified": story.updated.isoformat(),
        "author": publisher,
        "publisher": publisher,
    }


def plain(title: str) -> str:
    """A title without the no-break spaces that its heading has."""
    return title.replace("\u00a0", " ")
