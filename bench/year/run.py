"""Both halves of the world at once, each in a process of its own."""

import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench.year.accounts import Figures, account
from bench.year.drive import watch
from bench.year.hosts import host
from bench.year.newsrooms import newsrooms
from bench.year.quick import polls


def whole(seed: int, days: float, every: float | None) -> Figures:
    """The year as the pipeline lives it."""
    return _both(partial(_half, seed, days, every))


def quick(seed: int, days: float, every: float | None) -> Figures:
    """The polls of the year alone."""
    return _both(partial(_half_quick, seed, days, every))


def _both(half: "partial[Figures]") -> Figures:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        first, second = pool.map(half, (0, 1))
    return first + second


def _half(seed: int, days: float, every: float | None, half: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="newskeep-year-") as folder:
        year = watch(Path(folder), seed=seed, half=half, days=days, every=every)
        try:
            return account(year)
        finally:
            year.archive.close()


def _half_quick(seed: int, days: float, every: float | None, half: int) -> Figures:
    return polls([host(seed, newsroom, days) for newsroom in newsrooms(seed, half, days)], days, every)
