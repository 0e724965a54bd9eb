"""The tables `sketches` and `sketch_hashes`: by a few numbers of each text, those that have words in common are found.

Knows not what the numbers stand for: a text is a set of them, and the smallest are its sketch.
"""

import struct
from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest
from math import inf

from storage.archive.base import Base
from storage.records import to_json

COMMON = 32  # articles that are taken of those with a number, the newest: others share it as well
LIKELIEST = 32  # articles whose sketches are compared


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest numbers of a text, in order; `size`: how many different ones it has in all."""

    size: int
    hashes: tuple[int, ...]

    def share(self, other: "Sketch") -> float:
        """About how much of one text stands in the other, of the one for which that is more; 0 to 1.

        By the numbers that both would have kept (Broder 1997, On the resemblance and containment of documents).
        """
        end = min(self._end, other._end)
        one, two = ({number for number in each.hashes if number <= end} for each in (self, other))
        return len(one & two) / max(min(len(one), len(two)), 1)

    @property
    def _end(self) -> float:
        """Up to where all numbers of the text are here."""
        return self.hashes[-1] if len(self.hashes) < self.size else inf

    def to_bytes(self) -> bytes:
        return struct.pack(f">{len(self.hashes)}Q", *self.hashes)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> "Sketch":
        return cls(size, struct.unpack(f">{len(data) // 8}Q", data))


class Sketches(Base):
    """Sketches: kept, compared, forgotten."""

    def alike(self, sketch: Sketch, least: float) -> list[int]:
        """Articles that stand in this text, or it in theirs, with about that share at least; no more than `LIKELIEST`.

        However many articles share a number, as they do where a site says the same below each, the newest few count,
        and for the less the more they are.
        """
        sql = "SELECT article_id FROM sketch_hashes WHERE hash = ? ORDER BY article_id DESC LIMIT ?"
        weights: defaultdict[int, float] = defaultdict(float)
        for number in sketch.hashes:
            found = self.db.conn.execute(sql, [number, COMMON]).fetchall()
            for (article_id,) in found:
                weights[article_id] += 1 / len(found)
        others = self.sketches_of(nlargest(LIKELIEST, weights, key=weights.__getitem__))
        shares = {article_id: sketch.share(other) for article_id, other in others.items()}
        likely = [article_id for article_id, share in shares.items() if share >= least]
        return sorted(likely, key=lambda id_: (-shares[id_], -weights[id_], -id_))

    def sketches_of(self, ids: list[int]) -> dict[int, Sketch]:
        """Those that are kept of these articles."""
        rows = self.rows(
            "SELECT article_id, size, sketch FROM sketches WHERE article_id IN (SELECT value FROM json_each(?))",
            [to_json(ids)],
        )
        return {row["article_id"]: Sketch.from_bytes(row["size"], row["sketch"]) for row in rows}

    def keep_sketch(self, article_id: int, text_sha256: str, sketch: Sketch) -> None:
        """In the place of an earlier one."""
        self.drop_sketch(article_id)
        self.write(
            "INSERT INTO sketches (article_id, text_sha256, size, sketch) VALUES (?, ?, ?, ?)",
            [article_id, text_sha256, sketch.size, sketch.to_bytes()],
        )
        pairs = ((number, article_id) for number in sketch.hashes)
        self.db.conn.executemany("INSERT INTO sketch_hashes (hash, article_id) VALUES (?, ?)", pairs)

    def drop_sketch(self, article_id: int) -> None:
        for sketch in self.sketches_of([article_id]).values():
            pairs = ((number, article_id) for number in sketch.hashes)
            self.db.conn.executemany("DELETE FROM sketch_hashes WHERE hash = ? AND article_id = ?", pairs)
            self.write("DELETE FROM sketches WHERE article_id = ?", [article_id])
