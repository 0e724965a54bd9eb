"""What the newsroom has to tell: `stories.json` as values. Knows no HTML and no network."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from typing import Any, Literal

BlockKind = Literal["p", "h", "li", "photo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a story's body. `credit` belongs to a photo, whose `text` is its caption."""

    kind: BlockKind
    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story of one site. Times are aware, in the site's own offset, to the minute."""

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    blocks: tuple[Block, ...]
    lead: str | None = None
    author: str | None = None
    source: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    related_only: bool = False  # stands beside other stories, never in the listing

    @property
    def path(self) -> str:
        return "/" + self.url.split("/", 3)[3]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body as a reader reads it: photos apart, and without the lead."""
        return tuple(block.text for block in self.blocks if block.kind != "photo")

    @property
    def photos(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "photo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site. `rule`: the real host whose shape it has; `edited`: its story as it reads after the edit."""

    shape: str
    host: str
    rule: str
    name: str
    source: str  # the path of its feed or listing
    feed: str | None  # "atom", "rss"; None: the source is a listing
    disallow: str  # what robots.txt forbids
    private: str  # a page below it, linked and there to be read
    stories: tuple[Story, ...]
    held: Story | None = None
    edited: Story | None = None

    @property
    def root(self) -> str:
        return f"http://{self.host}"

    def with_held(self) -> "Site":
        """The site with the held story on top."""
        if self.held is None or self.held in self.stories:
            return self
        return replace(self, stories=(self.held, *self.stories))

    def with_edited(self) -> "Site":
        """The site with the edited story in the place of its first version."""
        new = self.edited
        return replace(self, stories=tuple(new if new and new.id == old.id else old for old in self.stories))


def sites(now: datetime) -> tuple[Site, ...]:
    """All sites as they stand before anything is published or edited; every date is counted back from `now`."""
    data: dict[str, Any] = json.loads((files(__package__) / "stories.json").read_text("utf-8"))
    return tuple(_site(shape, raw, now) for shape, raw in data.items())


def _site(shape: str, raw: Mapping[str, Any], now: datetime) -> Site:
    here = now.astimezone(timezone(timedelta(hours=raw["utc_offset"])))
    told = [(_story(raw["host"], item, here), item.get("held", False)) for item in raw["stories"]]
    stories = tuple(story for story, held in told if not held)
    return Site(
        shape=shape,
        host=raw["host"],
        rule=raw["rule"],
        name=raw["name"],
        source=raw["source"],
        feed=raw.get("feed"),
        disallow=raw["disallow"],
        private=raw["private"],
        stories=stories,
        held=next((story for story, held in told if held), None),
        edited=_edited(stories, raw["edit"], here) if "edit" in raw else None,
    )


def _story(host: str, raw: Mapping[str, Any], now: datetime) -> Story:
    published = (now - timedelta(hours=raw["hours"])).replace(second=0, microsecond=0)
    return Story(
        id=raw["id"],
        url=f"http://{host}{published.strftime(raw['path'])}",
        title=raw["title"],
        published=published,
        updated=published,
        blocks=_blocks(raw["body"], published),
        lead=raw.get("lead"),
        author=raw.get("author"),
        source=raw.get("source"),
        section=raw.get("section"),
        tags=tuple(raw.get("tags", ())),
        comments=tuple(raw.get("comments", ())),
        related_only=raw.get("related_only", False),
    )


def _edited(stories: tuple[Story, ...], raw: Mapping[str, Any], now: datetime) -> Story:
    first = next(story for story in stories if story.id == raw["id"])
    blocks = _blocks(raw["body"], first.published)
    return replace(first, title=raw["title"], blocks=blocks, updated=now.replace(second=0, microsecond=0))


def _blocks(body: list[Any], published: datetime) -> tuple[Block, ...]:
    return tuple(_block(item, published) for item in body)


def _block(raw: str | Mapping[str, str], published: datetime) -> Block:
    if isinstance(raw, str):
        return Block(kind="p", text=raw.replace("{date}", f"{published:%B} {published.day}"))
    match raw:
        case {"photo": caption, "credit": credit}:
            return Block(kind="photo", text=caption, credit=credit)
        case {"h": heading}:
            return Block(kind="h", text=heading)
        case _:
            return Block(kind="li", text=raw["li"])
