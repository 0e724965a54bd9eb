"""
Is every text file of a folder what the bytes say? Each is made again from raw, in all cores, without network.

line of the manifest -> its version -> recipe -> bodies -> reread, under the rule and the memory of then
                     -> columns of a version | a date that a source told -> storage.export.text.render -> same bytes?
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from collector.errors import CollectorError
from collector.pipeline.explain import reader_then
from collector.policy.changes import summary
from collector.reread import Reader, Reread
from collector.rereading import Work, reread, side_by_side
from collector.workers import Workers
from storage.archive import Archive
from storage.columns import columns
from storage.export.text import MANIFEST, NAME, WITHDRAWN, render
from storage.recipes import Recipe

LONGEST = 600  # characters of a difference that are told

Line = dict[str, Any]
Task = tuple[Line, Recipe, Reader]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A file that is not what the bytes say. `reason`: why, as far as is known; `said`: the words that differ."""

    file: str
    url: str
    reason: str
    said: str = ""


@dataclass(slots=True)
class Proof:
    """`files`: lines of the manifest; `same`: those whose file was made again to the letter."""

    files: int = 0
    same: int = 0
    differences: list[Difference] = field(default_factory=list)


def count(folder: Path) -> int:
    """How many lines `prove` will read. Raises CollectorError when the folder is no export of text files."""
    return sum(1 for _ in _lines(folder / MANIFEST))


async def prove(archive: Archive, raw: Path, folder: Path, progress: Callable[[int], None]) -> Proof:
    """Make every file of the folder again, and compare. Writes nothing. `progress` is told how many more were done.

    Raises CollectorError when the folder is no export of text files, ArchiveError, OSError.
    """
    async with Workers() as workers:
        return await compare(archive, raw, folder, progress, workers.run, workers.count * 2)


async def compare(
    archive: Archive, raw: Path, folder: Path, progress: Callable[[int], None], work: Work, at_once: int = 1
) -> Proof:
    """The same by other workers: `work` has so many jobs at once."""
    proving = _Proving(archive, raw, folder, progress, work)
    await side_by_side(proving.todo(), proving.read, at_once)
    proving.look_around()
    proving.proof.differences.sort(key=lambda each: each.file.rjust(40, "0"))
    return proving.proof


class _Proving:
    """One folder, batch after batch."""

    def __init__(self, archive: Archive, raw: Path, folder: Path, progress: Callable[[int], None], work: Work) -> None:
        self._archive, self._raw, self._folder = archive, str(raw), folder
        self._progress, self._work = progress, work
        self._listed: set[str] = set()
        self.proof = Proof()

    def todo(self) -> Iterator[Task]:
        """What can be read again; of what cannot it is told why."""
        for line in _lines(self._folder / MANIFEST):
            self.proof.files += 1
            self._listed.add(line["file"])
            task = self._task(line)
            if isinstance(task, str):
                self._differs(line, task)
                self._progress(1)
            else:
                yield task

    def _task(self, line: Line) -> Task | str:
        """Or why there is none."""
        if not NAME.fullmatch(line["file"]) or not (self._folder / line["file"]).is_file():
            return "the file is missing"
        recipe = self._archive.recipe_of(line)
        if recipe is None:
            return "no version of the archive is the one that its line tells of"
        reader = reader_then(self._archive, recipe)
        if reader is None:
            return f"its rule or memory was not kept: {recipe.extractor}, {recipe.rule_revision}"
        return line, recipe, reader

    async def read(self, batch: Sequence[Task]) -> None:
        """Compare each of the files with what is read for it now."""
        found = await reread(self._work, self._raw, [(recipe, reader) for _, recipe, reader in batch])
        for (line, recipe, _), each in zip(batch, found, strict=True):
            self._compare(line, recipe, each)
        self._progress(len(batch))

    def _compare(self, line: Line, recipe: Recipe, found: Reread) -> None:
        there = (self._folder / line["file"]).read_bytes()
        if found.article is None:
            reason = "its body is kept no longer" if found.missing else "nothing is read for it"
            self._differs(line, reason, found.reason)
            return
        values = columns(found.article)
        dates = {values["published"], *self._archive.dates_told(recipe)}
        made = {date: render(values | {"published": date}) for date in dates}
        if any(each.encode() == there for each in made.values()):
            self.proof.same += 1
            return
        if sha256(there).hexdigest() != line.get("sha256"):
            reason = "the file was changed after it was written"
        elif found.rule_revision != recipe.rule_revision:
            reason = "it was read by an older program"
        else:
            reason = "the bytes say something else"
        likeliest = made.get(line.get("published"), made[values["published"]])
        self._differs(line, reason, summary(likeliest, there.decode(errors="replace"))[:LONGEST])

    def _differs(self, line: Line, reason: str, said: str = "") -> None:
        self.proof.differences.append(Difference(file=line["file"], url=line["url"], reason=reason, said=said))

    def look_around(self) -> None:
        """Files that no line tells of, and those that are there although they were withdrawn."""
        gone = {line["file"] for line in _lines(self._folder / WITHDRAWN, needed=False)}
        for path in sorted(self._folder.iterdir()):
            if NAME.fullmatch(path.name) and path.name not in self._listed:
                reason = "it was withdrawn, and is still there" if path.name in gone else "no line tells of it"
                self.proof.differences.append(Difference(file=path.name, url="", reason=reason))


def _lines(path: Path, *, needed: bool = True) -> Iterator[Line]:
    """One that cannot be read stands for a file without a name."""
    if not path.exists():
        if needed:
            raise CollectorError(f"{path}: not there; only folders that `newskeep export` filled can be verified")
        return
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, text in enumerate(lines, 1):
            line: Line = {}
            with suppress(ValueError):
                line = json.loads(text)
            if not isinstance(line, dict) or not isinstance(line.get("file"), str):
                line = {"file": f"{path.name}:{number}"}
            yield {"url": ""} | line
