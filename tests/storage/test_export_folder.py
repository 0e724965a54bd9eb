"""A folder of text files follows its selection, is another's never, and is not read when nothing has changed."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive.selection import Selection
from storage.export import folder
from storage.export.text import Exported
from storage.export.whole import CannotExport
from tests.storage.shelf import Shelf, article, shelf_in

ONE = Selection(sites=("one.test",))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path / "data") as made:
        made.read("https://one.test/a", article("A", "Boats."))
        made.read("https://two.test/b", article("B", "Ice."))
        yield made


def counts(done: Exported) -> tuple[int, int, int, int]:
    return done.added, done.rewritten, done.unchanged, done.removed


def texts(out: Path) -> list[str]:
    return [path.read_text() for path in sorted(out.glob("*.txt"))]


def test_a_folder_is_of_one_selection(shelf: Shelf, tmp_path: Path) -> None:
    """Another one is refused with a word, and harms nothing; so it is in a folder of before selections were told."""
    out = tmp_path / "out"
    folder.bring_up(shelf.archive, out, ONE)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for other in (Selection(), Selection(sites=("two.test",)), Selection(sites=("one.test",), one_a_story=True)):
        with pytest.raises(CannotExport, match=r'holds the export of \{"sites":\["one.test"\]\}; name another folder'):
            folder.bring_up(shelf.archive, out, other)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    whole = tmp_path / "whole"
    folder.bring_up(shelf.archive, whole)
    (whole / "selection.json").unlink()
    with pytest.raises(CannotExport, match="a whole archive"):
        folder.bring_up(shelf.archive, whole, ONE)
    assert counts(folder.bring_up(shelf.archive, whole)) == (0, 0, 2, 0)


def test_stopped_before_a_file_is_in_its_place(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever file it is: Ctrl-C leaves no half of one, and the next export is whole."""
    replace, out = Path.replace, tmp_path / "out"
    for number in range(9):
        left = iter(range(number))

        def stopped(path: Path, target: Path, left: Iterator[int] = left) -> Path:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return replace(path, target)

        with monkeypatch.context() as now:
            now.setattr(Path, "replace", stopped)
            try:
                folder.bring_up(shelf.archive, out)
            except KeyboardInterrupt:
                assert not list(out.glob(".*.part"))
            else:
                break
        shutil.rmtree(out)
    assert number > 2
    assert len(texts(out)) == 2


def test_an_unchanged_archive_is_not_read(shelf: Shelf, tmp_path: Path) -> None:
    """The folder's state and the archive's mark tell it; a file or a line that is missing is made again."""
    out, heard = tmp_path / "out", list[int]()
    folder.bring_up(shelf.archive, out)
    again = folder.bring_up(shelf.archive, out, progress=lambda done, _: heard.append(done))
    assert (counts(again), heard) == ((0, 0, 2, 0), [])
    next(out.glob("000_*.txt")).unlink()
    assert counts(folder.bring_up(shelf.archive, out)) == (0, 1, 1, 0)
    (out / "manifest.jsonl").write_text("")
    assert counts(folder.bring_up(shelf.archive, out)) == (2, 0, 0, 0)
    shelf.read("https://one.test/a", article("A", "Boats went."))
    done = folder.bring_up(shelf.archive, out, progress=lambda done, _: heard.append(done))
    assert (counts(done), heard) == ((0, 1, 1, 0), [1, 2])


def test_an_id_that_is_given_again(shelf: Shelf, tmp_path: Path) -> None:
    """Undone, and read again otherwise from the same capture: the version has the old one's id, and another text."""
    run = shelf.reextract(2, article("B", "Read once."))
    folder.bring_up(shelf.archive, tmp_path / "out")
    shelf.undo(run)
    shelf.reextract(2, article("B", "Read twice."))
    assert counts(folder.bring_up(shelf.archive, tmp_path / "out")) == (0, 1, 1, 0)
    assert texts(tmp_path / "out")[1] == "B\n\nRead twice."


def test_what_leaves_the_selection_goes(shelf: Shelf, tmp_path: Path) -> None:
    """An edited text that no longer matches, a wall, what was taken down; their numbers stay their own."""
    out, wanted = tmp_path / "out", Selection(search="boats")
    shelf.read("https://two.test/c", article("C", "Boats, too."))
    shelf.read("https://two.test/d", article("D", "Boats as well."))
    assert counts(folder.bring_up(shelf.archive, out, wanted)) == (3, 0, 0, 0)
    shelf.read("https://one.test/a", article("A", "Herons."))
    shelf.wall(3)
    with shelf.archive.transaction():
        shelf.archive.set_tombstone("two.test/d", "https://two.test/d", "", [], shelf.now)
    assert counts(folder.bring_up(shelf.archive, out, wanted)) == (0, 0, 0, 3)
    assert texts(out) == []
    shelf.read("https://one.test/a", article("A", "Boats again."))
    folder.bring_up(shelf.archive, out, wanted)
    assert [path.name[:4] for path in out.glob("*.txt")] == ["000_"]
    kept = [json.loads(line)["url"] for line in (out / "withdrawn.jsonl").read_text().splitlines()]
    assert kept == ["https://two.test/c", "https://two.test/d"]


def test_of_a_moment(shelf: Shelf, tmp_path: Path) -> None:
    """A folder of then is the same whenever it is made, into the same folder or a new one."""
    then = Selection(as_of=shelf.now)
    folder.bring_up(shelf.archive, tmp_path / "before", then)
    shelf.read("https://one.test/a", article("A", "Edited."))
    shelf.read("https://one.test/c", article("C", "New."))
    folder.bring_up(shelf.archive, tmp_path / "after", then)
    folder.bring_up(shelf.archive, tmp_path / "before", then)
    before, after = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("before", "after"))
    assert before == after
    assert len(before) == 4


def test_one_at_a_time(shelf: Shelf, tmp_path: Path) -> None:
    """Two would give a number twice."""
    held = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(CannotExport, match="another export is writing here"):
        folder.bring_up(shelf.archive, tmp_path)
    os.close(held)
    folder.bring_up(shelf.archive, tmp_path)


def test_a_stopped_export_goes_on(shelf: Shelf, tmp_path: Path) -> None:
    """What was written before the manifest is found by its name, and the folder belongs to its selection already."""

    def stop(done: int, _: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        folder.bring_up(shelf.archive, out, progress=stop)
    assert [path.suffix for path in out.iterdir() if path.name.endswith(".part")] == []
    with pytest.raises(CannotExport):
        folder.bring_up(shelf.archive, out, ONE)
    folder.bring_up(shelf.archive, out)
    assert texts(out) == ["A\n\nBoats.", "B\n\nIce."]
