"""A month of five papers on one coast, in words of our own: what the pictures of docs/ show. The same each time."""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from bench.archive_make import Desk
from storage.archive import Archive
from storage.archive.base import stamp
from storage.archive.sources import Wanted
from storage.raw import Raw
from storage.records import Article, Caption, Capture, Charset, Paragraph, Result

NOW = datetime(2026, 11, 22, 16, 40, tzinfo=UTC)
DAYS = 32
PAPERS = {
    "saltmere-post.example": ("Saltmere Post", 9),
    "coastwire.example": ("Coast Wire", 7),
    "lowfen-courier.example": ("Lowfen Courier", 5),
    "tidings.example": ("Tidings of the Marsh", 4),
    "harbour-echo.example": ("Harbour Echo", 2),
}
PLACES = ("Saltmere", "Lowfen", "Heron Quay", "Eastmarsh", "Gullwick", "the Sluice", "Tollgate", "Nettlebed")
WHAT = (
    "{} opens its library on Sundays", "Ferry to {} runs ten minutes later", "School bridge in {} passes its load test",
    "{} counts 448 avocets", "Old tide mill at {} turns again", "Council lends {} a second dredger",
    "Night bus to {} finds its passengers", "Allotments in {} agree on one hedge", "{} choir looks for basses",
    "Bakers of {} light the common oven", "A wet week for {}", "Foghorn of {} sounds on a clear night",
    "Pool roof in {}: what the engineers found", "{} plants reeds against the wind", "Who paints the buoys of {}?",
)  # fmt: skip
SAYS = (
    "The council of {} said that it had waited for two winters and would not wait for a third.",
    "Volunteers who came to {} before dawn had the first boat back at the pier by nine o'clock.",
    "The harbour office in {} keeps the readings of every tide, and anybody may ask to see them.",
    "Not everybody agreed: a petition that was handed in at {} has more than four hundred names.",
    "A vote is expected in December, when the accounts of the water board for {} are read out.",
)
BEGUN = (
    "The dredging of Saltmere harbour will begin on 30 November, two weeks earlier than planned, its office says.",
    "The work is to cost 12 million and to last until spring. Ferries will leave from the north pier in that time.",
    "The harbour has silted up since the river was straightened: ferries have had to wait for the tide since 2019.",
    "“We would rather have the noise in winter than the queues in summer,” said Ada Holm, who runs the fish market.",
    "Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.",
)
EDITED = (BEGUN[0], BEGUN[1].replace("12", "15"), BEGUN[2], BEGUN[4])
ADDED = "Correction: an earlier version of this article gave the cost of the work as 12 million."


@dataclass(frozen=True, slots=True)
class Piece:
    """As `bench.archive_make.Piece`, by hand. texts: title and paragraphs."""

    host: str
    url: str
    at: datetime
    texts: Sequence[str]
    edited: bool = False
    about: dict[str, Any] = field(default_factory=dict)

    def capture(self) -> Capture:
        headers = (
            ("content-type", "text/html; charset=utf-8"),
            ("server", "press/2.4"),
            ("etag", f'"{self.at:%H%M%S}"'),
        )
        paragraphs = "".join(f"<p>{escape(each, quote=False)}</p>" for each in self.texts[1:])
        title = escape(self.texts[0], quote=False)
        page = f"<!doctype html><html lang=en><head><title>{title}</title><script src=/app.js></script></head>"
        body = (
            f"{page}<body><header>Home · News · Weather</header><article><h1>{title}</h1>{paragraphs}</article></body>"
        )
        return Capture(
            url=self.url, final_url=self.url, fetched_at=self.at, status=200, headers=headers, body=body.encode()
        )

    def result(self) -> Result:
        paragraphs = tuple(Paragraph(kind="p", text=text) for text in self.texts[1:])
        about: dict[str, Any] = {"published": self.at - timedelta(minutes=9), "published_precision": "minute"}
        read = Article(title=self.texts[0], paragraphs=paragraphs, language="en", **about | self.about)
        return Result(articles=(read,), rule_revision="generic", charset=Charset(codec="utf-8", by="header"))


def fill(folder: Path) -> None:
    """archive.db and raw/ in a folder."""
    with closing(Archive(folder / "archive.db")) as archive, closing(Raw(folder / "raw")) as raw:
        wanted = [
            Wanted(url=f"https://{host}/feed", kind="feed", site=host, title=name) for host, (name, _) in PAPERS.items()
        ]
        archive.set_sources(wanted, NOW - timedelta(days=DAYS))
        desk = Desk(archive, folder)
        for piece in sorted([*_month(), *_dredging()], key=lambda each: each.at):
            with archive.transaction(), raw.transaction():
                raw.put(piece.capture().body, piece.at, piece.host)
                desk.file([piece])  # type: ignore[list-item]  # of the same shape
        _label(archive)
        _watch(archive)


