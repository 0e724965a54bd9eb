"""Looks for what needs attention: the daemon itself, the clock, sources. The archive and a time -> Attention."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from collector.daemon.attention_words import Attention, clock, span
from collector.policy import health
from storage.archive import Archive
from storage.archive.base import Row

DEAD = timedelta(seconds=60)  # without a beat of the daemon's pulse
CLOCKS_DIFFER = timedelta(minutes=1)  # what two clocks may be apart without harm
GAPS_OF, GIVEN_UP_OF, MOST_GIVEN_UP = timedelta(days=2), timedelta(days=2), 1000
AT_FIRST = 40  # arrivals of a source: two days of a newsroom, with a night
SURE = 1.0  # weight of a source's failures in a row from which on it is no accident


def daemon(archive: Archive, now: datetime) -> Iterator[Attention]:
    """Whether it lives, and what it says of itself."""
    pulse = archive.pulse()
    if pulse is None:  # only `fetch` is used here
        return
    if dead := why_dead(pulse, now):
        since = _moment(pulse["beat_at"])
        yield Attention(kind="daemon-dead", key="daemon-dead", text=dead, since=since, tell=False)  # nobody is there to
        return
    if wrong := pulse["detail"].get("wrong"):
        yield Attention(kind="daemon-unwell", key="daemon-unwell", text=f"the daemon is not well: {'; '.join(wrong)}")
    if mistakes := pulse["detail"].get("mistakes"):
        text = f"a changed config.yaml was refused: {'; '.join(mistakes)}"
        yield Attention(kind="config-refused", key="config-refused", text=text)
    if pulse["detail"].get("offline"):
        yield Attention(kind="offline", key="offline", text="no site can be reached")


def why_dead(pulse: Row, now: datetime) -> str | None:
    """Why a daemon with this pulse does not run; None when it does."""
    beat = datetime.fromisoformat(pulse["beat_at"])
    if pulse["state"] == "stopped":
        return f"the daemon was stopped at {clock(beat)}"
    if now - beat > DEAD:
        return (
            f"the daemon (process {pulse['pid']}) gave its last sign of life {span(now - beat)} ago, at {clock(beat)}"
        )
    return None


def clocks(archive: Archive, now: datetime) -> Iterator[Attention]:
    """Whether the archive knows a later time than the clock."""
    then = archive.last_captured_at()
    if then and then > now + CLOCKS_DIFFER:
        text = f"the newest capture is of {clock(then)}, {span(then - now)} later than the clock of this machine"
        yield Attention(kind="clock", key="clock", text=text)


def failing(sources: Sequence[Row], now: datetime) -> Iterator[Attention]:
    """Sources whose last poll went wrong, longest first."""
    for source in sorted((each for each in sources if each["last_error"]), key=_failing_since):
        since = _moment(_failing_since(source))
        times = f" {source['failed']} times" if (source["failed"] or 0) > 1 else ""
        lasted = f" for {span(now - since)}" if since and times else ""
        error = source["last_error"].removeprefix(f"{source['url']}: ")
        yield Attention(
            kind="source-failing",
            key=f"failing {source['url']}",
            text=f"{source['url']} fails{times}{lasted}: {error}",
            since=since,
            subject=source["url"],
            tell=source["failures"] >= SURE,
        )


def silent(archive: Archive, sources: Sequence[Row], now: datetime) -> Iterator[Attention]:
    """Sources that answer and announce nothing new for longer than their own rhythm explains.

    The parts of a sitemap index are judged with it: one of last month is silent, as it should be.
    """
    for source in sources:
        if source["parent_id"] is not None:
            continue
        until, interval = _moment(source["last_ok"]), source["interval"] or 0.0
        if until is None or source["last_error"] or _is_fresh(source["last_new"], until, interval):
            continue
        if not health.may_be_silent(archive.last_arrivals(source["id"], AT_FIRST), until):
            continue  # as nearly always, without reading weeks of arrivals
        known = _arrivals(archive, source["id"])
        if (longest := health.silent(known, until, interval)) is not None:
            yield Attention(
                kind="source-silent",
                key=f"silent {source['url']}",
                text=f"{source['url']} has announced nothing new for {span(now - known[-1])}, "
                f"its longest pause of late was {span(longest)}",
                since=known[-1],
                subject=source["url"],
            )


def gaps(archive: Archive, now: datetime) -> Iterator[Attention]:
    """Sources of which stories may have gone by unseen."""
    for row in archive.gaps_since(now - GAPS_OF):
        after, before = datetime.fromisoformat(row["after"]), datetime.fromisoformat(row["before"])
        times = f", for the {row['number']}th time in {span(GAPS_OF)}" if row["number"] > 3 else ""
        yield Attention(
            kind="gap",
            key=f"gap {row['url']}",
            text=f"{row['url']} had nothing left at {clock(before)} of what it held at {clock(after)}{times}"
            f"{_filling(archive, row)}",
            since=after,
            subject=row["url"],
            tell=row["mended"] < row["number"],
        )


def _filling(archive: Archive, gap: Row) -> str:
    """What became of the back-fill that looks for what was missed."""
    if (id_ := gap["backfill_id"]) is None:
        return ""
    if gap["state"] != "done":
        return f"; back-fill {id_}, which fills it, is {gap['state']}"
    brought, missing = archive.backfill_brought(id_)
    articles = f"{brought:,} article{'s' * (brought != 1)}"
    if not gap["filled"]:
        return f"; back-fill {id_} brought {articles}, and found no way that goes back so far"
    return f"; filled by back-fill {id_}: {articles}{f', {missing:,} of its pages are not had yet' if missing else ''}"


def given_up(archive: Archive, now: datetime) -> Iterator[Attention]:
    """Pages that were announced of late and will not be asked for again."""
    if found := archive.given_up(now - GIVEN_UP_OF, MOST_GIVEN_UP):
        number = f"{len(found):,}{' or more' if len(found) == MOST_GIVEN_UP else ''}"
        text = (
            f"pages of the last {span(GIVEN_UP_OF)} that were given up: {number}; the newest: {found[0]['last_error']}"
        )
        yield Attention(kind="given-up", key="given-up", text=text, tell=False)


def _failing_since(source: Row) -> str:
    """The archives of old know the last poll alone."""
    return source["failing_since"] or source["last_poll"] or ""


def _is_fresh(last_new: str | None, until: datetime, interval: float) -> bool:
    """Can it be no trouble, whatever its history? Then that is not asked for."""
    then = _moment(last_new)
    return then is not None and (until - then).total_seconds() <= health.POLLS * interval


def _arrivals(archive: Archive, source_id: int) -> list[datetime]:
    """Those of the days that count; where these reach back to the first document, with what it says of the past."""
    watched = archive.watched_from_to(source_id)
    if watched is None:
        return []
    first, last = watched
    since = max(first, last - health.MEMORY)
    told = archive.first_dates(source_id, first) if since == first else []
    return health.arrivals(archive.arrivals(source_id, since), told)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
