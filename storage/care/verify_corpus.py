"""Are the text files of a folder those that were written there, and does the archive still say what they say?

Files are written first and the manifest last: an export that was stopped leaves files that are newer than their lines.
Whether their texts are what the bytes say is another question: see `collector.proof`.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from storage.archive import Archive
from storage.archive.base import Row
from storage.care.verify_report import Advance, Fault, Report
from storage.export.folder import SELECTION
from storage.export.text import MANIFEST, NAME, WITHDRAWN, render

OLD = frozenset(
    {"file", "sha256", "version_id", "url", "title", "published", "source", "rule_revision", "capture_sha256"}
)
KEYS = OLD | {"read_at"}  # which lines of before lack
SAYS = ("url", "title", "published", "source", "rule_revision", "capture_sha256", "read_at")
# A version that was taken back since is in `withdrawn`, under the number that it had.
SAID = """SELECT articles.url, versions.title, text, kinds, versions.published, source, rule_revision,
    created_at AS read_at, captures.sha256 AS capture_sha256
FROM versions JOIN articles ON articles.id = article_id JOIN captures ON captures.id = capture_id
WHERE versions.id = ?1
UNION ALL SELECT json_extract(article, '$.url'), json_extract(version, '$.title'), json_extract(version, '$.text'),
    json_extract(version, '$.kinds'), json_extract(version, '$.published'), json_extract(version, '$.source'),
    json_extract(version, '$.rule_revision'), created_at, captures.sha256
FROM withdrawn JOIN captures ON captures.id = capture_id WHERE version_id = ?1"""
EVER = """SELECT title, text, kinds, published FROM versions
WHERE article_id = (SELECT id FROM articles WHERE url = ?)
UNION ALL SELECT json_extract(version, '$.title'), json_extract(version, '$.text'), json_extract(version, '$.kinds'),
    json_extract(version, '$.published')
FROM withdrawn WHERE json_extract(article, '$.url') = ?"""
TRIES = 3  # a daemon may be writing the folder


def corpus_faults(folder: Path, archive: Archive, report: Report, advance: Advance) -> Iterator[Fault]:
    """Faults of an exported folder of text files, which a new export mends. None where there is no such folder."""
    faults: list[Fault] = []
    for _ in range(TRIES if folder.is_dir() else 0):
        before = _bytes(folder / MANIFEST)
        faults = list(_Folder(folder, archive).faults(report, advance))
        if not faults or _bytes(folder / MANIFEST) == before:
            break
    yield from faults


class _Folder:
    """One reading of the manifest and of the files that it names."""

    def __init__(self, folder: Path, archive: Archive) -> None:
        self._folder, self._archive = folder, archive
        self._bad: list[str] = []
        self._lines, self._withdrawn = self._read(MANIFEST), self._read(WITHDRAWN)
        self._urls: dict[str, str] = {}  # by the hex of a file's name
        going = archive.rows("SELECT url FROM tombstones WHERE done_at IS NULL")
        self._going = {
            _hex16(row["url"]) for row in going
        }  # a takedown that was stopped: it removes them when it goes on

    def _read(self, name: str) -> dict[str, Row]:
        """The lines by the names of their files."""
        lines = {}
        *texts, rest = _bytes(self._folder / name).decode(errors="replace").split("\n")
        if rest:
            self._bad.append(f"{name}:{len(texts) + 1}")
        for number, text in enumerate(texts, 1):
            try:
                line = json.loads(text)
                match = NAME.fullmatch(line["file"])
                mark = _hex16(line["url"])
            except (ValueError, KeyError, TypeError, AttributeError):
                self._bad.append(f"{name}:{number}")
            else:
                if match and match[2] == mark:
                    lines[line["file"]] = line
                else:
                    self._bad.append(f"{name}:{number}")
        return lines

    def faults(self, report: Report, advance: Advance) -> Iterator[Fault]:
        report.counts["files"] = report.counts["behind"] = 0
        if not self._selects_all():
            self._bad.append(SELECTION)
        for place in self._bad:
            yield self._fault(place, "cannot be read, or is not ours")
        there = sorted(path.name for path in self._folder.iterdir() if NAME.fullmatch(path.name))
        for name in sorted(self._lines.keys() - {*there} - self._withdrawn.keys()):
            if _mark(name) not in self._going:
                yield self._fault(name, "is missing")
        for name in there:
            body = _bytes(self._folder / name)
            line = self._lines.get(name, {})
            report.counts["files"] += 1
            if _mark(name) in self._going:
                continue
            if line.get("sha256") != sha256(body).hexdigest():
                if not self._ever(name, body):
                    yield self._fault(name, "is not as it was written" if line else "was written by nobody")
                    continue
                report.counts["behind"] += 1
            if line and (said := self._unlike(line)):
                yield self._fault(MANIFEST, f"{name}: {said}")
            advance(len(body))

    def _selects_all(self) -> bool:
        """Does the folder say that it holds the whole archive? One of before says nothing."""
        text = _bytes(self._folder / SELECTION)
        try:
            return not text or json.loads(text)["selection"] == {}
        except (ValueError, KeyError, TypeError):
            return False

    def _unlike(self, line: Row) -> str:
        """In what no version with its number says the same as its line; "" where one does."""
        if line.keys() not in (KEYS, OLD):
            return "other fields than ours"
        said = "no version of the archive says so"
        for version in self._archive.rows(SAID, [line["version_id"]]):
            different = [name for name in SAYS if name in line and line[name] != version[name]]
            different += ["text"] * (sha256(_rendered(version) or b"").hexdigest() != line["sha256"])
            if not different:
                return ""
            said = f"{', '.join(different)}: not as in version {line['version_id']}"
        return said

    def _ever(self, name: str, body: bytes) -> bool:
        """Did any version of its article ever say this?"""
        if not self._urls:
            self._urls = {_hex16(row["url"]): row["url"] for row in self._archive.rows("SELECT url FROM articles")}
            known = "SELECT DISTINCT json_extract(article, '$.url') AS url FROM withdrawn"
            self._urls |= {_hex16(row["url"]): row["url"] for row in self._archive.rows(known)}
        url = self._urls.get(_mark(name))
        return any(_rendered(version) == body for version in self._archive.rows(EVER, [url, url]))

    def _fault(self, name: str, said: str) -> Fault:
        return Fault(place=f"{self._folder.name}/{name}", said=said, mend="corpus")


def _rendered(version: Row) -> bytes | None:
    try:
        return render(version).encode()
    except (ValueError, TypeError):  # its kinds are no list, or not as many as its paragraphs: told of the version
        return None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _mark(name: str) -> str:
    """The hex of a file's name."""
    return name.removesuffix(".txt").partition("_")[2]


def _hex16(url: str) -> str:
    return sha256(url.encode()).hexdigest()[:16]
