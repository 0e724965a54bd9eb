"""Dates as sites write them, and what is no date."""

import pickle
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.extract.dates import DRIFT, parse

NOW = datetime(2025, 9, 1, 12, 0, 30, tzinfo=UTC)


def read(raw: str, **hints: Any) -> tuple[str, str] | None:
    moment = parse(raw, now=NOW, **hints)
    return (moment.iso(), moment.precision) if moment else None


@pytest.mark.parametrize(
    ("raw", "iso", "precision"),
    [
        ("2025-08-23T08:41:00Z", "2025-08-23T08:41:00+00:00", "minute"),
        ("2025-08-23T08:41:00+0000", "2025-08-23T08:41:00+00:00", "minute"),
        ("2025-08-23T08:41+02", "2025-08-23T08:41:00+02:00", "minute"),
        ("2025-08-23T08:41:00", "2025-08-23T08:41:00+00:00", "minute"),
        ("2025-08-23T08:41:07-04:00", "2025-08-23T08:41:07-04:00", "second"),
        ("2025-08-23T18:32:41.118+08:00", "2025-08-23T18:32:41+08:00", "second"),
        ("2025-08-23T18:32:00.000+08:00", "2025-08-23T18:32:00+08:00", "minute"),
        ("2025-08-23T10:00:00.123456789Z", "2025-08-23T10:00:00+00:00", "minute"),
        ("2025-08-23T08:41:00+08:00[Asia/Shanghai]", "2025-08-23T08:41:00+08:00", "minute"),
        ("20250823T100000Z", "2025-08-23T10:00:00+00:00", "minute"),
        ("20250823084107", "2025-08-23T08:41:07+00:00", "second"),
        ("20250823", "2025-08-23", "day"),
        ("2025-08-23 10:00:00 UTC", "2025-08-23T10:00:00+00:00", "minute"),
        ("2025/08/23 10:00", "2025-08-23T10:00:00+00:00", "minute"),
        ("2025-08-23", "2025-08-23", "day"),
        ("2025-08-23+02:00", "2025-08-23", "day"),  # xsd:date
        ("2025-8-3", "2025-08-03", "day"),
        ("2025-08", "2025-08", "month"),
        ("2025", "2025", "year"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00", "second"),
    ],
)
def test_iso(raw: str, iso: str, precision: str) -> None:
    """ISO 8601 in the shapes that sites use; `:00` seconds are a machine's way to say a minute."""
    assert read(raw) == (iso, precision)


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("Sat, 23 Aug 2025 08:41:00 +0000", "2025-08-23T08:41:00+00:00"),
        ("23 Aug 2025 08:41:00 GMT", "2025-08-23T08:41:00+00:00"),
        ("Mon, 23 Aug 2025 08:41 GMT", "2025-08-23T08:41:00+00:00"),  # it was a Saturday
        ("Sa, 23 Aug 2025 08:41:00 GMT", "2025-08-23T08:41:00+00:00"),
        ("sam., 23 aug 2025 08:41:00 +0200", "2025-08-23T08:41:00+02:00"),
        ("Sat, 23 Aug 25 08:41:00 EST", "2025-08-23T08:41:00-05:00"),
        ("Sat, 23-Aug-2025 08:41:00 Z", "2025-08-23T08:41:00+00:00"),
        ("Fri, 22 Aug 2025 24:00:00 GMT", "2025-08-23T00:00:00+00:00"),
        ("Sat, 23 Aug 2025 08:41:00 GMT+0200", "2025-08-23T08:41:00+02:00"),
        ("Sat, 23 Aug 2025 08:41:00 UTC+3", "2025-08-23T08:41:00+03:00"),
        ("Sat, 23 Aug 2025 08:41:00 CEST", "2025-08-23T08:41:00+02:00"),
        ("Sat, 23 Aug 2025 08:41:00 BST", "2025-08-23T08:41:00+01:00"),
        ("Sat, 23 Aug 2025 08:41:00 IST", "2025-08-23T08:41:00+05:30"),
        ("Sat, 23 Aug 2025 08:41:00 JST", "2025-08-23T08:41:00+09:00"),
        ("Sat, 23 Aug 2025 08:41:00 PDT", "2025-08-23T08:41:00-07:00"),
        ("Sat, 23 Aug 2025 08:41:00 +9900", "2025-08-23T08:41:00+00:00"),  # no such zone: as if none stood there
        ("Sat Aug 23 08:41:00 2025", "2025-08-23T08:41:00+00:00"),
        ("Sat Aug 23 08:41:00 EDT 2025", "2025-08-23T08:41:00-04:00"),
        ("Sat Aug 23 2025 08:41:00 GMT+0200 (Central European Summer Time)", "2025-08-23T08:41:00+02:00"),
        ("1751272200", "2025-06-30T08:30:00+00:00"),
        ("1751272200000", "2025-06-30T08:30:00+00:00"),
        ("1751272200.25", "2025-06-30T08:30:00+00:00"),
    ],
)
def test_machines(raw: str, iso: str) -> None:
    """RFC 822 and its broken kin, asctime, JavaScript and epochs, each with the zone that was written."""
    assert read(raw) == (iso, "minute")


