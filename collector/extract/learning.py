"""
Pages of one host -> the profile of its furniture. Pure: the same pages, in any order, give the same profile.

What recurs is furniture only where stories share it that have nothing else to do with each other:

- Pages that share most of their text are one story and count once: an article under two addresses, an agency's copy
  with another lead, the next state of a live blog. So nothing is learnt from an article that is published again.
- Where the running text stands, follow-ups repeat background and columns their standing intro: there a paragraph is
  furniture only on three quarters of all stories, and on four at least; never in a run of several that recur together,
  as an agency's do.
- Elsewhere, in a box of its own, three stories are enough; two, where the box stands before or after the running text.
- A place whose texts differ from page to page but are all furniture (promos that take turns) is furniture itself,
  whatever stands there next.
- What a page says of itself in its head (its standfirst) is not counted on that page.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

from collector.extract.memory import Profile
from collector.extract.sheets import Sheet, Spot, stories

MOST_ENTRIES = 2_000  # of a profile: digests and places
MOST_BYTES = 60_000  # of a profile as it is stored
_BODY = 0.25  # of a page's own text, from which on a box is one of running text
_TEXT_STORIES, _TEXT_SHARE = 4, 0.75
_BOX_STORIES, _EDGE_STORIES = 3, 2
_RUN = 3  # paragraphs of running text that recur together; more are somebody's text
_SLOT_PAGES, _SLOT_TEXTS = 4, 3  # on which a slot stands, and that have taken turns in it


def learn(sheets: Iterable[Sheet]) -> Profile:
    """What the sheets of one host's pages have in common beyond their stories."""
    told = stories(tuple(sheets))
    pages = [page for story in told for page in story]
    sayers: dict[str, set[int]] = {}  # by digest: the stories that say it, wherever
    held: dict[Spot, set[int]] = {}  # the stories that say it at this place
    for number, story in enumerate(told):
        for line in (line for page in story for line in page):
            sayers.setdefault(line.digest, set()).add(number)
            held.setdefault(line.spot, set()).add(number)
    own = {said for said, by in sayers.items() if len(by) == 1}
    bodies = _bodies(pages, own)
    texts = _text_places(pages, own, bodies)
    inside, copied = _inside(pages, own, texts), _copied(pages, own, texts)

    def enough(spot: Spot) -> bool:
        count = len(held[spot])
        if spot[0] in texts:
            return count >= max(_TEXT_STORIES, _TEXT_SHARE * len(told)) and spot not in copied
        return count >= (_BOX_STORIES if spot in inside else _EDGE_STORIES)

    return _bounded({spot: len(by) for spot, by in held.items() if enough(spot)}, _slots(pages, own, bodies))


def _bodies(pages: Iterable[Sheet], own: Collection[str]) -> set[str]:
    """The boxes that hold a good part of a page's own text."""
    found: set[str] = set()
    for page in pages:
        mass: Counter[str] = Counter()
        for line in page:
            if line.telling and line.digest in own:
                mass[line.holder] += line.size
        found |= {holder for holder, size in mass.items() if size >= _BODY * mass.total()}
    return found


def _text_places(pages: Iterable[Sheet], own: Collection[str], bodies: Collection[str]) -> set[str]:
    """The places of running text: in such a box, and most of what stands there is a page's own."""
    said: Counter[tuple[str, bool]] = Counter()
    for page in pages:
        said.update((place, words in own) for place, words in {line.spot for line in page if line.holder in bodies})
    return {place for place, _ in said if said[place, True] >= said[place, False]}


def _inside(pages: Iterable[Sheet], own: Collection[str], texts: Collection[str]) -> set[Spot]:
    """What stands between two paragraphs of a page's own text."""
    found: set[Spot] = set()
    for page in pages:
        at = [number for number, x in enumerate(page) if x.telling and x.digest in own and x.place in texts]
        found |= {line.spot for line in page[at[0] : at[-1]]} if at else set()
    return found


def _copied(pages: Iterable[Sheet], own: Collection[str], texts: Collection[str]) -> set[Spot]:
    """What recurs with several paragraphs of running text around it."""
    found: set[Spot] = set()
    for page in pages:
        for recurs, lines in groupby((x for x in page if x.place in texts), lambda x: x.digest not in own):
            run = list(lines)
            if recurs and sum(line.telling for line in run) > _RUN:
                found |= {line.spot for line in run}
    return found


def _slots(pages: Iterable[Sheet], own: Collection[str], bodies: Collection[str]) -> dict[str, int]:
    """The places where several texts take turns, none of them a page's own; on how many pages they stand."""
    said: dict[str, set[str]] = {}
    on: Counter[str] = Counter()
    texts: set[str] = set()
    for page in pages:
        on.update({line.place for line in page})
        texts |= {line.place for line in page if line.digest in own or line.holder in bodies}
        for line in page:
            said.setdefault(line.place, set()).add(line.digest)
    slots = {place for place in said.keys() - texts if "." in place and len(said[place]) >= _SLOT_TEXTS}
    return {place: on[place] for place in slots if on[place] >= _SLOT_PAGES}


def _bounded(known: Mapping[Spot, int], slots: Mapping[str, int]) -> Profile:
    """The profile of what most stories share, as far as it is let grow."""
    paragraphs: dict[str, set[str]] = {}
    places: set[str] = set()
    size = 0
    ranked = [(-count, place, "") for place, count in slots.items()]
    ranked += [(-count, place, said) for (place, said), count in known.items() if place not in slots]
    for _, place, said in sorted(ranked)[:MOST_ENTRIES]:
        size += len(said) + 3 + (0 if place in paragraphs else 2 * len(place.encode()) + 6)
        if size > MOST_BYTES:
            break
        if said:
            paragraphs.setdefault(place, set()).add(said)
        else:
            places.add(place)
    return Profile({place: frozenset(said) for place, said in paragraphs.items()}, frozenset(places))
