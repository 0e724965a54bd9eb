"""
Gives up bodies by age, as config.yaml has it: first what would go, then, if that is wanted, it goes. Knows no config.

Texts and rows stay, and so do the bytes of each article's first and current version. What goes is noted in its rows
before it is removed, in short transactions, so that a prune that is stopped goes on with the next one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.bodies import PRUNED
from storage.care.sweep import TOGETHER, sweep
from storage.raw import Raw

WORTH_SHRINKING = 0.1  # of the bytes of a month; less is filled by what comes in, or by the next prune

Rules = Mapping[str, float]  # walls, errors, empty, unchanged, superseded, sources -> seconds after it was captured
Tell = Callable[[str, int, int], None]  # what is done, how far, of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Bodies of one host that one rule gives up. packed: bytes in raw/."""

    host: str
    rule: str
    bodies: int
    packed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What would go, or went; freed: bytes that raw/ gained by it, which differs when others leaned on what went."""

    heaps: tuple[Heap, ...]
    freed: int = 0


def prune(
    archive: Archive, raw: Raw, rules: Rules, now: datetime, *, apply: bool = False, tell: Tell = lambda *_: None
) -> Pruned:
    """What the rules give up; removed with `apply`. Ages are counted back from `now`.

    A clock that was set ahead gives nothing up: no age is counted from later than the newest capture.
    """
    before, months, freed = _before(archive, rules, now), raw.months(), 0
    heaps: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for at, month in enumerate(months):
        tell(month, at, len(months))
        packed = {each.sha256: each.packed for each in raw.stored(month)}
        rows = [row for row in archive.prunable(month, before) if row["sha256"] in packed]
        for row in _each_body_once(rows):
            heap = heaps[row["host"], row["what"]]
            heap[0] += 1
            heap[1] += packed[row["sha256"]]
        if apply:
            freed += _remove(archive, raw, month, rows, before, now, sum(packed.values()))
    tell("done", len(months), len(months))
    found = (Heap(host=host, rule=rule, bodies=n, packed=size) for (host, rule), (n, size) in heaps.items())
    return Pruned(heaps=tuple(sorted(found, key=lambda heap: (-heap.packed, heap.host, heap.rule))), freed=freed)


def _before(archive: Archive, rules: Rules, now: datetime) -> dict[str, datetime]:
    newest = archive.newest_capture()
    sure = now if newest is None else min(now, newest)
    return {what: sure - timedelta(seconds=age) for what, age in rules.items()}


def _each_body_once(rows: list[Row]) -> Iterator[Row]:
    yield from {row["sha256"]: row for row in rows}.values()


def _remove(
    archive: Archive,
    raw: Raw,
    month: str,
    rows: list[Row],
    before: Mapping[str, datetime],
    now: datetime,
    size: int,
) -> int:
    digests = list(dict.fromkeys(row["sha256"] for row in rows))
    for some in (digests[at : at + TOGETHER] for at in range(0, len(digests), TOGETHER)):
        with archive.transaction():  # asked again: what came in since may want one of them
            archive.give_up([row["id"] for row in archive.prunable(month, before, some)], PRUNED, now)
    freed = sweep(archive, raw, month)
    if freed > WORTH_SHRINKING * size:
        raw.shrink(month)
    return freed
