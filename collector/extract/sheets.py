"""Pages of a host as learning sees them: a sheet of lines each, put together by the story that they tell."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from collector.extract import metadata
from collector.extract.memory import OwnWords, digest, holder_of, place_of
from collector.extract.page import Page
from collector.extract.score import KEPT, score
from collector.extract.text import Units
from collector.extract.walk import walk

_MOST_LINES = 2_000  # of one page
_LONG = 60  # characters of a paragraph that tells one story from another
_LETTERS = 3  # that a block has at least
_OWN = 0.25  # of its text a page has at least that the page of another story lacks
_USUAL = 3  # pages: what stands on so many and on more than half tells no story from another, in a box of its own

Spot = tuple[str, str]  # a place, and the digest of what stands there


@dataclass(frozen=True, slots=True)
class Line:
    """One block of a page. `holder`: the box around its paragraph or list; `read`: its worth is that of text."""

    place: str
    holder: str
    digest: str
    size: int
    read: bool

    @property
    def spot(self) -> Spot:
        return self.place, self.digest

    @property
    def telling(self) -> bool:
        return self.read and self.size >= _LONG


Sheet = tuple[Line, ...]  # a page's lines in order, without mere links and without what it says of itself in its head


def sheet(page: Page) -> Sheet:
    """What has to be known of a page. Never raises."""
    walked = walk([page.root])
    worth = score(walked, Units(walked).numbers(walked)).worth
    own = OwnWords(page, *metadata.title_and_lead(page))
    return tuple(
        Line(place_of(block), holder_of(block), digest(block.text), len(block.text), worth[block.number] >= KEPT)
        for block in walked.blocks[:_MOST_LINES]
        if block.linked < len(block.text)
        and sum(map(str.isalnum, block.text[:_LONG])) >= _LETTERS
        and not own.hold(block.text)
    )


def stories(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """The pages of each story; those without text of their own tell of none."""
    on = Counter(said for page in sheets for said in {line.digest for line in page})
    usual = {said for said, pages in on.items() if pages >= _USUAL and 2 * pages > len(sheets)}
    told = [(page, said) for page in sheets if (said := _told(page, usual))]
    leader = list(range(len(told)))  # of each page: itself, or another page of its story

    def lead(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    for one, other in combinations(range(len(told)), 2):
        if _same(told[one][1], told[other][1]):
            leader[lead(other)] = lead(one)
    found: dict[int, list[Sheet]] = {}
    for number, (page, _) in enumerate(told):
        found.setdefault(lead(number), []).append(page)
    return list(found.values())


def _told(page: Sheet, usual: Collection[str]) -> dict[str, int]:
    """What a page tells, with its size: whatever stands in a box with something that is not usual.

    Nothing, where all that the largest box holds is usual: a copy, or a page that was not understood.
    """
    lines = [line for line in page if line.telling]
    homes = {line.holder for line in lines if line.digest not in usual}
    mass: Counter[str] = Counter()
    for line in lines:
        mass[line.holder] += line.size
    if not homes or max(mass, key=lambda holder: (mass[holder], holder)) not in homes:
        return {}
    return {line.digest: line.size for line in lines if line.holder in homes}


def _same(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether either page has hardly anything that the other lacks."""
    both = one.keys() & other.keys()
    return any(sum(said[each] for each in both) > (1 - _OWN) * sum(said.values()) for said in (one, other))
