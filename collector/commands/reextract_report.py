"""The report of a re-extraction in words: a table of the sites, then each site that reads otherwise, with samples."""

import textwrap
from collections.abc import Iterator, Sequence

import click

from collector.reextract import SiteReport

KINDS = ("unchanged", "better", "worse", "different", "missing")
COLOURS = {"better": "green", "worse": "red", "different": "yellow"}
WIDTH, SHOWN = 110, 20  # letters a line; sites that are all listed, beyond it those that read otherwise alone


def in_words(reports: Sequence[SiteReport]) -> str:
    """All of it, for a terminal."""
    if not reports:
        return "no article is in scope"
    changed = [each for each in reports if each.kinds["unchanged"] < each.articles]
    same = [each for each in reports if each.kinds["unchanged"] == each.articles]
    lines = [f"{'site':30} {'articles':>9} " + " ".join(f"{kind:>10}" for kind in KINDS)]
    lines += [_row(each.site or "", each) for each in (reports if len(reports) <= SHOWN else changed)]
    if len(reports) > SHOWN and same:
        every = SiteReport(site=None, articles=sum(each.articles for each in same))
        every.kinds["unchanged"] = every.articles
        lines.append(_row(f"{len(same):,} {'other ' if changed else ''}sites", every))
    for each in changed:
        lines += ["", *_site(each)]
    return "\n".join(lines)


def _row(name: str, report: SiteReport) -> str:
    return f"{name:30} {report.articles:>9,} " + " ".join(_count(report, kind) for kind in KINDS)


def _count(report: SiteReport, kind: str) -> str:
    number = report.kinds[kind]
    text = f"{number:>10,}"
    return click.style(text, fg=COLOURS[kind]) if number and kind in COLOURS else text


def _site(report: SiteReport) -> Iterator[str]:
    yield click.style(report.site or "(no site)", bold=True)
    sums = report.sums
    yield f"  words of the text: {sums['words_lost']:,} lost, {sums['words_gained']:,} gained"
    yield f"  furniture, in words: {sums['furniture_lost']:,} lost, {sums['furniture_gained']:,} gained"
    by_name = {"lost": report.fields_lost, "gained": report.fields_gained, "changed": report.fields_changed}
    for what, fields in by_name.items():
        if fields:
            yield f"  fields {what}: " + ", ".join(f"{name} in {number:,}" for name, number in fields.most_common())
    if report.kinds["missing"]:
        yield f"  {report.kinds['missing']:,} could not be read: their bodies are not in raw/"
    for sample in report.samples:
        kind = sample.verdict.kind
        why = f": {sample.verdict.why}" if sample.verdict.why else ""
        yield f"  {click.style(kind, fg=COLOURS[kind])}{why}  {sample.title}"
        yield f"    article {sample.article_id}  {sample.url}"
        yield from textwrap.wrap(sample.difference, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)
