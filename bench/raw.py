"""What a body takes in raw/, beside gzip -6, zstd -3 alone, and zstd -3 with a dictionary trained for its site.

    python -m bench.raw --data ../shared/pages [--json]

First the publishers with three pages or more of one month, for raw/ has one file a month; then all sites with three
pages or more, whose pages are up to seven years and several designs apart, as if one month had brought them. Ours goes
through storage.raw itself. `first`: the first page of a site, which has nothing to lean on; `later`: the others,
whether they lean on a page or had to become a reference, too. How much `all` is depends on how many pages a site has:
`quarter at` says from how many a month on it is a quarter of gzip, the first page included. Dictionaries are trained on
the other pages of the site and are not counted, which is kind to them. Times are medians, of the processor; ours hold
SHA-256, choice and row, without the commit. `read`: in a row, as a re-extraction reads; `cold`: a file just opened.
Last, made-up sites through a month: how the share of gzip shrinks as they grow, and what drift costs.
"""

import argparse
import gzip
import json
import math
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import fmean, median
from typing import Any, ParamSpec, TypeVar

from backports import zstd

from bench import gold, raw_sites
from bench.extraction_tables import table
from storage.raw import Raw, month

FEWEST = 3  # pages of a site
DICTIONARY, PIECE = 112_640, 4_096  # bytes of a dictionary, as `zstd --train` has it, and of a sample for it
GROWTH = (3, 10, 100)  # pages after which made-up sites are looked at, and at their end
AT = datetime(2026, 11, 1, tzinfo=UTC)
Sites = Mapping[str, Sequence[bytes]]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one scheme: bytes and seconds."""

    first: bool
    size: int
    pack: float
    read: float
    cold: float | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = {name: compare(sites) for name, sites in groups(options.data).items()}
    found["made-up sites: ours / gzip"] = [_growth(name, pages) for name, pages in raw_sites.sites()]
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        print("\n\n".join(f"{name}\n{table(rows)}" for name, rows in found.items()))
    return 0


def groups(folders: Sequence[Path]) -> dict[str, Sites]:
    """Pages by publisher and month of their crawl, and by site alone; the older first, where that is known."""
    months: dict[str, list[bytes]] = defaultdict(list)
    sites: dict[str, list[bytes]] = defaultdict(list)
    for one in sorted(gold.load(folders), key=lambda each: (each.crawl_date or "", each.id)):
        sites[one.site].append(html := one.html)
        if one.crawl_date:
            months[f"{one.publisher or one.site} {one.crawl_date[:7]}"].append(html)
    return {"publishers of one month": _enough(months), "sites of all years": _enough(sites)}


def _enough(sites: Sites) -> Sites:
    return {name: pages for name, pages in sites.items() if len(pages) >= FEWEST}


def compare(sites: Sites) -> list[dict[str, Any]]:
    """One row a scheme."""
    done = {name: [scheme(*each) for each in _all(sites)] for name, scheme in SCHEMES.items()} | {"ours": _ours(sites)}
    return [{"scheme": name, **_figures(pages, done["gzip -6"])} for name, pages in done.items()]


def _all(sites: Sites) -> Iterator[tuple[Sequence[bytes], int]]:
    """Each page as a place among those of its site."""
    return ((pages, number) for pages in sites.values() for number in range(len(pages)))


def _gzip(pages: Sequence[bytes], number: int) -> Page:
    return _one(pages, number, partial(gzip.compress, compresslevel=6), gzip.decompress)


def _zstd(pages: Sequence[bytes], number: int) -> Page:
    return _one(pages, number, partial(zstd.compress, level=3), zstd.decompress)


def _trained(pages: Sequence[bytes], number: int) -> Page:
    known = _dictionary([*pages[:number], *pages[number + 1 :]])
    pack = partial(zstd.compress, level=3, zstd_dict=known.as_digested_dict)
    pack(b"")  # the dictionary is digested once, and not for each page
    return _one(pages, number, pack, partial(zstd.decompress, zstd_dict=known))


SCHEMES = {"gzip -6": _gzip, "zstd -3": _zstd, "zstd -3, trained": _trained}


def _one(pages: Sequence[bytes], number: int, pack: Callable[[bytes], bytes], read: Callable[[bytes], bytes]) -> Page:
    data, packing = _timed(pack, pages[number])
    body, reading = _timed(read, data)
    assert body == pages[number]
    return Page(number == 0, len(data), packing, reading)


def _dictionary(pages: Iterable[bytes]) -> zstd.ZstdDict:
    whole = b"".join(pages)
    pieces = [whole[at : at + PIECE] for at in range(0, len(whole), PIECE)]
    return zstd.train_dict(pieces, min(DICTIONARY, len(whole) // 4))


def _ours(sites: Sites) -> list[Page]:
    with tempfile.TemporaryDirectory() as place:
        digests, done = [], []
        with closing(Raw(folder := Path(place))) as raw, raw.transaction():
            for name, pages in sites.items():
                for number, page in enumerate(pages):
                    digest, packing = _timed(raw.put, page, AT, name)
                    digests.append(digest)
                    done.append(Page(number == 0, 0, packing, 0.0))
        with closing(Raw(folder, readonly=True)) as raw:
            sizes = {each.sha256: each.packed for each in raw.stored(month(AT))}
            reads = [_timed(raw.get, digest, AT)[1] for digest in digests]
        colds = [_cold(folder, digest) for digest in digests]
    found = zip(done, digests, reads, colds, strict=True)
    return [replace(page, size=sizes[digest], read=read, cold=cold) for page, digest, read, cold in found]


def _cold(folder: Path, digest: str) -> float:
    with closing(Raw(folder, readonly=True)) as raw:
        return _timed(raw.get, digest, AT)[1]


def _figures(pages: Sequence[Page], plain: Sequence[Page]) -> dict[str, Any]:
    first, later = (_share(_of(pages, each), _of(plain, each)) for each in (True, False))
    cold = [page.cold for page in pages if page.cold is not None]
    return {
        "pages": len(pages),
        "bytes a page": round(fmean(page.size for page in pages)),
        "all": _share(pages, plain),
        "first": first,
        "later": later,
        "quarter at": math.ceil((first - later) / (0.25 - later)) if later < 0.25 else None,
        "pack ms": median(page.pack for page in pages) * 1000,
        "read ms": median(page.read for page in pages) * 1000,
        "cold ms": median(cold) * 1000 if cold else None,
    }


def _of(pages: Sequence[Page], first: bool) -> list[Page]:
    return [page for page in pages if page.first is first]


def _share(pages: Sequence[Page], plain: Sequence[Page]) -> float:
    return sum(page.size for page in pages) / sum(page.size for page in plain)


def _growth(name: str, pages: Sequence[bytes]) -> dict[str, Any]:
    """The file of one site, as it grows. `file`: its size with all that SQLite adds, against the same."""
    with tempfile.TemporaryDirectory() as place:
        with closing(Raw(Path(place))) as raw, raw.transaction():
            digests = [raw.put(page, AT, name) for page in pages]
        raw = Raw(Path(place), readonly=True)
        rows = {each.sha256: each for each in raw.stored(month(AT))}
        file = raw.sizes()[month(AT)]
    ours = [rows[digest].packed for digest in digests]
    plain = [len(gzip.compress(page, 6)) for page in pages]
    shares = {f"at {number}": sum(ours[:number]) / sum(plain[:number]) for number in (*GROWTH, len(pages))}
    alone = sum(row.reference is None for row in rows.values())
    return {"site": name, "gzip a page": round(fmean(plain)), **shares, "file": file / sum(plain), "references": alone}


def _timed(work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> tuple[T, float]:
    began = time.thread_time()
    result = work(*arguments, **options)
    return result, time.thread_time() - began


if __name__ == "__main__":
    sys.exit(main())
