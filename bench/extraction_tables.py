"""Readings of pages -> figures, and figures -> tables for people. Runs nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from bench import measure
from bench.gold import Gold
from bench.measure import Reading, Score

Row = dict[str, Any]
FIELDS = ("title", "published", "authors", "section", "tags", "language", "lead", "image", "paywalled")
_EXACT = {"title": "title", "published": "date", "authors": "authors"}  # those whose truth some corpora know


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One page as one extractor read it. `times`: how many bare parses of the page it took."""

    gold: Gold
    reading: Reading
    score: Score
    filled: frozenset[str]  # fields that it told
    error: str | None
    seconds: float  # of the processor
    times: float


def done(gold: Gold, told: Mapping[str, Any], parse: float) -> Done:
    """From what the worker told of a page. `parse`: seconds of a bare parse of it."""
    answer = told["answer"]
    reading = Reading(
        text=answer.get("text") or "",
        title=answer.get("title"),
        published=answer.get("published"),
        authors=tuple(answer.get("authors") or ()),
    )
    return Done(
        gold=gold,
        reading=reading,
        score=measure.score(gold, reading),
        filled=frozenset(name for name in FIELDS if answer.get(name) not in (None, "", [])),
        error=told["error"],
        seconds=told["seconds"],
        times=told["seconds"] / parse,
    )


def figures(pages: Sequence[Done]) -> Row:
    """Of one extractor on one corpus: text, fields that are exact, time."""
    scores = [page.score for page in pages]
    return (
        {"pages": len(pages)}
        | _text([one.match for one in scores if one.match], [one.untitled for one in scores if one.untitled])
        | _snippets([one.snippets for one in scores if one.snippets])
        | _means({"ROUGE": [one.rouge.f1 for one in scores if one.rouge]})
        | _means({name: [one.fields[name] for one in scores if name in one.fields] for name in _EXACT.values()})
        | {
            "empty": sum(not page.reading.text.strip() for page in pages),
            "failed": sum(bool(page.error) for page in pages),
        }
        | _time(pages)
    )


def fields(pages: Sequence[Done]) -> Row:
    """The shares of pages of which each field was told, and told exactly."""
    row: Row = {}
    for name in FIELDS:
        row[name] = fmean(name in page.filled for page in pages)
        exact = [page.score.fields[_EXACT[name]] for page in pages if _EXACT.get(name) in page.score.fields]
        row |= _means({f"{name} exact": exact})
    return row


def table(rows: Sequence[Row]) -> str:
    """Columns of even width; shares with three places, multiples with one."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([shown(name, row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(names))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def shown(name: str, value: Any) -> str:
    """One figure as people read it."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.1f}" if name.startswith(("x ", "ms")) else f"{value:.3f}"
    return str(value)


def versions(told: Mapping[str, Any]) -> dict[str, str]:
    """What an environment ran with, under the name of its first extractor."""
    parts = (f"{name} {version}" for name, version in told["versions"].items() if name.lower() in _TELLING)
    first = next(name for name in told["readers"] if name != "parse")
    return {first: ", ".join((f"Python {told['python']}", *parts))}


_TELLING = frozenset(
    {
        *("trafilatura", "htmldate", "justext", "lxml", "readability-lxml", "html-text"),
        *("newspaper4k", "resiliparse", "fundus", "selectolax"),
    }
)


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _text(matches: Sequence[measure.Match], untitled: Sequence[measure.Match]) -> Row:
    if not matches:
        return {}
    precision, recall, f1 = measure.means(matches)
    return {
        "F1": f1,
        "F1 page": fmean(match.f1 for match in matches),
        "F1 no title": measure.means(untitled)[2],
        "P": precision,
        "R": recall,
    }


def _snippets(counts: Sequence[tuple[int, int, int]]) -> Row:
    return dict(zip(("P", "R", "F1"), measure.snippet_means(counts), strict=True)) if counts else {}


def _means(columns: Mapping[str, Sequence[float]]) -> Row:
    return {name: fmean(values) for name, values in columns.items() if values}


def _time(pages: Sequence[Done]) -> Row:
    """A multiple of a bare parse: of the median page, of the slowest twentieth, of all pages together."""
    parse = sum(page.seconds / page.times for page in pages)
    return {
        "x median": median(page.times for page in pages),
        "x p95": percentile((page.times for page in pages), 0.95),
        "x all": sum(page.seconds for page in pages) / parse,
        "ms": 1000 * fmean(page.seconds for page in pages),
    }
