"""The bench of pages, at a size that says nothing: what it makes is sound, and every page is asked."""

from pathlib import Path

import pytest

from bench import pages, pages_asked
from bench.pages_asked import Asked
from storage.care.verify import verify


@pytest.mark.slow
def test_every_page_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line each, the reference first; the archive is kept, of one piece, and nothing in it is damaged."""
    ended = pages.main(["--articles", "100", "--data", "--keep", str(tmp_path), "--repeats", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith(pages_asked.REFERENCE)
    for name, _ in pages_asked.OURS + pages_asked.SEARCHES + pages_asked.THEIRS:
        assert any(line.startswith(f"{name} ") for line in lines), name
    assert (ended == 0) == (lines[-1] == "every page is within its bound")
    assert verify(tmp_path / "100").faults == []


@pytest.mark.parametrize(("warm", "over"), [([100.0, 199.0, 900.0], False), ([100.0, 201.0, 202.0], True)])
def test_the_verdict_goes_by_the_median(warm: list[float], over: bool) -> None:
    """One answer that was late says nothing of a page; half of them do."""
    assert pages.Told(Asked("search", "/-/search", 200.0), 200, 1, 5.0, warm, 3.0).over is over
