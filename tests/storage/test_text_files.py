"""The text files: their format, their names, and what a second export touches."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.export.text import date_line, export, render


def row(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "url": f"https://e.org/{number}",
        "version_id": number,
        "title": f"Story {number}",
        "text": "First paragraph.\n\nSecond paragraph.",
        "kinds": '["p","p"]',
        "published": "2025-08-23T18:32:00+08:00",
        "source": "e.org",
        "rule_revision": "r1",
        "capture_sha256": "c1",
        "read_at": "2026-11-22T12:00:00+00:00",
    } | fields


def name_of(number: int, position: int) -> str:
    return f"{position:03}_{hashlib.sha256(f'https://e.org/{number}'.encode()).hexdigest()[:16]}.txt"


def test_format() -> None:
    """Title, date, paragraphs, apart by one blank line; items of lists begin with a dash; no newline at the end."""
    text = "Lead.\n\nWhy it matters\n\nBoats\n\nIce"
    assert render(row(text=text, kinds='["p","h","li","li"]')) == (
        "Story 1\n\nSaturday, 23 August 2025\n\nLead.\n\nWhy it matters\n\n- Boats\n\n- Ice"
    )


@pytest.mark.parametrize(
    ("published", "line"),
    [
        ("2025-08-23T18:32:00+08:00", "Saturday, 23 August 2025"),
        ("2025-08-23T23:59:00-11:00", "Saturday, 23 August 2025"),
        ("2025-07-05", "Saturday, 5 July 2025"),
        ("2025-07", "July 2025"),
        ("2025", "2025"),
        (None, ""),
    ],
)
def test_date_line(published: str | None, line: str) -> None:
    """The day as it was where the story was published; no line when no date is known."""
    assert date_line(published) == line


def test_no_date_no_line() -> None:
    """Without a date the text begins right after the title."""
    assert render(row(published=None)).split("\n\n")[1] == "First paragraph."


def test_names_and_manifest(tmp_path: Path) -> None:
    """Positions from 000 in the archive's order, the digest of the address, a manifest line that proves each file."""
    export([row(1), row(2)], tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [name_of(1, 0), name_of(2, 1), "manifest.jsonl"]
    body = (tmp_path / names[0]).read_bytes()
    assert not body.endswith(b"\n") and not body.startswith(b"\xef\xbb\xbf") and b"\r" not in body
    lines = [json.loads(line) for line in (tmp_path / "manifest.jsonl").read_text().splitlines()]
    assert [line["file"] for line in lines] == names[:2]
    assert lines[0] == {
        "file": names[0],
        "url": "https://e.org/1",
        "title": "Story 1",
        "published": "2025-08-23T18:32:00+08:00",
        "source": "e.org",
        "capture_sha256": "c1",
        "rule_revision": "r1",
        "version_id": 1,
        "read_at": "2026-11-22T12:00:00+00:00",
        "sha256": hashlib.sha256(body).hexdigest(),
    }


def test_exporting_again(tmp_path: Path) -> None:
    """New articles are added, edited ones rewritten under their old name, nothing else is touched."""
    export([row(1), row(2)], tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    (tmp_path / "notes.md").write_text("mine")
    done = export([row(1), row(2, version_id=9, title="Edited"), row(3)], tmp_path)
    assert (done.added, done.rewritten, done.unchanged) == (1, 1, 1)
    after = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert after[name_of(1, 0)] == before[name_of(1, 0)]
    assert (tmp_path / name_of(2, 1)).read_text().startswith("Edited\n\n")
    assert (tmp_path / name_of(3, 2)).exists()
    assert (tmp_path / "notes.md").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 5


def test_positions_are_never_given_twice(tmp_path: Path) -> None:
    """A file that someone removed leaves its number empty for others, and gets it back itself."""
    export([row(1), row(2)], tmp_path)
    (tmp_path / name_of(2, 1)).unlink()
    export([row(1), row(3)], tmp_path)
    assert (tmp_path / name_of(3, 2)).exists()
    export([row(1), row(2), row(3)], tmp_path)
    assert (tmp_path / name_of(2, 1)).exists()


def test_a_withdrawn_text_goes(tmp_path: Path) -> None:
    """The file of a wall goes, with its line; its number is nobody else's, and its own when the article is read."""
    walls = {"c2"}
    wall, again = row(2, capture_sha256="c2"), row(2, capture_sha256="c9")  # the id of its version is given again
    export([row(1), wall], tmp_path)
    export([row(1)], tmp_path, has_left=lambda _url, _sha256: False)
    assert (tmp_path / name_of(2, 1)).exists(), "an article that this archive does not know is another one's"
    for articles in ([row(1)], [row(1), row(3)]):
        export(articles, tmp_path, has_left=lambda _, sha256: sha256 in walls)
        assert not (tmp_path / name_of(2, 1)).exists()
    assert (tmp_path / name_of(3, 2)).exists()
    lines = [json.loads(line)["url"] for line in (tmp_path / "manifest.jsonl").read_text().splitlines()]
    assert lines == ["https://e.org/1", "https://e.org/3"]
    kept = (tmp_path / "withdrawn.jsonl").read_text()
    assert json.loads(kept) == {"file": name_of(2, 1), "url": "https://e.org/2"}
    export([row(1), again, row(3)], tmp_path, has_left=lambda _, sha256: sha256 in walls)
    assert (tmp_path / name_of(2, 1)).exists()
    assert (tmp_path / "withdrawn.jsonl").read_text() == ""


def test_a_text_read_from_another_capture_is_written(tmp_path: Path) -> None:
    """An id of a withdrawn version may be given again: the capture tells that the text is another."""
    export([row(1)], tmp_path)
    assert export([row(1, capture_sha256="c9", title="Read at last")], tmp_path).rewritten == 1
    assert (tmp_path / name_of(1, 0)).read_text().startswith("Read at last")


def test_only_files_of_ours_are_removed(tmp_path: Path) -> None:
    """A manifest that names another file does not make it ours."""
    (tmp_path / "notes.md").write_text("mine")
    line = {"file": "notes.md", "url": "https://e.org/9", "capture_sha256": "c9"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(line) + "\n")
    export([], tmp_path, has_left=lambda _url, _sha256: True)
    assert (tmp_path / "notes.md").read_text() == "mine"


@pytest.mark.parametrize("damage", ["", "{", '{"file": "x"}\n', "null\n"])
def test_a_lost_or_broken_manifest_is_made_again(tmp_path: Path, damage: str) -> None:
    """Names are read from the folder too: an export that was killed before its manifest gives no second name."""
    export([row(1), row(2)], tmp_path)
    whole = (tmp_path / "manifest.jsonl").read_text()
    (tmp_path / "manifest.jsonl").write_text(damage)
    export([row(1), row(2)], tmp_path)
    assert (tmp_path / "manifest.jsonl").read_text() == whole
    assert len(list(tmp_path.iterdir())) == 3


def test_a_thousand_and_one(tmp_path: Path) -> None:
    """Past 999 the number has four digits, and the manifest keeps the order."""
    export([row(number) for number in range(1001)], tmp_path)
    assert (tmp_path / name_of(1000, 1000)).exists()
    lines = (tmp_path / "manifest.jsonl").read_text().splitlines()
    assert [int(json.loads(line)["file"].split("_")[0]) for line in lines] == list(range(1001))


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@given(title=WORDS, paragraphs=st.lists(WORDS, min_size=1, max_size=5))
def test_any_words(title: str, paragraphs: list[str]) -> None:
    """Paragraph for paragraph the text is what was read, whatever its letters."""
    text = render(
        row(title=title, published=None, text="\n\n".join(paragraphs), kinds=json.dumps(["p"] * len(paragraphs)))
    )
    assert text == "\n\n".join([title.strip(), *paragraphs])
