"""The comparison of extractors: what is measured of a page, and how the report shows it."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from bench import extraction, extraction_peers, extraction_report, extraction_tables, gold
from bench.extraction import OURS, PARSE

STORY = [
    f"The harbour of town {n} was closed for {n} days, the master said, and opened again at noon." for n in range(4)
]
PAGE = f"<title>Harbour</title><article><h1>Harbour</h1>{''.join(f'<p>{one}</p>' for one in STORY)}<p>Read more</p>"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two pages of one host in a folder as the collections have it."""
    folder = tmp_path / "made_up"
    (folder / "pages").mkdir(parents=True)
    rows = []
    for number in range(2):
        path = folder / "pages" / f"{number}.html.gz"
        path.write_bytes(gzip.compress(PAGE.encode()))
        url = f"https://news.example/2026/03/14/story-{number}"
        truth = {"paragraphs": STORY, "title": "Harbour", "authors": ["Ann Bee"]}
        rows.append({"id": str(number), "url": url, "html": f"pages/{number}.html.gz", "lang": "en"} | truth)
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


def test_a_run(corpus: Path) -> None:
    """Ours in a process of its own: text, fields and time of each page, as a multiple of a bare parse."""
    golds = gold.load([corpus])
    told = extraction.told(Path(sys.executable), (PARSE, *OURS), golds, repeat=1)
    results = extraction.read(golds, [told])
    assert list(results) == list(OURS)
    assert not list(extraction.failures(results))
    rows, fields = extraction.by_corpus(results)
    assert [row["F1"] for row in rows] == [1.0] * 3
    assert [row["title"] for row in rows] == [1.0] * 3
    assert [row["authors"] for row in rows] == [0.0] * 3
    assert all(row["x median"] > 1 for row in rows)
    assert [row["title exact"] for row in fields] == [1.0] * 3


def test_the_report(corpus: Path) -> None:
    """One page with everything in it; what pages say is escaped, what is told wrongly is shown."""
    golds = gold.load([corpus])
    told = {"answer": {"text": f"{STORY[0]}\nA <b>surplus</b> line", "title": "$x"}, "error": None, "seconds": 0.002}
    done = [extraction_tables.done(each, told, parse=0.001) for each in golds]
    rows, fields = extraction.by_corpus({"ours": done})
    page = extraction_report.page(rows, fields, {"ours": done}, {"ours": "Python 3"})
    assert page.count('<details class="page"') == 2
    assert "A &lt;b&gt;surplus&lt;/b&gt; line" in page
    assert "title: <del>Harbour</del> <ins>$x</ins>" in page
    assert "http-equiv" not in page and "src=" not in page


@pytest.mark.parametrize(
    ("truth", "read", "changes"),
    [
        (["a b c"], ["a b c"], [("same", ["a", "b", "c", "\n"])]),
        (["a b c"], ["a x c"], [("same", ["a"]), ("missed", ["b"]), ("surplus", ["x"]), ("same", ["c", "\n"])]),
        (["a", "b"], ["b"], [("missed", ["a", "\n"]), ("surplus", []), ("same", ["b", "\n"])]),
        (["a"], ["a", "b"], [("same", ["a", "\n"]), ("missed", []), ("surplus", ["b", "\n"])]),
    ],
)
def test_changes(truth: list[str], read: list[str], changes: list[tuple[str, list[str]]]) -> None:
    """Paragraphs first, then the words of those that differ."""
    assert list(extraction_report.changes(truth, read)) == changes


def test_a_peer_that_cannot_be_had(tmp_path: Path) -> None:
    """Is told in a line, and left out."""
    environment = next(iter(extraction_peers.READERS))
    (tmp_path / "file").touch()
    with pytest.raises(extraction_peers.UnavailableError, match="file"):
        extraction_peers.python(environment, cache=tmp_path / "file")


def test_every_peer_is_pinned() -> None:
    """Each has its file, and each line of it names one version."""
    for name in extraction_peers.READERS:
        lines = Path(extraction_peers.PINS, f"{name}.txt").read_text().splitlines()
        assert all("==" in line for line in lines), name
