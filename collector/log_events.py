"""Events of the pipeline -> log lines: how loud each is, and what its detail is called there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collector.log import Level, logger
from collector.pipeline.events import Event, Kind


@dataclass(frozen=True, slots=True)
class Told:
    """level: debug for what would drown the rest. The other three: what the values of an Event are called."""

    level: Level
    detail: str = "reason"
    count: str = "count"
    subject: str = "url"


LINES: Mapping[Kind, Told] = {
    "to-poll": Told("debug"),
    "source-read": Told("info", count="new"),
    "source-unchanged": Told("debug"),
    "source-failed": Told("warning", "error"),
    "to-visit": Told("debug"),
    "visited": Told("debug"),
    "looked": Told("debug"),
    "gone": Told("info"),
    "empty": Told("info"),
    "entry-refused": Told("info", "error"),
    "entry-failed": Told("warning", "error"),
    "put-off": Told("debug"),
    "article-new": Told("info", "title"),
    "article-edited": Told("info", "title"),
    "article-unchanged": Told("debug", "title"),
    "learnt": Told("debug", subject="host"),
    "learning-failed": Told("warning", "error", subject="host"),
    "asked": Told("debug", "answer", count="bytes"),
    "wall": Told("info"),
    "worse": Told("warning"),
    "gap": Told("warning"),
    "broke": Told("error", "exception"),
    "storage-failed": Told("error", "error"),
    "storage-mended": Told("info"),
    "offline": Told("warning"),
    "online": Told("info"),
    "clock-changed": Told("warning"),
    "step-read": Told("info", count="found"),
    "step-failed": Told("warning"),
    "step-put-off": Told("info"),
    "backfill-done": Told("info", "days", subject="target"),
    "paused": Told("warning"),
    "resumed": Told("info"),
}


def hear(event: Event) -> None:
    """Ears for a pipeline: one line an event."""
    told = LINES[event.kind]
    nothing_new = event.kind == "source-read" and not event.count
    values: dict[str, Any] = {told.subject: event.url, told.detail: event.detail, told.count: event.count}
    values["seconds"] = round(event.seconds, 3)
    getattr(logger, "debug" if nothing_new else told.level)(event.kind, **{k: v for k, v in values.items() if v})
