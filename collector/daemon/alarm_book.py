"""
What is told when: what a channel told so far and what needs attention now -> what it has to tell. Values alone.

    not there -> seen -> (lasted) -> told -> gone -> (stayed away) -> its end is told, forgotten
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from collector.daemon.attention import Attention
from storage.archive.alarms import Alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One thing to tell. `advice`: what it means and what to do, while it lasts."""

    event: Literal["trouble", "over"]
    key: str
    text: str
    since: datetime
    advice: str = ""


def seen(book: Sequence[Alarm], found: Iterable[Attention], now: datetime, after: timedelta) -> list[Alarm]:
    """The book as it is now.

    A trouble that went before it had lasted for `after` is forgotten; one that comes back before it was away for as
    long is the same. What another trouble stands for is neither new nor over.
    """
    there = {each.key: each for each in found}
    covered = {key for each in there.values() for key in each.covers}
    kept = [_seen(alarm, there.get(alarm.key), now) for alarm in book if alarm.key not in covered or alarm.told_at]
    kept = [replace(alarm, over_at=None) if alarm.key in covered else alarm for alarm in kept]
    known = {alarm.key for alarm in kept}
    new = [Alarm(key=each.key, text=each.text, since=now) for each in there.values() if each.tell]
    return [
        *(alarm for alarm in kept if alarm.told_at or not alarm.over_at or _lasted(alarm, now, after)),
        *(alarm for alarm in new if alarm.key not in known),
    ]


def _seen(alarm: Alarm, found: Attention | None, now: datetime) -> Alarm:
    if found:
        return replace(alarm, text=found.text, over_at=None)
    return replace(alarm, over_at=alarm.over_at or now)


def due(book: Iterable[Alarm], found: Iterable[Attention], now: datetime, after: timedelta) -> list[Word]:
    """What is to be told now: troubles first. One that nobody could be told in time is told all the same."""
    advice = {each.key: each.advice for each in found}
    troubles = [
        Word(event="trouble", key=alarm.key, text=alarm.text, since=alarm.since, advice=advice.get(alarm.key, ""))
        for alarm in book
        if not alarm.told_at and _lasted(alarm, now, after)
    ]
    overs = [
        Word(event="over", key=alarm.key, text=alarm.text, since=alarm.since)
        for alarm in book
        if alarm.told_at and alarm.over_at and now - alarm.over_at >= after
    ]
    return troubles + overs


def told(book: Iterable[Alarm], words: Iterable[Word], now: datetime) -> list[Alarm]:
    """The book after these words have reached somebody."""
    events = {(word.key, word.event) for word in words}
    return [
        replace(alarm, told_at=now) if (alarm.key, "trouble") in events else alarm
        for alarm in book
        if (alarm.key, "over") not in events
    ]


def _lasted(alarm: Alarm, now: datetime, after: timedelta) -> bool:
    return (alarm.over_at or now) - alarm.since >= after