@pytest.mark.parametrize(
    ("raw", "iso", "precision"),
    [
        ("Saturday, 23 August 2025", "2025-08-23", "day"),
        ("August 20, 2024", "2024-08-20", "day"),
        ("Aug. 20, 2024", "2024-08-20", "day"),
        ("20 Sept 2024", "2024-09-20", "day"),
        ("2024 Aug 20", "2024-08-20", "day"),
        ("the 5th of May 2025", "2025-05-05", "day"),
        ("August 2025", "2025-08", "month"),
        ("Sat 23 Aug 2025 08.41 BST Last modified on Sun 24 Aug 2025", "2025-08-23T08:41:00+01:00", "minute"),
        ("23 Aug, 2025 08:41", "2025-08-23T08:41:00+00:00", "minute"),
        ("20 August 2024 05:12", "2024-08-20T05:12:00+00:00", "minute"),
        ("6:48 AM EDT, August 20, 2024", "2024-08-20T06:48:00-04:00", "minute"),
        ("6:48 AM ET, August 20, 2024", "2024-08-20T06:48:00-04:00", "minute"),
        ("6:48 AM ET, January 20, 2024", "2024-01-20T06:48:00-05:00", "minute"),
        ("6:48 p.m. PT, January 20, 2024", "2024-01-20T18:48:00-08:00", "minute"),
        ("12:05 AM, August 20, 2024", "2024-08-20T00:05:00+00:00", "minute"),
        ("16:30 PM, August 20, 2024", "2024-08-20T16:30:00+00:00", "minute"),
        ("Published: 4:30pm, 30 Jun 2025", "2025-06-30T16:30:00+00:00", "minute"),
        ("Updated 10:48 GMT (18:48 HKT) August 20, 2024", "2024-08-20T10:48:00+00:00", "minute"),
        ("Last updated on 5 May 2025 at 4 p.m.", "2025-05-05T16:00:00+00:00", "hour"),
        ("Posted on May 5, 2025 | Updated June 6, 2025", "2025-05-05", "day"),
    ],
)
def test_english(raw: str, iso: str, precision: str) -> None:
    """English long forms, also inside a short label; the first day is the one."""
    assert read(raw) == (iso, precision)


@pytest.mark.parametrize(
    ("raw", "hints", "iso"),
    [
        ("09-07-2025", {}, "2025-07-09"),
        ("09.07.2025", {}, "2025-07-09"),
        ("09/07/2025", {}, "2025-07-09"),
        ("08/23/2025", {}, "2025-08-23"),
        ("03/04/2025", {"order": "mdy"}, "2025-03-04"),
        ("23/08/2025", {"order": "mdy"}, "2025-08-23"),
        ("03/04/2025", {"language": "en-US"}, "2025-03-04"),
        ("03.04.2025", {"language": "en-US"}, "2025-04-03"),
        ("03/04/2025", {"language": "en_US", "order": "dmy"}, "2025-04-03"),
        ("03/04/25", {"order": "dmy"}, "2025-04-03"),
        ("25/04/03", {"order": "ymd"}, "2025-04-03"),
        ("23.08.2025 - 10:30", {"zone": "Europe/Berlin"}, "2025-08-23T10:30:00+02:00"),
    ],
)
def test_figures(raw: str, hints: dict[str, str], iso: str) -> None:
    """Days of figures: by the order given, else day first, else the only way that can be."""
    assert (read(raw, **hints) or (None,))[0] == iso


