"""Records -> Parquet with typed columns: times in UTC beside what the site wrote, lists, structs; zstd.

The one door to pyarrow, which the extra `parquet` installs.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import parquet as pq

from storage.archive.base import Row

ROWS, CHARACTERS = 5000, 16_000_000  # a row group holds at most: what is in memory at once
TIME = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(pa.string())
CAPTURE = pa.struct(
    {
        "url": pa.string(),
        "final_url": pa.string(),
        "fetched_at": TIME,
        "status": pa.int16(),
        "content_type": pa.string(),
        "sha256": pa.string(),
        "size": pa.int64(),
    }
)
SCHEMA = pa.schema(
    [
        pa.field("url", pa.string(), nullable=False),
        pa.field("site", pa.string()),
        pa.field("title", pa.string(), nullable=False),
        pa.field("published", pa.string()),  # ISO 8601 to the precision known, in the zone of the site
        pa.field("published_at", TIME),  # where a time of day and its zone are known
        pa.field("published_day", pa.date32()),  # the day where it was published; of a month or a year the first
        pa.field("published_precision", pa.string()),
        pa.field("published_raw", pa.string()),
        pa.field("modified", pa.string()),
        pa.field("modified_at", TIME),
        pa.field("first_seen", TIME),
        pa.field("read_at", TIME),
        pa.field("number", pa.int32()),
        pa.field("reason", pa.string()),
        pa.field("source", pa.string()),
        pa.field("section", pa.string()),
        pa.field("language", pa.string()),
        pa.field("lead", pa.string()),
        pa.field("image", pa.string()),
        pa.field("paywalled", pa.bool_()),
        pa.field("authors", TEXTS),
        pa.field("tags", TEXTS),
        pa.field("captions", pa.list_(pa.struct({"text": pa.string(), "credit": pa.string()}))),
        pa.field("paragraphs", pa.list_(pa.struct({"kind": pa.string(), "text": pa.string(), "where": pa.string()}))),
        pa.field("text", pa.string(), nullable=False),
        pa.field("story", pa.string()),
        pa.field("announced_by", TEXTS),
        pa.field("captures", pa.list_(CAPTURE)),
        pa.field("extractor", pa.string()),
        pa.field("rule_revision", pa.string()),
        pa.field("memory_revision", pa.string()),
        pa.field("text_sha256", pa.string()),
        pa.field("version_id", pa.int64()),
        pa.field("article_id", pa.int64()),
    ]
)


def write(records: Iterable[Row], file: BinaryIO, *, rows: int = ROWS, characters: int = CHARACTERS) -> None:
    """One table. The same records make the same bytes."""
    with pq.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        for group in _groups(records, rows, characters):
            writer.write_table(pa.Table.from_pylist(group, schema=SCHEMA))


def _groups(records: Iterable[Row], rows: int, characters: int) -> Iterator[list[Row]]:
    group: list[Row] = []
    size = 0
    for record in records:
        group.append(_typed(record))
        size += len(record["text"])
        if len(group) == rows or size > characters:
            yield group
            group, size = [], 0
    if group:
        yield group


def _typed(record: Row) -> Row:
    published = record["published"]
    return record | {
        "published_at": _time(published),
        "published_day": None if published is None else date.fromisoformat((published + "-01-01")[:10]),
        "modified_at": _time(record["modified"]),
        "first_seen": _time(record["first_seen"]),
        "read_at": _time(record["read_at"]),
        "captures": [each | {"fetched_at": _time(each["fetched_at"])} for each in record["captures"]],
    }


def _time(text: Any) -> datetime | None:
    """None for a day, and for a time whose zone is not known."""
    if text is None or len(text) <= len("2026-11-22"):
        return None
    moment = datetime.fromisoformat(text)
    return None if moment.tzinfo is None else moment.astimezone(UTC)
