"""What site memory is worth: each page is read with what 1, 2, 4 and all other pages of its host tell, and without.

    python -m bench.memory --data ../shared/pages [--nameless] [--judge FILE] [--show]

Sites with three pages and more. P, R and F1: of the text that is read. lost: its paragraphs that are gone with memory,
and how many of them are the truth's. beside: blocks of the page that are no part of the truth (mere links apart), and
how many of them are remembered; within: the same of the truth's own, none of which should be.
--nameless: class names and ids are made others, the same throughout a site, so that they say nothing, as on many a
site that nobody has seen. --judge: a model as of `bench.train`, which may have been learnt without these sites.
"""

import argparse
import hashlib
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import gold, measure
from bench.extraction_tables import table
from bench.gold import Gold
from collector.extract import generic, judge, metadata
from collector.extract.choose import choose
from collector.extract.judge import Model
from collector.extract.learning import learn
from collector.extract.memory import NOTHING, Profile
from collector.extract.metadata import Fields
from collector.extract.page import Page
from collector.extract.sheets import Sheet, sheet
from collector.extract.walk import walk

FEWEST = 3  # pages of a site
OTHERS = (1, 2, 4, 99)
BLOCKS = (("beside", False), ("within", True))
_NAMES = re.compile(r"""\b(class|id)=(["'])(.*?)\2""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, and what may be learnt from it."""

    gold: Gold
    page: Page
    fields: Fields
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page without and with memory; the paragraphs that are gone, and those of them that are the truth's.

    blocks: of the whole page, whether each is the truth's, and whether it is remembered.
    """

    before: measure.Match
    after: measure.Match
    lost: Sequence[str]
    wrong: Sequence[str]
    blocks: Counter[tuple[bool, bool]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--nameless", action="store_true")
    parser.add_argument("--judge", type=Path)
    parser.add_argument("--show", action="store_true", help="print what is gone")
    options = parser.parse_args(arguments)
    model = judge.parse(options.judge.read_text("utf-8")) if options.judge else judge.installed()
    began = time.perf_counter()
    sites = list(_sites(options.data, options.nameless))
    pages = sum(map(len, sites))
    print(
        f"{len(sites)} sites, {pages} pages; {(time.perf_counter() - began) / pages * 1000:.1f} ms a page to learn from"
    )
    print(table([row for others in OTHERS for row in _rows(sites, others, model, options.show)]))
    return 0


def _sites(folders: Sequence[Path], nameless: bool) -> Iterator[list[Sample]]:
    by_site: dict[str, list[Gold]] = defaultdict(list)
    for one in gold.load(folders):
        if one.paragraphs:
            by_site[one.site].append(one)
    for site in by_site.values():
        if len(site) >= FEWEST:
            yield [_sample(one, nameless) for one in site]


def _sample(one: Gold, nameless: bool) -> Sample:
    html = one.html.decode("utf-8", "replace")
    page = Page.parse(_NAMES.sub(_other_names, html) if nameless else html, one.url)
    return Sample(one, page, metadata.fields(page), sheet(page))


def _other_names(names: re.Match[str]) -> str:
    letters = (hashlib.sha256(name.encode()).hexdigest()[:8] for name in names[3].split())
    made = ("".join(chr(ord("g") + int(letter, 16) % 10) for letter in each) for each in letters)
    return f"{names[1]}={names[2]}{' '.join(made)}{names[2]}"


def _rows(sites: Sequence[Sequence[Sample]], others: int, model: Model, show: bool) -> Iterator[dict[str, Any]]:
    """One a corpus."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    draw = random.Random(1)
    for site in sites:
        for one in site:
            beside = [other.sheet for other in site if other is not one]
            known = learn(draw.sample(beside, min(others, len(beside))))
            outcome = _outcome(one, known, model)
            outcomes[one.gold.corpus].append(outcome)
            if show and others == OTHERS[-1]:
                for lost in outcome.lost:
                    print("WRONG" if lost in outcome.wrong else "     ", one.gold.key, lost[:100])
    for corpus, all_ in outcomes.items():
        yield {"corpus": corpus, "other pages": "all" if others == OTHERS[-1] else others, **_figures(all_)}


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    before, after = (measure.means(each) for each in zip(*((one.before, one.after) for one in outcomes), strict=True))
    names = ("P", "R", "F1")
    told = [one.blocks for one in outcomes]
    return {
        "pages": len(outcomes),
        **{f"{name} before": value for name, value in zip(names, before, strict=True)},
        **{f"{name} with": value for name, value in zip(names, after, strict=True)},
        "lost": sum(len(one.lost) for one in outcomes),
        "wrongly": sum(len(one.wrong) for one in outcomes),
        **{name: sum(blocks[truth, True] + blocks[truth, False] for blocks in told) for name, truth in BLOCKS},
        **{f"{name} known": sum(blocks[truth, True] for blocks in told) for name, truth in BLOCKS},
    }


def _outcome(one: Sample, known: Profile, model: Model) -> Outcome:
    before, after = _read(one, NOTHING, model), _read(one, known, model)
    lost = [each for each in before if each not in after]
    truth = {measure.tidy(each) for each in one.gold.paragraphs}
    wrong = [each for each in lost if measure.tidy(each) in truth]
    return Outcome(
        measure.match_page(one.gold, "\n".join(before)),
        measure.match_page(one.gold, "\n".join(after)),
        lost,
        wrong,
        _blocks(one, known),
    )


def _blocks(one: Sample, known: Profile) -> Counter[tuple[bool, bool]]:
    walked = walk([one.page.root])
    remembered = known.furniture(walked, one.page, one.fields)
    truth = measure.runs("\n".join(one.gold.paragraphs))
    own = [(block, measure.runs(block.text)) for block in walked.blocks if block.linked < len(block.text)]
    return Counter(
        ((runs & truth).total() > runs.total() / 2, block.number in remembered) for block, runs in own if runs
    )


def _read(one: Sample, known: Profile, model: Model) -> list[str]:
    chosen = choose(one.page, one.fields, memory=known)
    pieces = generic.pieces(one.page, one.fields, chosen, model.kept(chosen) if chosen is not None else set())
    return [paragraph.text for paragraph in pieces[0].body.paragraphs]


if __name__ == "__main__":
    sys.exit(main())