@pytest.mark.parametrize(
    ("raw", "iso", "precision"),
    [
        ("3 hours ago", "2025-09-01T09:00:00+00:00", "hour"),
        ("time3 hours ago", "2025-09-01T09:00:00+00:00", "hour"),
        ("Harbour Newsan hour ago", "2025-09-01T11:00:00+00:00", "hour"),
        ("45 mins ago", "2025-09-01T11:15:00+00:00", "minute"),
        ("Updated 5m ago", "2025-09-01T11:55:00+00:00", "minute"),
        ("1 hour and 20 minutes ago", "2025-09-01T10:40:00+00:00", "minute"),
        ("a few seconds ago", "2025-09-01T12:00:00+00:00", "minute"),
        ("just now", "2025-09-01T12:00:00+00:00", "minute"),
        ("10 seconds ago", "2025-09-01T12:00:20+00:00", "second"),
        ("a day ago", "2025-08-31", "day"),
        ("2 days ago", "2025-08-30", "day"),
        ("yesterday", "2025-08-31", "day"),
        ("Today", "2025-09-01", "day"),
        ("Yesterday at 10:30 GMT", "2025-08-31T10:30:00+00:00", "minute"),
        ("2 weeks ago", "2025-08-18", "day"),
        ("a month ago", "2025-08", "month"),
        ("9 months ago", "2024-12", "month"),
        ("a year ago", "2024", "year"),
    ],
)
def test_relative(raw: str, iso: str, precision: str) -> None:
    """Told from the fetch, in UTC, and no more exact than it was told."""
    assert read(raw) == (iso, precision)
    assert parse(raw) is None  # no clock, no reading


@pytest.mark.parametrize(
    ("raw", "language", "iso"),
    [
        ("23 de agosto de 2025, 10:30", "es", "2025-08-23T10:30:00+00:00"),
        ("23 августа 2025, 10:30 (МСК)", "ru-RU", "2025-08-23T10:30:00+03:00"),
        ("Publié le 23 août 2025 à 10h30", "fr", "2025-08-23T10:30:00+00:00"),
        ("Samstag, 23. August 2025, 10:30 Uhr", "de", "2025-08-23T10:30:00+00:00"),
        ("23 sierpnia 2025", "pl", "2025-08-23"),
        ("2025年8月23日 10:30", "ja", "2025-08-23T10:30:00+00:00"),
        ("2025년 8월 23일", "ko", "2025-08-23"),
        ("23 de março de 2025 às 10h30", "pt_BR", "2025-03-23T10:30:00+00:00"),
        ("hace 3 horas", "es", "2025-09-01T09:00:00+00:00"),
        ("vor 2 Tagen", "de", "2025-08-30"),
        ("вчера в 10:30", "ru", "2025-08-31T10:30:00+00:00"),
    ],
)
def test_other_languages(raw: str, language: str, iso: str) -> None:
    """The page's language is translated and read by the same rules."""
    assert (read(raw, language=language) or (None,))[0] == iso


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("lunes, 4 de marzo de 2024", "2024-03-04"),
        ("понедельник, 4 марта 2024 г.", "2024-03-04"),
        ("2024年3月4日", "2024-03-04"),
        ("mardi 3 mars", None),
        ("12 komentarzy 2026", None),
    ],
)
def test_unknown_language(raw: str, iso: str | None) -> None:
    """A page that names no language may still tell a whole day in any; less than that is not guessed at."""
    assert (read(raw) or (None,))[0] == iso


@pytest.mark.parametrize("language", [None, "en", "de", "xx", "not a language"])
@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "12", "10", "May", "Mai", "last week", "letzte Woche", "2013-xx-27", "25:14", "23 Aug 2025 25:14",
        "31 June 2025", "00-00-2025", "2025-13-45", "+1 202 555 0123", "(020) 7946 0958", "555-123-4567", "in 3 hours",
        "USA Today", "9999 years ago", "August 20", "12 May 10 comments", "23 August 1799", "23 August 2150",
        "5" * 5000, "1 " * 2500, "10:30", "Read more", "0000-00-00T00:00:00Z", "٢٣", "03/04/05",
    ],
)  # fmt: skip
def test_junk(raw: str, language: str | None) -> None:
    """Half a date, a telephone number and a book are no dates."""
    assert parse(raw, now=NOW, language=language) is None


