"""
Who changed it: real pages, changed on purpose in one way each, and whether that is what is told of them.

    python -m bench.changes --data ../shared/pages --pages 60

publisher: a number, a word, a paragraph | template: no class and no id means anything any more | capture: the line
broke in the text | rule: the generic extractor before the site's rule, or after it | two at once.
A change that leaves what is read as it was makes no version, and is not counted.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from collector.extract import extract
from collector.extract.page import Page
from collector.extract.rule import Rule
from collector.policy.changes.attribution import Both, Case, attribute
from collector.policy.changes.said import Said
from collector.policy.changes.standing import Standing

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FOLDERS = ("fundus_pages", "fundus_eval")
NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,])")
WORD = re.compile(r"\b[^\W\d_]{5,}\b")
LOOKS = re.compile(r"""\b(class|id)=("[^"]*"|'[^']*')""")
NEW = "Nobody had seen a pale blue heron at the lock before, said the keeper of the lock, who has been there since."
Rules = Mapping[str, Rule] | None
GENERIC: Rules = {}
INSTALLED: Rules = None


class Trial(NamedTuple):
    """A page as it was and as it is, the readers of then and of now, and what should be told."""

    name: str
    old: str
    new: str
    then: Rules
    now: Rules
    wanted: str


def main() -> None:
    """Print, of each way to change a page, how many were told as they were."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/pages"))
    parser.add_argument("--pages", type=int, default=60)
    options = parser.parse_args()
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for url, text in _pages(options.data, options.pages):
        for trial in _trials(url, text):
            label = _label(url, trial)
            if label is not None:
                told[trial.name]["right" if label == trial.wanted else label] += 1
    for name, labels in told.items():
        wrong = ", ".join(f"{label} {number}" for label, number in labels.most_common() if label != "right")
        print(f"{name:24} {labels['right']:4} of {labels.total():4}{'   told: ' if wrong else ''}{wrong}")


def _pages(folder: Path, most: int) -> Iterator[tuple[str, str]]:
    golds = [
        (name, json.loads(line)) for name in FOLDERS for line in (folder / name / "gold.jsonl").open(encoding="utf-8")
    ]
    random.Random(7).shuffle(golds)
    for name, gold in golds[:most]:
        yield gold["url"], gzip.decompress((folder / name / gold["html"]).read_bytes()).decode("utf-8", "replace")


def _trials(url: str, text: str) -> Iterator[Trial]:
    """Paragraphs are changed that stand in the markup once and in the text."""
    said, dice = _read(url, text, GENERIC), random.Random(url)
    if said is None or len(said.paragraphs) < 5:
        return
    restyled = _restyled(text)
    yield Trial("template", text, restyled, GENERIC, GENERIC, "template")
    yield Trial("template, site rule", text, restyled, INSTALLED, INSTALLED, "template")
    yield Trial("rule", text, f"{text}<!-- -->", GENERIC, INSTALLED, "rule")
    yield Trial("rule taken away", text, f"{text}<!-- -->", INSTALLED, GENERIC, "rule")
    if (end := text.find(said.paragraphs[len(said.paragraphs) * 2 // 3][:40])) > 0:
        yield Trial("capture, the later one", text, text[:end], GENERIC, GENERIC, "capture")
        yield Trial("capture, the earlier one", text[:end], text, GENERIC, GENERIC, "capture")
    once = [each for each in said.paragraphs if len(each) > 60 and text.count(each) == 1]
    for paragraph in dice.sample(once, 1) if once else []:
        added = f"{paragraph}</p><p>{NEW}</p><p>"
        yield Trial("paragraph removed", text, text.replace(paragraph, ""), GENERIC, GENERIC, "publisher")
        yield Trial("paragraph added", text, text.replace(paragraph, added), GENERIC, GENERIC, "publisher")
        if word := WORD.search(paragraph):
            other = paragraph[: word.start()] + "kedgeree" + paragraph[word.end() :]
            yield Trial("word", text, text.replace(paragraph, other), GENERIC, GENERIC, "publisher")
    for paragraph in [each for each in once if NUMBER.search(each)][:1]:
        other = NUMBER.sub(lambda found: str(int(found[0]) + 7), paragraph, count=1)
        changed = text.replace(paragraph, other)
        yield Trial("figure", text, changed, GENERIC, GENERIC, "publisher, figure")
        yield Trial("figure, and another rule", text, changed, GENERIC, INSTALLED, "publisher, figure")
        yield Trial("figure, and template", text, _restyled(changed), GENERIC, GENERIC, "publisher, figure")


def _restyled(text: str) -> str:
    return LOOKS.sub(lambda found: f'{found[1]}="x{len(found[2])}"', text)


def _label(url: str, trial: Trial) -> str | None:
    """As the archive would have it; None where the page gives no second version."""
    one_reader = trial.then is trial.now
    kept = Both(
        old=_read(url, trial.old, trial.then) or Said(title="", text=""),
        new=_read(url, trial.new, trial.now) or Said(title="", text=""),
    )
    if kept.old == kept.new or not kept.old.text or not kept.new.text:
        return None
    label = attribute(
        Case(
            kept=kept,
            then=None if one_reader else _both(url, trial, trial.then),
            now=_both(url, trial, trial.now),
            same_reader=one_reader,
            old_page=_standing(url, trial.old),
            new_page=_standing(url, trial.new),
        )
    )
    return f"{label.changed_by}, figure" if "figure" in label.edits else label.changed_by


def _both(url: str, trial: Trial, reader: Rules) -> Both | None:
    old, new = _read(url, trial.old, reader), _read(url, trial.new, reader)
    return Both(old=old, new=new) if old is not None and new is not None else None


def _read(url: str, text: str, reader: Rules) -> Said | None:
    own = [each for each in extract(text, url, None, NOW, reader).articles if not each.found]
    return Said.of_article(own[0]) if own else None


def _standing(url: str, text: str) -> Standing:
    return Standing.of([(Page.parse(text, url), text.encode())])


if __name__ == "__main__":
    main()
