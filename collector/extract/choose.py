"""
Where on a page its text is: the box that holds most of it, and the blocks that may belong to it. Knows no site.

page -> walk, without what is hidden or named like a menu -> score of every block -> the container
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from selectolax.lexbor import LexborNode

from collector.extract import cut, declared
from collector.extract.boxes import Block, Box, Walked
from collector.extract.memory import NOTHING, Profile
from collector.extract.metadata import Fields
from collector.extract.page import Page
from collector.extract.score import KEPT, Scores, score
from collector.extract.tags import hidden
from collector.extract.text import Units
from collector.extract.walk import walk

_ELSEWHERE = 0.3  # weight of a block that is not kept, when boxes are compared
_LEAST = 0.02  # the worth from which on a block may be text
_LEAST_OUTSIDE = 0.16  # the same outside the container
_LEAD = 40  # characters by which a standfirst is known again
_SHORT = 800  # characters of text below which it may be what was left out that holds the text
_NOTHING = 150  # characters below which a page seems to hold none
_FAR_MORE = 3  # times what was found


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the page says of its article, bare of all but letters: title, leads, the text that JSON-LD declares."""

    title: str
    leads: Sequence[str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """`candidates`: numbers of the blocks that are to be judged; `captions`: of those that stand under pictures;
    `remembered`: of those that are known to be furniture of the host."""

    walked: Walked
    units: Units
    captions: frozenset[int]
    scores: Scores
    container: Box
    heading: Block | None  # that says the title
    candidates: Sequence[int]
    known: Known
    remembered: frozenset[int]

    @property
    def length(self) -> int:
        """About how many characters of text there are."""
        inside = self.walked.blocks[self.container.start : self.container.end]
        return sum(len(block.text) for block in inside if self.scores.worth[block.number] >= KEPT)


def choose(
    page: Page, fields: Fields, *, skip: frozenset[int] = frozenset(), memory: Profile = NOTHING
) -> Chosen | None:
    """None for a page without text. `skip`: `mem_id` of subtrees to leave out; `memory`: of the host's furniture, too.

    What is named like a menu, a dialog or comments is read only where nothing else is; what is hidden, mostly the text
    behind a paywall, where it holds far more than the rest.
    """
    walked = walk([page.root], skip=skip, prune=True)
    chosen = _chosen(walked, page, fields, memory)
    found = chosen.length if chosen is not None else 0
    if found < _SHORT and (more := _missed(walked, found)):
        return _chosen(walk([page.root], skip=skip, show=more, prune=True), page, fields, memory)
    return chosen


def _missed(walked: Walked, found: int) -> frozenset[int]:
    """Of what was left out, the elements of one look that must hold the text."""
    alike: dict[tuple[object, ...], list[LexborNode]] = {}
    for node in walked.pruned:
        attributes = node.attributes
        if found < _NOTHING or hidden(attributes):
            alike.setdefault((node.tag, attributes.get("class")), []).append(node)
    sizes = {look: sum(map(_prose, nodes)) for look, nodes in alike.items()}
    most = max(sizes, key=sizes.__getitem__, default=None)
    if most is None or sizes[most] <= _FAR_MORE * found:
        return frozenset()
    return frozenset(node.mem_id for node in alike[most])


def _prose(node: LexborNode) -> int:
    return sum(len(block.text) - block.linked for block in walk([node]).blocks)


def _chosen(walked: Walked, page: Page, fields: Fields, memory: Profile) -> Chosen | None:
    units = Units(walked)
    captions = units.numbers(walked)
    title = declared.bare(fields.title or "")
    heading = _heading(walked, title)
    scores = score(walked, captions, heading)
    container = _container(walked, scores)
    if container is None:
        return None
    remembered = memory.furniture(walked, page, fields)
    leads = [lead for lead in (fields.lead, *page.meta.get("ogdescription", ())) if lead]
    return Chosen(
        walked=walked,
        units=units,
        captions=captions,
        scores=scores,
        container=container,
        heading=heading,
        candidates=_candidates(walked, scores, container, captions | remembered, "\n".join(leads)),
        remembered=remembered,
        known=Known(title=title, leads=[declared.bare(lead) for lead in leads], text=cut.declared_text(page)),
    )


def _candidates(walked: Walked, scores: Scores, container: Box, left_out: frozenset[int], leads: str) -> Sequence[int]:
    """What has any worth; outside the container some more of it, or the words of a standfirst."""
    found: list[int] = []
    for number, worth in enumerate(scores.worth):
        least = _LEAST if container.start <= number < container.end else _LEAST_OUTSIDE
        if (worth > least or walked.blocks[number].text[:_LEAD] in leads) and number not in left_out:
            found.append(number)
    return found


def _heading(walked: Walked, title: str) -> Block | None:
    return next((b for b in walked.blocks if b.kind == "h" and title and declared.bare(b.text) == title), None)


def _container(walked: Walked, scores: Scores) -> Box | None:
    """The box that holds most of the page's worth and least of anything else: the F measure of both, of all boxes."""
    weighed = [(len(block.text), worth) for block, worth in zip(walked.blocks, scores.worth, strict=True)]
    worth = list(accumulate((size * worth for size, worth in weighed), initial=0.0))
    cost = list(accumulate((size * (1 if worth >= KEPT else _ELSEWHERE) for size, worth in weighed), initial=0.0))
    total = worth[-1]

    def quality(box: Box) -> float:
        return (worth[box.end] - worth[box.start]) / (cost[box.end] - cost[box.start] + total)

    return max(walked.boxes, key=quality) if total else None
