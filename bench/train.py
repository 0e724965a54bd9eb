"""
Learns the model that tells text from furniture, from pages whose text is known -> `collector/extract/judge.json`.

    python -m bench.train --data FOLDER…         prints what it reaches on sites it has not seen, and writes the model
    python -m bench.train --data FOLDER… --dry   prints only

Needs what `bench/train.txt` names. A block counts as text where most of its words stand in the truth. What a page's
figure depends on counts: a block weighs as much as its share of the page's text. Left out are pages whose truth is
doubted (tagged `gold-…`) and live blogs, which are read as several pieces.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import lightgbm
import numpy
from sklearn.model_selection import GroupKFold

from bench import gold, measure
from bench.gold import Gold
from collector.extract import choose, features, generic, judge, live, metadata
from collector.extract.boxes import Block
from collector.extract.choose import Chosen
from collector.extract.judge import Model
from collector.extract.metadata import Fields
from collector.extract.page import Page

MODELS, TREES, LEAVES, RATE = 2, 40, 8, 0.2
BOUND = -0.2  # of the logarithm of the odds: a word missed is worse than one too many
FOLDS, SEEDS = 8, 2
MODEL = Path(judge.__file__).with_name("judge.json")
# What may only speak for a text (1), or only against one (-1), whatever the pages at hand say.
_RISING = {"worth": 1, "home": 1, "shape": 1, "lexicon": -1, "linked": -1}
_MOST = 0.3  # of a page's text that one block counts for
_LEAST = 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page: what is judged on it, and the truth of each block judged."""

    gold: Gold
    whole: bool  # the page as it is
    page: Page
    fields: Fields
    chosen: Chosen
    rows: list[features.Row]
    truths: list[bool]
    weights: list[float]


def samples_of(page_gold: Gold) -> Iterator[Sample]:
    """The page, and what it would be if no name told anything; none where there is no text."""
    html = page_gold.html.decode("utf-8", "replace")
    yield from filter(None, (_sample(page_gold, html, 1.0), _sample(page_gold, _nameless(html), 0.5)))


def _nameless(html: str) -> str:
    return re.sub(r"""(<[^<>]*?)\s(?:class|id)=(?:"[^"]*"|'[^']*'|[^\s>]*)""", r"\1", re.sub(r"\sid=\S+", "", html))


def _sample(page_gold: Gold, html: str, weight: float) -> Sample | None:
    page = Page.parse(html, page_gold.url)
    fields = metadata.fields(page)
    chosen = choose.choose(page, fields)
    if chosen is None:
        return None
    blocks = [chosen.walked.blocks[number] for number in chosen.candidates]
    truths = list(_truths(page_gold, chosen.walked.blocks))
    told = [truths[block.number] for block in blocks]
    doubted = any(tag.startswith("gold-") for tag in page_gold.tags) or live.updates(chosen, set(), page)
    return Sample(
        gold=page_gold,
        whole=weight == 1.0,
        page=page,
        fields=fields,
        chosen=chosen,
        rows=features.rows(chosen),
        truths=told,
        weights=[0.0] * len(blocks) if doubted else [weight * one for one in _weights(page_gold, blocks, told)],
    )


def _truths(page_gold: Gold, blocks: Sequence[Block]) -> Iterator[bool]:
    """Each run of words of the truth is spent once, so that of a text that stands twice the first one counts."""
    left = measure.runs("\n".join(page_gold.paragraphs))
    lines = {measure.tidy(paragraph) for paragraph in page_gold.paragraphs}
    for block in blocks:
        own = measure.runs(block.text)
        if own.total() < 1 or len(next(iter(own))) < len(block.text.split()) < 4:
            yield measure.tidy(block.text) in lines
            continue
        hit = (own & left).total() > own.total() / 2
        if hit:
            left -= own
        yield hit


def _weights(page_gold: Gold, blocks: Sequence[Block], truths: Sequence[bool]) -> list[float]:
    total = sum(len(block.text) for block, truth in zip(blocks, truths, strict=True) if truth) or 1_000
    optional = {measure.tidy(page_gold.paragraphs[index]) for index in page_gold.optional}
    return [
        0.0 if measure.tidy(block.text) in optional else min(_MOST, len(block.text) / total) + _LEAST
        for block in blocks
    ]


def learn(samples: Sequence[Sample], seed: int = 0) -> Model:
    """The mean of several models, each learnt from other draws of the samples: one alone depends on a few pages.

    Their trees take turns, so that a sum over the first of them is a mean as well.
    """
    several = zip(*(_learn(samples, MODELS * seed + number) for number in range(MODELS)), strict=True)
    return Model(tuple(_tree(tree) for turn in several for tree in turn), BOUND)


def _learn(samples: Sequence[Sample], seed: int) -> list[Any]:
    weights = numpy.array([weight for one in samples for weight in one.weights])
    learner = lightgbm.LGBMClassifier(
        n_estimators=TREES,
        num_leaves=LEAVES,
        learning_rate=RATE,
        min_child_samples=20,
        subsample=0.8,
        subsample_freq=1,
        colsample_bytree=0.5,
        reg_lambda=3,
        monotone_constraints=[_RISING.get(name, 0) for name in features.NAMES],
        random_state=seed,
        deterministic=True,
        force_row_wise=True,
        n_jobs=2,
        verbose=-1,
    )
    learner.fit(
        numpy.array([row for one in samples for row in one.rows], dtype=float),
        numpy.array([truth for one in samples for truth in one.truths]),
        sample_weight=weights / weights.mean(),
    )
    return [tree["tree_structure"] for tree in learner.booster_.dump_model()["tree_info"]]


def _tree(node: dict[str, Any]) -> Any:
    if "leaf_value" in node:
        return round(node["leaf_value"] / MODELS, 4)
    return (node["split_feature"], round(node["threshold"], 4), _tree(node["left_child"]), _tree(node["right_child"]))


def unseen(samples: Sequence[Sample]) -> dict[str, list[measure.Match]]:
    """How close the reading comes by a model that has seen no page of the site: matches by corpus."""
    found: dict[str, list[measure.Match]] = {}
    groups = [one.gold.group or one.gold.site for one in samples]
    for seed in range(SEEDS):
        folds = GroupKFold(FOLDS, shuffle=True, random_state=seed)
        for known, others in folds.split(samples, groups=groups):
            model = learn([samples[number] for number in known], seed)
            for one in (samples[number] for number in others if samples[number].whole):
                found.setdefault(one.gold.corpus, []).append(_match(one, model))
    return found


def _match(one: Sample, model: Model) -> measure.Match:
    pieces = generic.pieces(one.page, one.fields, one.chosen, model.kept(one.chosen))
    return measure.match_page(one.gold, "\n".join(paragraph.text for paragraph in pieces[0].body.paragraphs))


@click.command(help=__doc__.split("\n")[1])
@click.option("--data", "folders", multiple=True, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry", is_flag=True, help="Write nothing.")
def main(folders: tuple[Path, ...], dry: bool) -> None:
    known = [one for one in gold.load(folders) if one.paragraphs]
    samples = [one for page_gold in known for one in samples_of(page_gold)]
    for corpus, matches in unseen(samples).items():
        click.echo("{:14} P {:.4f} R {:.4f} F1 {:.4f} on sites not seen".format(corpus, *measure.means(matches)))
    if not dry:
        model = learn(samples)
        told = {"features": features.NAMES, "bound": model.bound, "trees": model.trees}
        MODEL.write_text(json.dumps(told, separators=(",", ":")) + "\n", "utf-8")
        click.echo(f"{MODEL}: {len(model.trees)} trees, {MODEL.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
