"""What each place of a page that names a field is worth alone, beside what we choose of them.

    python -m bench.fields --data ../shared/pages [--corpus fundus_pages]

filled: pages on which the place says anything; exact: pages on which it says what the truth says; where filled: the
same of those on which it says anything and the truth is known. Fields without a truth are counted only.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import gold
from bench.extraction_tables import table
from bench.gold import Gold
from bench.measure import same_authors, same_day, same_title
from collector.extract import authors, dates, metadata, times, titles
from collector.extract.metadata import Fields
from collector.extract.page import Page
from collector.extract.said import Said
from storage.records import Moment

OURS = "our choice"
COUNTED = ("modified", "source", "section", "tags", "language", "lead", "canonical", "image", "paywalled")


@dataclass
class Tally:
    """One field: pages with a truth; by place, those with a value, with a value and a truth, with the right value."""

    known: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)

    def add(self, said: Mapping[str, Any], truth: Any, same: Callable[[Any, Any], bool]) -> None:
        self.known += bool(truth)
        for place, value in said.items():
            self.filled[place] += 1
            if truth:
                self.beside[place] += 1
                self.exact[place] += same(truth, value)

    def rows(self, name: str, pages: int) -> Iterator[dict[str, Any]]:
        """Ours first, then by how often it is right."""
        for place in sorted(self.filled, key=lambda place: (place != OURS, -self.exact[place], -self.filled[place])):
            row = {"field": name, "place": place, "filled": f"{self.filled[place] / pages:.3f}"}
            if self.known:
                row["exact"] = f"{self.exact[place] / self.known:.3f}"
                row["where filled"] = f"{self.exact[place] / max(self.beside[place], 1):.3f}"
            yield row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--corpus", nargs="+", default=[], help="of those in the folders")
    wanted = parser.parse_args()
    golds = gold.load(wanted.data, wanted.corpus)
    if not golds:
        sys.exit("no pages: name a folder with gold.jsonl, or with folders that hold one")
    print(table(tallied(golds)))


def tallied(golds: list[Gold]) -> list[dict[str, Any]]:
    """A row for each field and place."""
    tallies = {name: Tally() for name in ("title", "day", "authors", *COUNTED)}
    for one in golds:
        page = Page.parse(one.html, one.url)
        said, ours = Said(page), metadata.fields(page)
        tallies["title"].add(_titles(said, ours), one.title, same_title)
        tallies["day"].add(_days(said, ours), one.published, lambda truth, moment: same_day(truth, moment.iso()))
        tallies["authors"].add(_authors(said, ours), one.authors, same_authors)
        for name in COUNTED:
            value = getattr(ours, name)
            tallies[name].add({OURS: value} if value not in (None, "", ()) else {}, None, same_title)
    return [row for name, tally in tallies.items() for row in tally.rows(name, len(golds))]


def _titles(said: Said, ours: Fields) -> dict[str, str]:
    found = {OURS: ours.title} if ours.title else {}
    if said.headings:
        found["first heading"] = said.headings[0][1]
    for place, title in titles.sources(said):
        found.setdefault(place, titles.without_site(title, said.own_names))
    return found


def _days(said: Said, ours: Fields) -> dict[str, Moment]:
    found = {OURS: ours.published} if ours.published else {}
    for place, raw in times.published(said):
        if place not in found and (moment := dates.parse(raw, language=ours.language)) is not None:
            found[place] = moment
    return found


def _authors(said: Said, ours: Fields) -> dict[str, tuple[str, ...]]:
    found = {OURS: ours.authors} if ours.authors else {}
    for place, names in authors.sources(said, ours.language):
        found.setdefault(place, names)
    return found


if __name__ == "__main__":
    main()
