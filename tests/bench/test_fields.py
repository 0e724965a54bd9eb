"""What places of a page are worth: counted right on our own pages; on real ones, where they are at hand, not lost."""

import gzip
import json
from pathlib import Path

import pytest

from bench import fields, gold

PAGES = Path(__file__).parent.parent.parent.parent / "shared" / "pages"
PAGE = """<title>Flood closes bridge | Ford Courier</title><meta property=og:site_name content="Ford Courier">
<meta name=author content="Ford Courier"><h1>Flood closes bridge</h1><p class=byline>By Ann Bee</p>"""


def test_each_place_beside_our_choice(tmp_path: Path) -> None:
    """Filled, exact of all, exact where filled; ours first."""
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<title>Mud</title>"))
    known = {"title": "Flood closes bridge", "authors": ["Ann Bee"]}
    rows = [{"id": name, "url": "https://ford-courier.example/x", "html": f"{name}.html.gz", **known} for name in "ab"]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    told = {(row["field"], row["place"]): row for row in fields.tallied(gold.load([tmp_path]))}
    assert told["title", "our choice"] == {
        "field": "title", "place": "our choice", "filled": "1.000", "exact": "0.500", "where filled": "0.500",
    }  # fmt: skip
    assert [told["title", place]["exact"] for place in ("first heading", "title")] == ["0.500", "0.500"]
    assert [told["authors", place]["exact"] for place in ("our choice", "byline", "meta author")] == [
        "0.500",
        "0.500",
        "0.000",
    ]
    assert told["source", "our choice"] == {"field": "source", "place": "our choice", "filled": "0.500"}


@pytest.mark.slow
@pytest.mark.skipif(not PAGES.exists(), reason="no folder of real pages beside the repository")
def test_real_pages() -> None:
    """Title, day and authors are as good as they were."""
    told = {row["field"]: row for row in reversed(fields.tallied(gold.load([PAGES], ["fundus_pages"])))}
    exact = {name: float(told[name]["exact"]) for name in ("title", "day", "authors")}
    assert exact["title"] >= 0.87
    assert exact["day"] >= 0.985
    assert exact["authors"] >= 0.89
