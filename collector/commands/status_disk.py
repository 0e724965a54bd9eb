"""`newskeep status --disk`: what takes the room, by host and month, by table. Reads only, also beside a run."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from collector import urls
from collector.commands.common import plural
from collector.commands.stages import Stages
from collector.config import Config
from collector.pipeline.run import corpus_of, open_existing
from storage.archive import Archive
from storage.raw import Raw

SHOWN = 15  # hosts of a month, and of all months
NOBODY = ""  # the host of bodies that no capture names: what an interrupted write left


@dataclass(slots=True)
class Room:
    """What bodies take. `size`: bytes before compression; `packed`: bytes of their frames on disk."""

    bodies: int = 0
    size: int = 0
    packed: int = 0

    def add(self, bodies: int, size: int, packed: int) -> None:
        self.bodies, self.size, self.packed = self.bodies + bodies, self.size + size, self.packed + packed

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": round(self.ratio, 2)}

    @property
    def ratio(self) -> float:
        return self.size / self.packed if self.packed else 0.0


def disk(config: Config) -> dict[str, Any]:
    """All of it, as JSON has it. A body that several hosts sent is counted for the first of them."""
    with (
        closing(open_existing(config, readonly=True)) as archive,
        closing(Raw(config.data / "raw", readonly=True)) as raw,
        Stages() as stages,
    ):
        names = raw.months()
        months = {}
        for done, name in enumerate(names):
            stages.tell("months of raw/", done, len(names))
            months[name] = _month(archive, raw, name)
        stages.tell("archive.db", 0, 1)
        return {
            "data": str(config.data),
            "archive": {
                "bytes": _size(config.data, "archive.db") + _size(config.data, "archive.db-wal"),
                "tables": archive.table_sizes(),
            },
            "raw": {"bytes": sum(raw.sizes().values()), "files": raw.sizes()},
            "corpus": {"bytes": _size(corpus_of(config), "*"), "files": len(list(corpus_of(config).glob("*.txt")))},
            "months": {name: _told(rooms) for name, rooms in reversed(months.items())},
            "hosts": _told(_together(months.values())),
        }


def in_words(found: dict[str, Any]) -> str:
    """For people: sums, then the tables, then the months, the newest first."""
    raw, corpus, tables = found["raw"], found["corpus"], found["archive"]["tables"] or {}
    months = plural(len(found["months"]), "month")
    lines = [
        found["data"],
        f"  {_mb(found['archive']['bytes'])}  archive.db",
        f"  {_mb(raw['bytes'])}  raw/, {months}",
        f"  {_mb(corpus['bytes'])}  corpus/, {plural(corpus['files'], 'text file')}",
    ]
    parts = ["\n".join(lines)]
    if tables:
        parts.append("\n".join(["Tables of archive.db", *_largest([f"  {_mb(b)}  {t}" for t, b in tables.items()])]))
    if len(found["months"]) > 1:
        parts.append(_table(f"Bodies, {months}", raw["bytes"], found["hosts"]))
    parts += [_table(f"Bodies, {name}", raw["files"][name], rooms) for name, rooms in found["months"].items()]
    return "\n\n".join(parts)


def _month(archive: Archive, raw: Raw, name: str) -> dict[str, Room]:
    """What the hosts' bodies of a month take."""
    hosts: dict[str, str] = {}
    for sha256, host, url in archive.hosts_of_bodies(name):
        hosts.setdefault(sha256, host or urls.host_of(url))
    rooms: dict[str, Room] = defaultdict(Room)
    for each in raw.stored(name):
        rooms[hosts.get(each.sha256, NOBODY)].add(1, each.size, each.packed)
    return rooms


def _together(months: Any) -> dict[str, Room]:
    rooms: dict[str, Room] = defaultdict(Room)
    for month in months:
        for host, room in month.items():
            rooms[host].add(room.bodies, room.size, room.packed)
    return rooms


def _told(rooms: dict[str, Room]) -> dict[str, Any]:
    """The largest on disk first."""
    return {host: room.as_json() for host, room in sorted(rooms.items(), key=lambda each: -each[1].packed)}


def _table(title: str, file: int, rooms: dict[str, Any]) -> str:
    """file: bytes of the files that hold these bodies."""
    total = Room()
    for room in rooms.values():
        total.add(room["bodies"], room["size"], room["packed"])
    head = f"  {'before MB':>11}  {'on disk MB':>11}  {'ratio':>6}  {'bodies':>9}  host"
    rows = [_row(room, host or "(no capture names them)") for host, room in rooms.items()]
    sums = _row(total.as_json(), f"all; the files take {file / 1e6:,.1f} MB")
    return "\n".join([title, head, *_largest(rows), sums])


def _row(room: dict[str, Any], what: str) -> str:
    return (
        f"  {room['size'] / 1e6:>11,.1f}  {room['packed'] / 1e6:>11,.1f}  {room['ratio']:>6.1f}"
        f"  {room['bodies']:>9,}  {what}"
    )


def _largest(rows: list[str]) -> Iterator[str]:
    yield from rows[:SHOWN]
    if len(rows) > SHOWN:
        yield f"  … and {len(rows) - SHOWN:,} more; --json has all of them"


def _mb(size: int) -> str:
    return f"{size / 1e6:>11,.1f} MB"


def _size(folder: Path, pattern: str) -> int:
    return sum(each.stat().st_size for each in folder.glob(pattern) if each.is_file())
