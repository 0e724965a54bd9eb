"""Figures and the worst pages, with what was missed and what was too much -> one HTML page. Runs nothing.

Words are compared by difflib: paragraphs first, then the words of those that differ. That is fast enough for an
article, shows a moved paragraph as two changes, and needs no library.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Literal

from bench import measure
from bench.extraction_tables import Done, Row, shown

WORST = 20  # pages of a corpus
_LONG = 60  # words that are the same on both sides, from which on they are folded away
_CONTEXT = 12  # of them that stay to be seen at both ends
_BREAK = "\n"
_TEMPLATE = Path(__file__).with_suffix(".html")

Change = Literal["same", "missed", "surplus"]


def page(
    rows: Sequence[Row], field_rows: Sequence[Row], ours: Mapping[str, Sequence[Done]], versions: Mapping[str, str]
) -> str:
    """One self-contained document. `ours`: the extractors whose worst pages are shown."""
    return Template(_TEMPLATE.read_text("utf-8")).substitute(
        figures=_table(rows),
        fields=_table(field_rows),
        corpora=_options(row["corpus"] for row in rows),
        extractors=_options(iter(ours)),
        pages="".join(_worst(name, pages) for name, pages in ours.items()),
        versions="; ".join(f"<b>{escape(name)}</b>: {escape(said)}" for name, said in versions.items()),
    )


def worst(pages: Sequence[Done], corpus: str) -> list[Done]:
    """Those with the lowest F1, lowest first."""
    own = [page for page in pages if page.gold.corpus == corpus and page.score.match is not None]
    return sorted(own, key=lambda page: page.score.match.f1 if page.score.match else 1.0)[:WORST]


def changes(truth: Sequence[str], read: Sequence[str]) -> Iterator[tuple[Change, list[str]]]:
    """Two lists of paragraphs as runs of words; a line break between two paragraphs is a word."""
    for kind, run in groupby(_changes(truth, read), key=lambda change: change[0]):
        yield kind, [word for _, words in run for word in words]


def _changes(truth: Sequence[str], read: Sequence[str]) -> Iterator[tuple[Change, list[str]]]:
    for same, a, b in _compared([measure.tidy(one) for one in truth], [measure.tidy(one) for one in read]):
        if same:
            yield "same", _words(a)
            continue
        for same_words, missed, surplus in _compared(_words(a), _words(b)):
            if same_words:
                yield "same", missed
            else:
                yield "missed", missed
                yield "surplus", surplus


def _compared(one: list[str], other: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield tag == "equal", one[i:j], other[k:m]


def _words(paragraphs: list[str]) -> list[str]:
    return [word for paragraph in paragraphs for word in (*paragraph.split(" "), _BREAK)]


def _worst(extractor: str, pages: Sequence[Done]) -> str:
    corpora = dict.fromkeys(page.gold.corpus for page in pages)
    return "".join(_article(extractor, page) for corpus in corpora for page in worst(pages, corpus))


def _article(extractor: str, page: Done) -> str:
    match, url = page.score.match, page.gold.url
    assert match is not None, "the worst pages are those that have one"
    remarks = "".join(f"<b>{escape(tag)}</b>" for tag in page.gold.tags) + (
        f"<b>{escape(page.error)}</b>" if page.error else ""
    )
    truth = measure.closest(page.gold, page.reading.text)
    lines = [line for line in page.reading.text.split("\n") if line.strip()]
    text = "".join(_run(kind, words) for kind, words in changes(truth, lines))
    return (
        f'<details class="page" data-corpus="{escape(page.gold.corpus)}" data-extractor="{escape(extractor)}">'
        f"<summary><i style='--f1:{match.f1:.3f}'>{match.f1:.3f}</i><span>P {match.precision:.3f}</span>"
        f"<span>R {match.recall:.3f}</span><strong>{escape(page.gold.id)}</strong>{remarks}"
        "</summary>"
        f'<p class="url"><a href="{escape(url)}" rel="noreferrer">{escape(url)}</a></p>'
        f'{_wrong(page)}<div class="text" dir="auto">{text}</div></details>\n'
    )


def _wrong(page: Done) -> str:
    """The fields that are not exact: the truth, and what was read."""
    truth, read = page.gold, page.reading
    said = {
        "title": (truth.title, read.title),
        "date": (truth.published, read.published),
        "authors": (", ".join(truth.authors), ", ".join(read.authors)),
    }
    lines = (
        f"{name}: <del>{escape(said[name][0] or 'none')}</del> <ins>{escape(said[name][1] or 'none')}</ins><br>"
        for name, exact in page.score.fields.items()
        if not exact
    )
    return f'<p class="url" dir="auto">{"".join(lines)}</p>'


def _run(kind: Change, words: list[str]) -> str:
    if kind != "same":
        return f"<{_TAGS[kind]}>{_joined(words)}</{_TAGS[kind]}> " if words else ""
    if len(words) < _LONG:
        return _joined(words) + " "
    folded = words[_CONTEXT:-_CONTEXT]
    return (
        f"{_joined(words[:_CONTEXT])} <details class=same><summary>{len(folded)} words the same</summary>"
        f"{_joined(folded)}</details> {_joined(words[-_CONTEXT:])} "
    )


_TAGS = {"missed": "del", "surplus": "ins"}


def _joined(words: list[str]) -> str:
    return " ".join("¶<br>" if word == _BREAK else escape(word) for word in words)


def _options(names: Iterator[str]) -> str:
    return "".join(f"<option>{escape(name)}</option>" for name in dict.fromkeys(names))


def _table(rows: Sequence[Row]) -> str:
    """One table a corpus; the best share of each column stands out."""
    tables = []
    for corpus, group in groupby(rows, key=lambda row: row["corpus"]):
        own = list(group)
        names = list(dict.fromkeys(name for row in own for name in row if name != "corpus"))
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join(f"<tr>{''.join(_cell(name, row, own) for name in names)}</tr>" for row in own)
        tables.append(f"<h3>{escape(corpus)}</h3><div class=wide><table><tr>{head}</tr>{body}</table></div>")
    return "".join(tables)


def _cell(name: str, row: Row, rows: Sequence[Row]) -> str:
    value = row.get(name)
    best = (
        isinstance(value, float)
        and not name.startswith(("x ", "ms"))
        and value == max(each.get(name, 0.0) for each in rows)
    )
    return f"<td{' class=best' if best else ''}>{escape(shown(name, value))}</td>"
