"""How days and times are written on a command line."""

import re
from datetime import UTC, date, datetime, time

import click


def to_day(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    """`2026-11-22`; for an option's `callback`. Raises click.BadParameter."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no day; write 2026-11-22") from error


def begin_of(day: date) -> datetime:
    """Midnight, UTC."""
    return datetime.combine(day, time(), UTC)


def to_moment(_context: click.Context, _option: click.Parameter, text: str | None) -> datetime | None:
    """`2026-11-22T14:30`, UTC where it names no zone: a command says the same on every machine. A day is its end."""
    if text is None:
        return None
    try:
        is_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
        moment = datetime.fromisoformat(f"{text}T23:59:59.999999" if is_day else text)
    except ValueError as error:
        said = f"{text!r} is no time; write 2026-11-22, 2026-11-22T14:30 or 2026-11-22T14:30+01:00"
        raise click.BadParameter(said) from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
