"""Moves of a way -> rows: its next steps, what it remembers, its end. In the transaction of the caller."""

from collections.abc import Mapping

from collector import urls
from collector.ways import api, feed, listing, sitemap, wayback
from collector.ways.nouns import Leaf, Moves, Step, Way
from storage.archive import Archive
from storage.archive.backfills import Backfill
from storage.archive.walks import OpenStep, Walk
from storage.records import to_json

WAYS: Mapping[str, Way] = {"sitemap": sitemap, "feed": feed, "api": api, "listing": listing, "wayback": wayback}
ENOUGH = "as many addresses as were asked for are found"


def step_of(row: OpenStep) -> Step:
    return Step(url=row.url, reads=row.reads, body=row.body or None, place=row.place)  # type: ignore[arg-type]  # one of Reads by who wrote it


def move(archive: Archive, backfill: Backfill, walk: Walk, moves: Moves) -> None:
    """What a way wants next; where it wants nothing any more, the walk ends."""
    said = {"form": moves.form, "why": moves.why, "reached": moves.reached}
    told = {name: value for name, value in said.items() if value not in ("", None)}
    if moves.notes is not None:
        told["notes"] = to_json(dict(moves.notes))
    if told:
        archive.set_walk(walk.id, **told)
    for step in moves.steps:
        archive.add_step(walk.id, step.url, urls.host_of(step.url), step.body or "", step.reads, step.place)
    if moves.over:
        archive.drop_steps(walk.id)
    if not archive.steps_open(walk.id):
        _end(archive, backfill, walk.id)


def ended(step: Step, leaf: Leaf, moves: Moves) -> str:
    """What becomes of a step. What is not there is no loss where its way asks for another in its place."""
    if not leaf.why or leaf.form:  # with a form it was read, and holds nothing
        return "done"
    replaced = (moves.steps or moves.reached) and not moves.why
    missing = step.reads != "sitemap" or 400 <= leaf.status < 500  # a sitemap that is there holds what no other does
    return "not needed" if replaced and missing else "failed"


def enough(archive: Archive, backfill: Backfill, walk: Walk) -> bool:
    """Are as many found as were asked for? Then nothing more is looked for."""
    if backfill.most is None or archive.finds_of(backfill.id) < backfill.most:
        return False
    archive.drop_steps(walk.id)
    archive.end_walk(walk.id, "done", ENOUGH)
    archive.skip_walks(backfill.id, ENOUGH)
    return True


def give_up(archive: Archive, walk: Walk, why: str) -> None:
    """Nothing answers on this way."""
    archive.drop_steps(walk.id)
    archive.end_walk(walk.id, "failed", why)


def _end(archive: Archive, backfill: Backfill, walk_id: int) -> None:
    """Where it goes back to the first day and nothing of it failed, no other way is needed but one that was named."""
    told = next(row for row in archive.walks_told(backfill.id) if row["id"] == walk_id)
    archive.set_walk(walk_id, state="done" if told["announced"] else "none")
    if told["announced"] and told["reached"] and not told["failed"] and not backfill.via:
        archive.skip_walks(backfill.id, f"the {told['way']} goes back to the first day")
