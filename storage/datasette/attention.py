"""What needs attention: as `status` says it, with links to the page of what it is about. For the front page, and all
of it for a page of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from collector.daemon.attention import ADVICE, Attention, Kind, attention, span
from collector.daemon.finders import why_dead
from collector.urls import site_of
from storage.datasette.answers import Page
from storage.datasette.reading import Reading

HEADINGS: Mapping[Kind, str] = {
    "daemon-dead": "The daemon does not run",
    "daemon-unwell": "The daemon is not well",
    "config-refused": "A changed configuration was refused",
    "offline": "No site can be reached",
    "clock": "A clock was wrong",
    "source-failing": "Sources that fail",
    "source-silent": "Sources that are silent",
    "host-blocking": "Hosts that turn us away",
    "host-closed": "Hosts that asked to be left alone",
    "rule-broken": "Site rules that read their pages no more",
    "garbled": "Pages with unreadable characters",
    "gap": "Sources that were polled too rarely",
    "given-up": "Pages that were given up",
}
MILD: frozenset[Kind] = frozenset({"config-refused", "host-closed", "garbled", "gap", "given-up"})
TROUBLES, ALARMS = 100, 200  # that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What something is about, nothing secret in it; the source's id, or its site, where there is a page of it."""

    name: str
    source: int | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One thing that needs attention, nothing secret in its words. subjects: several, where many are told as one."""

    kind: Kind
    text: str
    since: datetime | None
    subjects: tuple[Subject, ...]

    @property
    def heading(self) -> str:
        return HEADINGS[self.kind]

    @property
    def advice(self) -> str:
        return ADVICE[self.kind]

    @property
    def words(self) -> tuple[str, str, str]:
        """The text before, of and after its one subject; the two last are empty where it does not name one."""
        return self.text.partition(self.subjects[0].name) if len(self.subjects) == 1 else (self.text, "", "")

    @property
    def weight(self) -> str:
        """A class of the style sheet."""
        return "warn" if self.kind in MILD else "bad"


def noted(reading: Reading) -> list[Noted]:
    """All of it, worst first."""
    return [
        Noted(
            kind=each.kind,
            text=reading.hide(each.text),
            since=each.since,
            subjects=tuple(_subject(reading, name) for name in _names(each)),
        )
        for each in attention(reading.archive, reading.now)
    ]


def daemon(reading: Reading) -> str:
    """A sentence on whether it runs."""
    pulse = reading.archive.pulse()
    if pulse is None:
        return "No daemon has run here yet: articles came by `newskeep fetch`, back-fills or imports."
    if dead := why_dead(pulse, reading.now):
        return f"{dead[:1].upper()}{dead[1:]}."
    running, beat = (  # of a clock that is ahead of this one: just now
        span(max(reading.now - datetime.fromisoformat(pulse[name]), timedelta())) for name in ("started_at", "beat_at")
    )
    return f"The daemon is {pulse['state']}, for {running} now; its last sign of life is of {beat} ago."


def attention_page(reading: Reading, request: Any) -> Page:
    """`/-/attention`."""
    found = noted(reading)
    return Page(
        template="attention.html",
        context={
            "groups": [(HEADINGS[kind], list(group)) for kind, group in groupby(found, lambda each: each.kind)],
            "number": len(found),
            "daemon": daemon(reading),
            "now": reading.now,
            "troubles": [_trouble(reading, row) for row in reading.archive.troubles(TROUBLES)],
            "most_troubles": TROUBLES,
            "alarms": _alarms(reading),
        },
    )


def _names(each: Attention) -> Iterator[str]:
    """Addresses and hosts. The key of one that is covered is a word and its subject."""
    if each.subject:
        yield each.subject
    for key in each.covers:
        yield key.partition(" ")[2]


def _subject(reading: Reading, name: str) -> Subject:
    if "://" in name:
        id_ = reading.archive.value("SELECT id FROM sources WHERE url = ?", [name])
        return Subject(name=reading.hide(name), source=id_)
    site = site_of(f"https://{name}/")
    known = "SELECT 1 FROM articles WHERE site = ?1 UNION SELECT 1 FROM sources WHERE site = ?1"
    return Subject(name=reading.hide(name), site=site if reading.archive.value(known, [site]) else None)


def _trouble(reading: Reading, row: dict[str, Any]) -> dict[str, Any]:
    source = row["what"] == "source" and reading.archive.value("SELECT id FROM sources WHERE url = ?", [row["url"]])
    hidden = {name: reading.hide(row[name] or "") for name in ("url", "last_error")}
    return row | hidden | {"source": source or None}


def _alarms(reading: Reading) -> list[dict[str, Any]]:
    """What the channels were told and not yet told the end of: those that go on first, then the newest."""
    rows = reading.archive.rows(
        """SELECT substr(key, 1, instr(key, ' ') - 1) AS channel, text, since, told_at, over_at FROM alarms
        ORDER BY over_at IS NOT NULL, since DESC LIMIT ?""",
        [ALARMS],
    )
    return [row | {"text": reading.hide(row["text"])} for row in rows]