def _month() -> Iterator[Piece]:
    dice, number = random.Random(7), 0
    for ago in range(DAYS, -1, -1):
        day = (NOW - timedelta(days=ago)).replace(hour=6, minute=0)
        for host, (_, usual) in PAPERS.items():
            for _ in range(max(1, dice.randrange(usual // 2, usual + 2) // (2 if day.weekday() > 4 else 1))):
                number += 1
                at = day + timedelta(minutes=dice.randrange(600 if ago else 560))
                place = dice.choice(PLACES)
                title = dice.choice(WHAT).format(place)
                texts = [
                    title[0].upper() + title[1:],
                    *(each.format(place) for each in dice.sample(SAYS, 4)),
                ]
                texts[1] = f"{texts[0]}: that is one of {number} things that our readers wrote of this year. {texts[1]}"
                url = f"https://{host}/{at:%Y/%m}/{number}"
                yield Piece(host, url, at, texts)
                if dice.random() < 0.12 and ago:
                    other = [f"{texts[0]}, after all", texts[1].replace("two winters", "three winters"), *texts[2:]]
                    yield Piece(host, url, at + timedelta(hours=dice.randrange(2, 9)), other, edited=True)


def _dredging() -> Iterator[Piece]:
    """The story that the pictures open: the wire has it first, two papers copy it, the wire edits it twice."""
    began, wire = NOW.replace(hour=8, minute=12), "https://coastwire.example/2026/11/dredging"
    about = {
        "authors": ("Ben Reyes", "Chidi Okafor"), "section": "Harbour", "tags": ("harbour", "ferries", "dredging"),
        "source": "Coast Wire", "lead": "Ferries move to the north pier until spring.",
        "published": began - timedelta(minutes=7), "published_raw": "22 November 2026, 08:05",
        "captions": (Caption(text="The dredger at the north pier on Saturday", credit="C. Okafor"),),
    }  # fmt: skip
    first, second = (
        "Dredging of Saltmere harbour to begin two weeks early",
        "Dredging of Saltmere harbour to cost 15 million",
    )
    yield Piece("coastwire.example", wire, began, [first, *BEGUN], about=about)
    yield Piece("coastwire.example", wire, began + timedelta(hours=3), [second, *EDITED], edited=True, about=about)
    yield Piece(
        "coastwire.example", wire, began + timedelta(hours=5), [second, *EDITED, ADDED], edited=True, about=about
    )
    for host, minutes in (("saltmere-post.example", 41), ("harbour-echo.example", 96)):
        at = began + timedelta(minutes=minutes)
        yield Piece(host, f"https://{host}/2026/11/harbour", at, ["Harbour: the dredger comes early", *BEGUN])


def _label(archive: Archive) -> None:
    """As the daemon would, once it has looked at each edit."""
    for row in archive.rows("SELECT id, number, title, article_id FROM versions WHERE number > 1"):
        dredging = row["title"].startswith("Dredging")
        edits = ["headline", "figure", "paragraph-removed", "silent"] if dredging else ["headline", "figure"]
        if row["number"] == 3:
            edits = ["correction", "paragraph-added"]
        with archive.transaction():
            archive.write(
                "UPDATE versions SET changed_by = 'publisher', edits = ? WHERE id = ?", [json.dumps(edits), row["id"]]
            )


def _watch(archive: Archive) -> None:
    """What the daemon notes of itself: polls, a source that fails, walls at one paper, a pulse."""
    failing = PAPERS["harbour-echo.example"][0]
    with archive.transaction():
        write = archive.write
        write(
            """UPDATE sources SET last_poll = ?1, last_ok = ?1, last_new = ?1, next_poll = ?2, interval = 900,
            rate = 0.4, window = 40""",
            [stamp(NOW - timedelta(minutes=4)), stamp(NOW + timedelta(minutes=11))],
        )
        write(
            """UPDATE sources SET failures = 6, failing_since = ?, last_ok = ?1, last_error = 'answered 503'
            WHERE title = ?""",
            [stamp(NOW - timedelta(hours=7)), failing],
        )
        write(
            """INSERT INTO pulse (id, pid, version, started_at, beat_at, state)
            VALUES (1, 1, '0.1.0', ?, ?, 'waiting')""",
            [stamp(NOW - timedelta(days=DAYS)), stamp(NOW - timedelta(seconds=8))],
        )
        write(
            """INSERT INTO source_days (source_id, day, polls, unchanged, failed, new_entries, bytes)
            SELECT source_id, substr(found_at, 1, 10), 60, 60 - count(*), 0, count(*), 60000 FROM entry_sources
            GROUP BY 1, 2"""
        )
        write(
            """INSERT INTO captures (entry_id, url, final_url, fetched_at, status, headers, content_type, sha256, size,
            kind, via, host, reason, body_gone) SELECT id, url, url, found_at, 200, '[]', 'text/html',
            printf('%064x', id), 4321, 'wall', 'visit', host, CASE id % 2 WHEN 0 THEN 'consent' ELSE 'paywall' END,
            'pruned' FROM entries WHERE host = 'lowfen-courier.example' AND id % 6 = 0"""
        )


def ids(folder: Path) -> dict[str, int]:
    """Numbers of the story's first article and of the capture of its first version."""
    with closing(Archive(folder / "archive.db", readonly=True)) as archive:
        row = archive.row(
            """SELECT article_id AS article, capture_id AS capture FROM versions
            WHERE title LIKE 'Dredging%' AND number = 1"""
        )
    assert row is not None, "the story is among the articles"
    return row