@pytest.mark.parametrize(
    ("raw", "hints", "iso"),
    [
        ("2025-09-01T12:05:30Z", {}, "2025-09-01T12:05:30+00:00"),  # a clock that goes five minutes wrong
        ("2025-09-01T12:05:31Z", {}, None),
        ("2025-09-01T21:00:00", {}, "2025-09-01"),  # Sydney's clock, or wrong: the day is sure enough
        ("2025-09-03T01:00:00", {}, None),
        ("2025-09-01T21:00:00", {"zone": "Asia/Tokyo"}, "2025-09-01T21:00:00+09:00"),
        ("2025-09-01T21:00:00", {"zone": "Europe/Paris"}, None),
        ("2025-09-02", {}, "2025-09-02"),  # has begun at UTC+14
        ("2025-09-03", {}, None),
        ("2025-10", {}, None),
        ("9999999999", {}, None),
    ],
)
def test_future(raw: str, hints: dict[str, str], iso: str | None) -> None:
    """Nothing is dated after its fetch, but for clocks that go a little wrong."""
    assert (read(raw, **hints) or (None,))[0] == iso


@pytest.mark.parametrize(
    ("raw", "hints", "iso", "precision"),
    [
        ("23|08|2025 10h", {"format": "%d|%m|%Y %Hh", "zone": "Asia/Hong_Kong"}, "2025-08-23T10:00:00+08:00", "minute"),
        ("08_03_2025", {"format": "%m_%d_%Y"}, "2025-08-03", "day"),
        ("August 20, 2024", {"format": "%d.%m.%Y"}, "2024-08-20", "day"),  # the site changed its mind
        ("August 20, 2024", {"format": "%B %d"}, "2024-08-20", "day"),
        ("August 20, 2024", {"format": "%"}, "2024-08-20", "day"),
    ],
)
def test_format(raw: str, hints: dict[str, str], iso: str, precision: str) -> None:
    """A site rule's format is tried first, and forgiven where it does not fit."""
    assert read(raw, **hints) == (iso, precision)


def test_raw_is_kept() -> None:
    """`raw` is what stood there, without the blanks around it; the moment travels between processes."""
    moment = parse("  Published: 4:30pm,  30 Jun 2025\n", zone="Asia/Hong_Kong")
    assert moment is not None
    assert (moment.raw, moment.iso()) == ("Published: 4:30pm,  30 Jun 2025", "2025-06-30T16:30:00+08:00")
    assert pickle.loads(pickle.dumps(moment)) == moment


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1901, 1, 1), datetime(2099, 12, 30), timezones=ZONES))
def test_iso_round_trip(moment: datetime) -> None:
    """What ISO 8601 says to the second is read to the second, zone and all."""
    moment = moment.replace(microsecond=0)
    found = parse(moment.isoformat())
    assert found is not None
    assert (found.value, found.iso()) == (moment, moment.isoformat())


LETTERS = st.sampled_from(" 0123456789:-/.,+TZaphgdmJunAugMay年月日'’") | st.characters()


@given(st.text(LETTERS, max_size=60), st.sampled_from([None, "en-US", "fr"]), st.datetimes(datetime(1990, 1, 1)))
def test_any_text(text: str, language: str | None, now: datetime) -> None:
    """Any text gives a moment or None, never later than five minutes after the fetch."""
    now = now.replace(year=min(now.year, 2090), day=min(now.day, 28), tzinfo=UTC)
    moment = parse(text, now=now, language=language)
    if moment is None:
        return
    if isinstance(moment.value, datetime):
        assert moment.value <= now + DRIFT
    else:
        assert isinstance(moment.value, date)
        assert moment.value <= (now + timedelta(hours=14)).date()


@pytest.mark.parametrize("piece", ["1", "1-", "1:", "an hour ", "Aug ", "published ", "a", "1h ", "2025-08-", ", "])
def test_quick(piece: str) -> None:
    """No text of the longest length is slow to read."""
    raw = (piece * 200)[:200]
    started = time.perf_counter()
    parse(raw, now=NOW)
    assert time.perf_counter() - started < 0.5
