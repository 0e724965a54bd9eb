"""
The file of a sitemap -> a leaf: what may be of the span, what lies outside, the parts of an index. Knows no walk.

It is read twice, in bounded memory: at first how its lastmods behave and which addresses may stand in it twice, then
what each address means. A publication date decides (news sitemaps), else the day in the address, else the days in the
name of the document itself, else the lastmods (`sitemap_lastmod`). Front pages are no articles.
"""

import pickle
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple

from collector import urls
from collector.errors import SourceError
from collector.sources import sitemaps
from collector.sources.sitemap_bytes import opened
from collector.ways import days, sitemap_names
from collector.ways.nouns import Found, Leaf, Part, Span
from collector.ways.sitemap_lastmod import Dated, Habit, Learner, Said, bucket, dated
from storage.records import Charset, Entry, Moment

BATCH = 500  # finds that are pickled together
_WEB = datetime(1995, 1, 1, tzinfo=UTC)  # an earlier lastmod is a clock that stood at its begin
_NEWS = timedelta(days=4)  # Google wants two days; sites are late to take their news out
_BITS = 2**25  # half a million addresses set one in seventy


def read(
    file: BinaryIO, url: str, fetched_at: datetime, span: Span, site: str, out: Path | None, charset: str | None = None
) -> Leaf:
    """What the sitemap in `file`, which can be read from its begin again, says to a back-fill.

    site: as `urls.site_of` gives it. out: where the finds go, a pickled tuple of at most 500 `Found` after the other;
    None: they stand in the leaf. charset: the operator's word. `Leaf.why`: it is none, broken, or holds nothing.
    Beside the verdicts, counts and days know `later`: written after the span, and nothing tells when published.
    """
    try:
        return _Reading(file, url, fetched_at, span, site, charset).leaf(out)
    except SourceError as e:
        return Leaf(why=str(e))


class _Judged(NamedTuple):
    entry: Entry
    said: str
    found: Found
    moment: Moment | None

    @property
    def at(self) -> datetime | None:
        """When it was announced to be published; the day in its address says more of that than a lastmod."""
        if self.found.day is not None and self.entry.published is None:
            return datetime.combine(self.found.day, time(), UTC)
        return _at(self.moment)


class _Reading:
    """One document for one span."""

    def __init__(
        self, file: BinaryIO, url: str, fetched_at: datetime, span: Span, site: str, charset: str | None
    ) -> None:
        self._file, self._url, self._fetched_at, self._charset = file, url, fetched_at, charset
        self._span, self._site = span, site
        self._named = sitemap_names.days([url]).get(url)
        self._read_as: Charset | None = None
        self._form = ""

    def leaf(self, out: Path | None) -> Leaf:
        learner, twice, parts = Learner(), _Twice(), dict[str, Part]()
        for one in self._entries():
            if isinstance(one, sitemaps.Named):
                parts.setdefault(one.url, Part(url=one.url, updated=_at(one.updated)))
                continue
            twice.note(one.url or "")
            if (moment := _moment(one)) is not None:
                learner.add(moment, days.moment_of(moment))
        with ExitStack() as stack:
            tally = _Tally(stack.enter_context(out.open("wb")) if out else None)
            for judged, said in dated(self._judged(twice, habit := learner.habit()), habit, self._span):
                tally.add(judged, said)
            tally.flush()
        return self._made(tally, tuple(parts.values()), out)

    def _entries(self) -> Iterator[Entry | sitemaps.Named]:
        self._file.seek(0)
        document = opened(self._file, host=self._charset)
        self._read_as, self._form = document.charset, document.form
        return sitemaps.told(document, self._url, self._fetched_at)

    def _judged(self, twice: "_Twice", habit: Habit) -> Iterator[Dated[_Judged]]:
        for entry in self._entries():
            if not isinstance(entry, Entry) or twice.again(entry.url or ""):
                continue
            moment = _moment(entry)
            if moment is None and entry.updated is not None:
                entry = replace(entry, updated=None)  # noqa: PLW2901  the same one without a clock that stood still
            means = moment is not None and (entry.published is not None or bucket(moment) != habit.machine)
            said, day, by_lastmod = self._verdict(entry)
            if by_lastmod and (means or self._named_for(moment)):
                said = "undated"  # unless its neighbours say so, too
            yield Dated(
                what=_Judged(entry, said, Found(entry=entry, day=day), moment),
                at=_at(moment) if means else None,
                asks=said == "undated" and not self._named_for(moment),
            )

    def _verdict(self, entry: Entry) -> tuple[str, date | None, bool]:
        """And does it rest on a lastmod before the span?"""
        url = entry.url or ""
        said, day = days.verdict(entry, self._span, self._site)
        if said != "elsewhere" and urls.at_front(url):
            return "outside", day, False
        otherwise = entry.published is not None or day is not None or days.month_in(url) is not None
        return said, day, said == "outside" and not otherwise

    def _named_for(self, moment: Moment | None) -> bool:
        """Does the document's own name say more than this lastmod, which may be an edit's, or wrong?

        It does when some of its days are of the span and the page was written before all of them; when all of them are,
        or it is a month's or less, and it was written later.
        """
        if self._named is None or moment is None:
            return False
        (first, last), day = self._named, days.utc_day(moment.value)
        if last < self._span.since or self._span.until < first:
            return False
        if self._span.since <= first and last <= self._span.until and day >= first:
            return True
        return (last - first < timedelta(days=31) and day > last) or day < first - timedelta(days=1)

    def _made(self, tally: "_Tally", parts: tuple[Part, ...], out: Path | None) -> Leaf:
        updates = [part.updated for part in parts if part.updated is not None]
        return Leaf(
            found=tuple(tally.batch),
            spool=out,
            counts=dict(tally.counts),
            days=dict(tally.days),
            oldest=min((*updates, *tally.ends), default=None),
            newest=max((*updates, *tally.ends), default=None),
            falling=tally.falling,
            first=tally.first,
            last=tally.last,
            parts=parts,
            form="index" if parts else "news" if tally.is_news else self._form,
            why="" if parts or tally.first else "a sitemap of nothing",
            charset=self._read_as,
        )


