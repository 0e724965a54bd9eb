"""Current versions -> their captures, read again by the rules of now, in all cores. Judges no reading."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from collector.config import Config
from collector.extract import generic, rules
from collector.extract.rule import Rule
from collector.reread import Reader, Reread
from collector.rereading import reread, side_by_side
from collector.workers import Workers
from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.memories import Memory
from storage.archive.reextraction import Scope, differs, would_be
from storage.care.staging import Staged, Staging, State
from storage.records import to_json


class Rules:
    """The site rules that pages are read with: the installed ones, and before them those of a folder.

    Raises RuleError when a file of the folder is wrong.
    """

    def __init__(self, config: Config, folder: Path | None = None) -> None:
        self._config, self._folder = config, folder
        self._own = rules.load(folder) if folder is not None else {}

    def reader(self, host: str, memory: str | None) -> Reader:
        """With what pages of a host are read."""
        site = self._config.site(host)
        alias = site.rule
        own = rules.match(self._own, f"https://{alias or host}/")
        if own is not None:
            return Reader(rule=(own.name, self._written(own.name)), memory=memory, charset=site.charset)
        return Reader(alias=alias, memory=memory, charset=site.charset)

    def same(self, version: Row, memory_revision: str) -> bool:
        """Was this version read by just what would read it now? Then it reads the same: extraction is pure."""
        host, site = version["host"] or "", self._config.site(version["host"] or "")
        if site.charset or version["charset_by"] == "host" or version["memory_revision"] != memory_revision:
            return False
        rule = self._rule(site.rule or host)
        by = (f"site:{rule.name}", f"{rule.revision}+{generic.REVISION}") if rule else ("generic", generic.REVISION)
        return (version["extractor"], version["rule_revision"]) == by

    def _rule(self, host: str) -> Rule | None:
        address = f"https://{host}/"
        return rules.match(self._own, address) or rules.match(rules.installed(), address)

    def text(self, name: str, revision: str) -> str | None:
        """The file of the rule of this name, if it is the one of this revision."""
        own = self._written(name)
        return own if own and rules.parse(own, name).revision == revision else rules.of_revision(name, revision)

    def __str__(self) -> str:
        """All that decides what is read, as one digest."""
        marks = [generic.REVISION, rules.digest()]
        marks += [self._written(rule.name) for rule in self._own.values()]
        marks += [f"{host} {site.rule} {site.charset}" for host, site in sorted(self._config.sites.items())]
        return hashlib.sha256("\n".join(marks).encode()).hexdigest()

    def _written(self, name: str) -> str:
        file = self._folder / f"{name}.yaml" if self._folder else None
        return file.read_text("utf-8") if file and file.exists() else ""


def key(scope: Scope, used: Rules) -> str:
    """What a staging file is for."""
    return to_json([scope.as_json(), str(used)])


async def read(
    archive: Archive,
    staging: Staging,
    scope: Scope,
    used: Rules,
    raw: Path,
    progress: Callable[[int], None],
    *,
    every: bool = False,
) -> int:
    """Read the articles in scope again, but those that are staged. `progress` is told how many more were done.

    every: those too that were read by just these rules, this program and this memory. Returns how many those are.
    """
    async with Workers() as workers:
        reading = _Reading(archive, staging, used, raw, workers, progress)
        await side_by_side(reading.todo(scope, every=every), reading.read, workers.count * 2)
    return reading.same


class _Reading:
    """One batch after the other."""

    def __init__(
        self,
        archive: Archive,
        staging: Staging,
        used: Rules,
        raw: Path,
        workers: Workers,
        progress: Callable[[int], None],
    ) -> None:
        self._archive, self._staging, self._used, self._raw = archive, staging, used, str(raw)
        self._workers, self._progress = workers, progress
        self._memories: dict[str, Memory | None] = {}
        self.same = 0  # articles that need not be read

    def todo(self, scope: Scope, *, every: bool) -> Iterator[Row]:
        """What has to be read, site after site."""
        for site in self._archive.sites_in(scope):
            for rows in self._archive.current_of(site, scope):
                left = rows if every else [row for row in rows if not self._is_same(row)]
                known = self._staging.known([row["id"] for row in left])
                self.same += len(rows) - len(left)
                self._progress(len(rows) - len(left) + len(known))
                yield from (row for row in left if row["id"] not in known)

    def _is_same(self, version: Row) -> bool:
        memory = self._memory(version["host"] or "")
        return self._used.same(version, memory.revision if memory else "")

    async def read(self, batch: Sequence[Row]) -> None:
        recipes = {recipe.version_id: recipe for recipe in self._archive.recipes([row["id"] for row in batch])}
        jobs = [(recipes[row["id"]], self._reader(row["host"] or "")) for row in batch]
        found = await reread(self._workers.run, self._raw, jobs)
        self._staging.add(_staged(row, each) for row, each in zip(batch, found, strict=True))
        self._progress(len(batch))

    def _reader(self, host: str) -> Reader:
        memory = self._memory(host)
        return self._used.reader(host, memory.profile if memory else None)

    def _memory(self, host: str) -> Memory | None:
        if host not in self._memories:
            self._memories[host] = self._archive.memory(host)
        return self._memories[host]


def _staged(version: Row, found: Reread) -> Staged:
    values: Mapping[str, object] = would_be(version, found.article) if found.article else {}
    state: State = "same"
    if found.article is None:
        state = "missing" if found.missing else "nothing"
    elif differs(version, dict(values)):
        state = "changed"
    return Staged(
        article_id=version["article_id"],
        version_id=version["id"],
        site=version["site"],
        state=state,
        values=dict(values) if state == "changed" else {},
        extractor=found.extractor,
        rule_revision=found.rule_revision,
        memory_revision=found.memory_revision,
        reason=found.reason,
    )
