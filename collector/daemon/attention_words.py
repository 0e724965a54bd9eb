"""What needs attention, as a value, and the words for it. Knows no archive and no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Kind = Literal[
    "daemon-dead",
    "daemon-unwell",
    "config-refused",
    "offline",
    "clock",
    "source-failing",
    "source-silent",
    "host-blocking",
    "host-closed",
    "rule-broken",
    "garbled",
    "gap",
    "given-up",
]

# In the order of their weight: what it means, and what to do.
ADVICE: Mapping[Kind, str] = {
    "daemon-dead": "Nothing is collected. Start `newskeep run` again; its last log lines say why it ended.",
    "daemon-unwell": "Work goes on by itself when the trouble ends; docs/operating.md has a line for each.",
    "config-refused": "The old configuration stays in force. Mend config.yaml; it is read again by itself.",
    "offline": "Probably our own line or its DNS. Nothing is counted against the sites; it goes on by itself.",
    "clock": "The clock was wrong then, or is wrong now: compare it with another, and see that it is kept by NTP.",
    "source-failing": "It is asked again, less often each time, and never given up. Look at its address in a browser: "
    "one that moved or ended is changed in config.yaml (`newskeep sources discover` finds the new one).",
    "source-silent": "It answers, but its list stands still: many feeds are left behind at a redesign. Look at the "
    "site; where it has news, `newskeep sources discover` finds the feed that carries it.",
    "host-blocking": "Its pages are asked for again later. Ask more rarely (`delay` in `sites`), put an address where "
    "you can be reached into `user_agent`, or ask the site to let you in.",
    "host-closed": "It is left alone until then, and its pages are asked for afterwards.",
    "rule-broken": "The site was redesigned: its pages are read by the generic extractor now. Mend its rule "
    "(`newskeep sites test`), then read the kept pages anew.",
    "garbled": "Its pages are in another charset than they say, or are broken where they are made. Look at one with "
    "`newskeep extract URL --json`, name the right one as `charset` in `sites`, then read the kept pages anew.",
    "gap": "Stories may have come and gone between the two polls; a back-fill looks for them by itself. Have it polled "
    "more often with `every`, or lower `poll_between`.",
    "given-up": "They are not asked for again. Many of one host mean a broken list or a host that blocks us.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """One thing that is not as it should be. `key` stays the same while it lasts, `text` may change.

    since: when it began, where that is known. subject: the address or host that it is about.
    covers: keys of those that it stands for. tell: whether it is worth an alarm, or only a line in `status`.
    """

    kind: Kind
    key: str
    text: str
    since: datetime | None = None
    subject: str = ""
    covers: tuple[str, ...] = ()
    tell: bool = True

    @property
    def advice(self) -> str:
        """What it means, and what to do."""
        return ADVICE[self.kind]

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "key": self.key,
            "text": self.text,
            "advice": self.advice,
            "since": self.since and self.since.isoformat(),
            "subject": self.subject or None,
            "covers": list(self.covers),
        }


def span(length: timedelta) -> str:
    """A length of time as a person says it: `40 s`, `25 minutes`, `3 hours`, `12 days`."""
    seconds = length.total_seconds()
    for unit, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds:.0f} s"


def clock(moment: datetime) -> str:
    """`2026-11-22 07:14 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def plural(number: int, noun: str) -> str:
    """`1 article`, `2,000 articles`."""
    return f"{number:,} {noun if number == 1 else noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"