class _Tally:
    """What goes into a leaf. `batch`: the finds that no file has taken."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = file
        self.batch: list[Found] = []
        self.counts: Counter[str] = Counter()
        self.days: Counter[tuple[str, str]] = Counter()
        self.ends: list[datetime] = []  # the oldest and the newest
        self.falling = True
        self.first: str | None = None
        self.last: str | None = None
        self._before: datetime | None = None
        self._published = 0

    def add(self, one: _Judged, placed: Said) -> None:
        said = {"open": one.said, "later": "later"}.get(placed, "outside")
        self.counts[said] += 1
        if said in ("within", "undated"):
            self.batch.append(one.found)
            if len(self.batch) >= BATCH:
                self.flush()
        else:
            day = one.found.day
            if day is None and placed in ("after", "later") and one.moment is not None:
                day = days.utc_day(one.moment.value)
            self.days[day.isoformat() if day else "", said] += 1
        self.first, self.last = self.first or one.entry.url, one.entry.url or self.last
        self._published += one.entry.published is not None
        if (at := one.at) is not None:
            self.falling = self.falling and (self._before is None or self._before >= at)
            self._before = at
            self.ends = [min((at, *self.ends)), max((at, *self.ends))]

    def flush(self) -> None:
        if self._file and self.batch:
            pickle.dump(tuple(self.batch), self._file, pickle.HIGHEST_PROTOCOL)
            self.batch.clear()

    @property
    def is_news(self) -> bool:
        return self._published * 5 >= self.counts.total() * 4 > 0 and self.ends[1] - self.ends[0] <= _NEWS


class _Twice:
    """Which addresses stood here before: first a bit an address for a suspicion, then exactly, of those alone."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS // 8)
        self._suspects: set[int] = set()
        self._seen: set[int] = set()

    def note(self, url: str) -> None:
        key = hash(url)
        place, bit = divmod(key % _BITS, 8)
        if self._bits[place] >> bit & 1:
            self._suspects.add(key)
        self._bits[place] |= 1 << bit

    def again(self, url: str) -> bool:
        key = hash(url)
        if key not in self._suspects:
            return False
        known = key in self._seen
        self._seen.add(key)
        return known


def _moment(entry: Entry) -> Moment | None:
    """What dates it among its neighbours."""
    if entry.published is not None:
        return entry.published
    updated = entry.updated
    return updated if updated is not None and days.moment_of(updated) >= _WEB else None


def _at(moment: Moment | None) -> datetime | None:
    at = days.moment_of(moment) if moment else None
    return at if at is not None and at >= _WEB else None
