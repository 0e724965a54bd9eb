"""The model that tells text from what surrounds it: rows of features -> how likely each block is text.

A sum of small decision trees, learnt from pages whose text is known (`bench/train.py` makes `judge.json`); gradient
boosting as in Friedman, "Greedy function approximation", 2001. Knows no page.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from collector.extract import features
from collector.extract.choose import Chosen
from collector.extract.features import NAMES, Row
from collector.extract.score import KEPT

# After so many trees a sum so far from the bound is taken for decided: of 23,000 blocks 3 in 1,000 would turn.
_CLEAR = ((20, 1.6), (40, 1.2), (1_000, 0.0))
_SHORT = 1_500  # characters of a text
_SURELY_NOT = -2.5

Tree = Any  # a leaf's value, or (number of a feature, its bound, the tree up to that bound, the tree above it)


@dataclass(frozen=True, slots=True)
class Model:
    """`bound`: the sum from which on a block is text."""

    trees: tuple[Tree, ...]
    bound: float

    def kept(self, chosen: Chosen) -> set[int]:
        """The numbers of the blocks that are text.

        Of a short text the score alone decides, unless the model is sure: nearly all pages that it was learnt from have
        a long one.
        """
        all, worth = features.setting(chosen), chosen.scores.worth
        if chosen.length < _SHORT:
            inside = range(chosen.container.start, chosen.container.end)
            good = (number for number in chosen.candidates if worth[number] >= KEPT and number in inside)
            return {number for number in good if self.sum(features.row(chosen, number, all)) > _SURELY_NOT}
        return {
            number
            for number in chosen.candidates
            if features.is_plainly_text(chosen, number, all) or self.sum(features.row(chosen, number, all)) > self.bound
        }

    def sum(self, row: Row) -> float:
        """The logarithm of the odds that the block is text; of clear cases not to the end."""
        total, first = 0.0, 0
        for last, margin in _CLEAR:
            for tree in self.trees[first:last]:
                branch = tree
                while branch.__class__ is tuple:
                    feature, bound, low, high = branch
                    branch = low if row[feature] <= bound else high
                total += branch
            if abs(total - self.bound) > margin:
                break
            first = last
        return total


@cache
def installed() -> Model:
    """The model that comes with the program."""
    return parse(files("collector.extract").joinpath("judge.json").read_text("utf-8"))


def parse(text: str) -> Model:
    """A model from JSON. Raises ValueError when it was learnt from other features than `features.NAMES`."""
    told = json.loads(text)
    if told["features"] != list(NAMES):
        raise ValueError("judge.json was learnt from other features: run python -m bench.train")
    return Model(tuple(_tree(tree) for tree in told["trees"]), told["bound"])


def _tree(tree: Any) -> Tree:
    if not isinstance(tree, list):
        return float(tree)
    feature, bound, low, high = tree
    return (feature, bound, _tree(low), _tree(high))
