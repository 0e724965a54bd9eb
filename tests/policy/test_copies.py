"""One text at several addresses: a wall, or one piece that stands at all of them."""

from typing import Any

import pytest

from collector.policy.copies import Copy, is_wall

STORIES = ("Flood closes bridge", "Herons counted at marsh", "New baker opens shop", "Council raises ferry fare")
WALL = "Before you continue"


def at(url: str, title: str | None = WALL, announced: str | None = None, **said: Any) -> Copy:
    known: dict[str, Any] = {"article_id": None, "dated": False} | said
    return Copy(url=f"https://e.org{url}", announced=announced, title=title, **known)


def each(template: str, **said: Any) -> list[Copy]:
    return [at(template.format(n), **said) for n in range(1, 4)]


@pytest.mark.parametrize(
    "copies",
    [
        [at(f"/s/{n}", announced=story) for n, story in enumerate(STORIES)],  # consent, with one title of its own
        [at(f"/s/{n}", announced=story, article_id=7) for n, story in enumerate(STORIES)],  # where all are led to
        [at(f"/s/{n}", story, story, dated=True) for n, story in enumerate(STORIES)],  # a stub under each own title
        each("/flood-{}"),  # of a sitemap, which announces no titles
        each("/{}"),
        each("/2026/0{}/02/20260302"),  # days are no numbers of articles
        each("/{}", title=None),  # worse than what was known of each
        [at("/1", announced=STORIES[0]), at("/2", title=None), at("/3", announced=STORIES[2])],
    ],
)
def test_a_wall(copies: list[Copy]) -> None:
    """Three pieces with the very same words."""
    assert is_wall(copies)
    assert is_wall(reversed(copies))
    assert not is_wall(copies[:2]), "two may be chance"


STORY = STORIES[0]


@pytest.mark.parametrize(
    "copies",
    [
        [at(f"{path}/903217", STORY) for path in ("/story", "/print", "/amp", "/mobile")],
        [at(f"/{n}/flood-closes-old-bridge", STORY) for n in ("news", "local", "print")],
        [at(f"/{slug}-903217.html", STORY) for slug in ("flood", "bridge-closed", "a-flood")],
        [at(f"/show?id=903217&from={n}", STORY) for n in ("a", "b", "c")],
        each("/free-{}", title=STORY, announced=STORY),
        each("/free-{}", title=STORY, announced=f"{STORY} - Town Courier"),
        each("/free-{}", title=STORY, announced="Why the water came"),  # announced alike, headed otherwise
        each("/free-{}", title=STORY, article_id=4, dated=True),
        [at(f"/{n}/flood-bridge", STORY) for n in ("news", "local", "print")],  # told by the address
        [at("/1", STORY, dated=True), at("/2", "Flood closes old bridge", dated=True), at("/3", STORY, dated=True)],
        [at("/1", STORY, STORY), at("/2", STORY, STORY), at("/3", STORY, dated=True), at("/4", STORY, STORY)],
        [at("/a/903217", None), at("/b/903217", None), at("/c/903217", None)],
    ],
)
def test_one_piece_at_many_addresses(copies: list[Copy]) -> None:
    """Print and AMP copies, free slugs, a story that was put up again: one piece, however often."""
    assert not is_wall(copies)
    assert not is_wall(reversed(copies))


def test_two_pieces_are_no_wall() -> None:
    """A story under two headlines, each at several addresses."""
    copies = [at(f"/{n}", STORIES[n % 2], STORIES[n % 2], dated=True) for n in range(8)]
    assert not is_wall(copies)
