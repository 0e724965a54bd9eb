"""
Log lines on stderr: for people on a terminal, one JSON object a line elsewhere. The only door to structlog.

    logger.warning("gap", url=url)       what happened, and its values

Lines of libraries and warnings of Python come in the same form. One record is one line whatever it holds, but for a
traceback on a terminal; no secret stands in any. Knows nothing of what is logged.
"""

import json
import logging
import os
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, TextIO, cast, get_args

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.typing import EventDict, Processor

from collector.log_secrets import Secrets

Level = Literal["debug", "info", "warning", "error"]
LEVELS: tuple[Level, ...] = get_args(Level)

WIDEST = 17  # letters of an event's name
OURS = "newskeep"  # the name of our logger; all others are libraries and speak when something is wrong
# What ends a line, moves the cursor, turns the reading direction, or is no letter at all. All are one UTF-16 unit.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

logger: BoundLogger = structlog.wrap_logger(
    logging.getLogger(OURS),
    processors=[structlog.stdlib.filter_by_level, ProcessorFormatter.wrap_for_formatter],
    wrapper_class=BoundLogger,
)
_secrets = Secrets()
_installed: list[logging.Handler] = []


def to_stderr(level: Level = "info", secrets: Iterable[str] = ()) -> None:
    """All log lines go to stderr from now on, ours from `level` up. May be called again."""
    hide(secrets)
    root = logging.getLogger()
    while _installed:
        root.removeHandler(_installed.pop())
    _installed.append(handler(sys.stderr, _secrets))
    root.addHandler(_installed[0])
    root.setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))
    logging.getLogger(OURS).setLevel(level.upper())
    logging.captureWarnings(True)


def hide(secrets: Iterable[str]) -> None:
    """These stand in no line from now on; those that were hidden before stay so."""
    _secrets.add(secrets)


def hidden(text: str) -> str:
    """What is told on stderr in another form than a line, without its secrets."""
    return _secrets.hide(text)


def tell_crashes() -> None:
    """An error that ends the program is a line as any other."""
    sys.excepthook = _crashed


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logger.critical("crashed", exc_info=(kind, error, trace))


def handler(stream: TextIO, secrets: Secrets, *, terminal: bool | None = None) -> logging.Handler:
    """Writes records to a stream. `terminal`: for people; found out when left out."""
    for_people = stream.isatty() if terminal is None else terminal
    made = logging.StreamHandler(stream)
    made.setFormatter(ProcessorFormatter(processors=_for_people(secrets) if for_people else _json(secrets, stream)))
    return made


def _for_people(secrets: Secrets) -> list[Processor]:
    colours = "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    renderer = ConsoleRenderer(
        colors=colours, timestamp_key="time", pad_event_to=WIDEST, sort_keys=False, exception_formatter=plain_traceback
    )
    return [structlog.processors.format_exc_info, _Line(secrets, for_people=True), renderer]


def _json(secrets: Secrets, stream: TextIO) -> list[Processor]:
    """In the letters of the language where the stream can write them all."""
    letters = (stream.encoding or "utf-8").lower().replace("-", "") == "utf8"

    def render(_: Any, __: str, line: EventDict) -> str:
        text = json.dumps(line, ensure_ascii=not letters)
        return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

    return [structlog.processors.format_exc_info, _Line(secrets, for_people=False), render]


class _Line:
    """A record as a flat line: time, level, event, then its values, without secrets, in types that JSON has."""

    def __init__(self, secrets: Secrets, *, for_people: bool) -> None:
        self._secrets, self._for_people = secrets, for_people

    def __call__(self, _: Any, __: str, given: EventDict) -> EventDict:
        record = cast(logging.LogRecord, given.pop("_record"))
        line: dict[str, Any] = {"event": given.pop("event")}
        if not given.pop("_from_structlog"):
            line["logger"] = record.name
        trace = given.pop("exception", None)
        line = {key: self._plain(value) for key, value in (line | dict(given)).items()}
        if trace:
            line["exception"] = self._trace(str(trace))
        return {"time": self._time(record.created), "level": record.levelname.lower()} | line

    def _time(self, seconds: float) -> str:
        moment = datetime.fromtimestamp(seconds, UTC)
        if self._for_people:
            return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        return moment.isoformat(timespec="milliseconds")

    def _plain(self, value: object) -> object:
        match value:
            case None | bool() | int() | float():
                return value
            case Mapping():
                return {self._text(str(key)): self._plain(each) for key, each in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._plain(each) for each in value]
            case _:
                return self._text(str(value))

    def _text(self, text: str) -> str:
        hidden = self._secrets.hide(text)
        return UNSAFE.sub(_escape, hidden) if self._for_people else hidden

    def _trace(self, text: str) -> str:
        """On a terminal set in from the margin, so that no line of it can pass for a record."""
        hidden = self._secrets.hide(text.rstrip())
        if not self._for_people:
            return hidden
        return "\n".join("    " + UNSAFE.sub(_escape, line) for line in hidden.split("\n"))


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape", "surrogatepass").decode()
