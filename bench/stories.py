"""Are copies found to be one story, and nothing else? And how long does it take to look one up?

    python -m bench.stories --data ../shared/pages
    python -m bench.stories --articles 10000 100000 1000000

--data: copies are made of real pages, and pieces that only look like copies; all come in one after the other in an
archive, with the pages among them. recall: of the pages that a copy was made of, those in whose story (or round-up)
it was found to be; precision: of the links that were made when a piece of a kind came in, those that are right.
--articles: an archive of that many, most of them numbers alone (see `bench.stories_scale`).
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import gold, stories_scale
from bench.extraction_tables import table
from bench.stories_archive import add
from bench.stories_set import Piece, copies, others, pages
from storage.archive import Archive

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--articles", nargs="+", type=int, metavar="NUMBER")
    wanted = parser.parse_args()
    if not wanted.data and not wanted.articles:
        parser.error("name --data or --articles")
    if wanted.data:
        texts = pages(gold.load(wanted.data))
        if not texts:
            sys.exit("no pages: name a folder with gold.jsonl, or with folders that hold one")
        print(table(measured(texts)))
    if wanted.articles:
        print(table([stories_scale.measured(number) for number in wanted.articles]))


def measured(texts: Sequence[str], each: int = 120, seed: int = 5) -> list[Row]:
    """A row a kind of piece, and one for all. `each`: pieces of a kind."""
    dice = random.Random(seed)
    made = [Piece("pages as they are", text, frozenset([number]), copy=False) for number, text in enumerate(texts)]
    made += dice.sample(more := [*copies(texts, dice, each), *others(texts, dice, each)], len(more))
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "archive.db")
        tallies = _tallied(archive, made)
        archive.close()
    return [_row(kind, tally) for kind, tally in [*tallies.items(), ("all", sum(tallies.values(), Counter()))]]


def _tallied(archive: Archive, made: Sequence[Piece]) -> dict[str, Counter[str]]:
    tallies = {kind: Counter[str]() for kind in dict.fromkeys(piece.kind for piece in made)}
    for number, piece in enumerate(made):
        add(archive, number, piece.text)
        linked = [made[row["other_id"] - 1] for row in archive.links(number + 1)]
        right = [other for other in linked if other.pages & piece.pages]
        tally = tallies[piece.kind]
        tally.update(pieces=1, links=len(linked), right=len(right))
        if piece.copy:
            found = piece.pages & {page for other in right for page in other.pages}
            tally.update(wanted=len(piece.pages), found=len(found))
    return tallies


def _row(kind: str, tally: Counter[str]) -> Row:
    return {
        "kind": kind,
        "pieces": tally["pieces"],
        "recall": _share(tally["found"], tally["wanted"]),
        "links": tally["links"],
        "precision": _share(tally["right"], tally["links"]),
    }


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
