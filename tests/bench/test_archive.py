"""The bench of growing archives, at sizes that say nothing: what it makes is sound, and read as it was made."""

from pathlib import Path

import pytest

from bench import archive as bench
from bench.archive_frames import frames, texts
from bench.archive_make import piece
from collector.extract import extract

SHARED = Path(__file__).parent.parent.parent.parent / "shared/pages"


@pytest.mark.slow
def test_two_sizes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every figure of both sizes, and a verdict; the archives are kept."""
    assert bench.main(["--data", "--versions", "50", "100", "--keep", str(tmp_path)]) in (0, 1)
    said = capsys.readouterr().out
    for name in ("raw", "clean", "search: a phrase", "story: look-up on arrival", "newest 100", "reextract", "append"):
        assert f"\n  {name} " in said
    assert "more than half" in said.splitlines()[-1]
    assert (tmp_path / "100" / "archive.db").exists()


def test_growth() -> None:
    """A look-up grows that takes more than half as long again; a moment that nobody feels is none."""
    small = {"look-ups, ms": {"slow": 2.0, "quick": 0.1, "steady": 5.0}}
    large = {"look-ups, ms": {"slow": 3.1, "quick": 0.25, "steady": 7.4}}
    assert bench.growing([small, large]) == ["slow"]


@pytest.mark.parametrize(
    "folder", [None, pytest.param(SHARED, marks=pytest.mark.skipif(not SHARED.exists(), reason="no real pages here"))]
)
def test_a_page_is_read_as_it_was_made(folder: Path | None) -> None:
    """What is filed for a page is what the extractor reads on it: first the title, then the words in their places."""
    made = frames([folder] if folder else [], most=2)
    for number in range(4):
        one = piece(made, number)
        capture = one.capture()
        (article,) = extract(capture.body, capture.url, capture.content_type, capture.fetched_at, {}).articles
        assert (article.title, article.text) == (one.texts[0], one.result().articles[0].text)
        assert one.texts[1] in article.text


def test_versions_are_the_same_each_time() -> None:
    """Number N is what it was; an edit is of the page that it stands behind, with one paragraph changed."""
    made = frames([])
    assert texts(made[0], 7) == texts(made[0], 7)
    before, edit = piece(made, 2), piece(made, 4)
    assert (edit.url, edit.edited, before.edited) == (before.url, True, False)
    assert sum(one != other for one, other in zip(before.texts, edit.texts, strict=True)) == 1
