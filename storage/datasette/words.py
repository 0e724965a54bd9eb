"""Values as people read them: moments, lengths of time, numbers, dates as exactly as they are known."""

import json
from datetime import datetime, timedelta
from typing import Any

from collector.daemon.attention_words import clock, plural, span
from storage.export.text import date_line


def moment(text: str | datetime | None) -> str:
    """`2026-11-22 07:14 UTC`; "" for None."""
    found = _moment(text)
    return clock(found) if found else ""


def instant(text: str | datetime | None) -> str:
    """For machines, as HTML wants it, which knows no microseconds: `2026-11-22T07:14:05+00:00`; "" for None."""
    found = _moment(text)
    return found.isoformat(timespec="seconds") if found else ""


def ago(text: str | datetime | None, now: datetime) -> str:
    """`3 hours ago`, `in 20 minutes`; "" for None."""
    found = _moment(text)
    if found is None:
        return ""
    passed = now - found
    return f"{span(passed)} ago" if passed >= timedelta() else f"in {span(-passed)}"


def number(value: float | None) -> str:
    """`2,000`; "" for None."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def share(value: float | None) -> str:
    """Of 1: `97 %`; one that is not whole is never told as 100 %."""
    if value is None:
        return ""
    return f"{min(round(100 * value), 99 if value < 1 else 100)} %"


def published(text: str | None) -> str:
    """`Saturday, 23 August 2025, 18:32 (UTC+08:00)`, to the precision that is known; "" for None."""
    if not text:
        return ""
    if len(text) <= 10:
        return date_line(text)
    found = datetime.fromisoformat(text)
    zone = f" ({found.tzname()})" if found.tzinfo else ""
    return f"{date_line(text)}, {found:%H:%M}{zone}"


def listed(text: str | None) -> list[Any]:
    """A JSON list as one."""
    return list(json.loads(text)) if text else []


def size(value: int | None) -> str:
    """Bytes: `512 B`, `12.3 kB`, `4.5 MB`."""
    if value is None:
        return ""
    for power, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if value >= power:
            return f"{value / power:.1f} {unit}"
    return f"{value} B"


def seconds(value: float | None) -> str:
    """A length of time: `25 minutes`; "" for None."""
    return "" if value is None else span(timedelta(seconds=value))


def _moment(text: str | datetime | None) -> datetime | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if isinstance(text, str) else text


FILTERS = {
    each.__name__: each for each in (moment, instant, ago, number, share, published, listed, plural, size, seconds)
}
