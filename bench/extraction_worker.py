"""Extractors over pages, in a process of their own: `python -m bench.extraction_worker JOB ANSWERS`, both JSON files.

job:     {readers: [names], pages: [{key, path, url, publisher, crawl_date, others: [[path, url], …]}, …],
          repeat, bytes}
answers: {python, versions, readers: {name: {key: {answer, error, seconds} | null, …}, …}}

`seconds` are of the processor, of the best of `repeat` turns; in each turn every reader goes over all pages once, so
that a busy machine is busy for all. Runs in environments that have one extractor and the standard library.
"""

import gc
import gzip
import importlib.metadata
import json
import platform
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.extraction_readers import Reader, reader

_WARM_UP = f"<title>T</title><body><article><p>{'Some words here. ' * 50}</article>"


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    pages = [(page["key"], _load(page["path"], job["bytes"]), page["url"], _known(page)) for page in job["pages"]]
    readers = {name: _warmed(name) for name in job["readers"]}
    answers: dict[str, dict[str, Any]] = {name: {} for name in readers}
    gc.collect()
    gc.freeze()
    for _ in range(job["repeat"]):
        for name, read in readers.items():
            for key, html, url, known in pages:
                answers[name][key] = _faster(answers[name].get(key), _timed(read, html, url, known))
    told = {"python": platform.python_version(), "versions": _versions(), "readers": answers}
    Path(sys.argv[2]).write_text(json.dumps(told, default=str), "utf-8")


def _load(path: str, as_bytes: bool) -> str | bytes:
    html = gzip.decompress(Path(path).read_bytes())
    return html if as_bytes else html.decode("utf-8", "replace")


def _known(page: Mapping[str, Any]) -> Mapping[str, Any]:
    others = [(_load(path, as_bytes=False), url) for path, url in page["others"]]
    return {"publisher": page["publisher"], "crawl_date": page["crawl_date"], "others": others}


def _warmed(name: str) -> Reader:
    """Ready, and with whatever a first call loads."""
    read = reader(name)
    for _ in range(3):
        _timed(read, _WARM_UP, "https://e.example/2024/01/01/story.html", _known({"others": [], **_NOBODY}))
    return read


_NOBODY = {"publisher": "", "crawl_date": None}


def _timed(read: Reader, html: str | bytes, url: str, known: Mapping[str, Any]) -> dict[str, Any] | None:
    answer, error = None, None
    began = time.process_time()
    try:
        answer = read(html, url, known)
    except Exception as raised:  # of any library: that it crashed is a result like any other
        answer, error = {}, f"{type(raised).__name__}: {raised}"[:300]
    seconds = time.process_time() - began
    return None if answer is None else {"answer": answer, "error": error, "seconds": seconds}


def _faster(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    return other if one is None or (other is not None and other["seconds"] < one["seconds"]) else one


def _versions() -> dict[str, str]:
    """Of the distributions whose modules are loaded."""
    owners = importlib.metadata.packages_distributions()
    loaded = {owner for name in sys.modules for owner in owners.get(name.partition(".")[0], ())}
    return {name: importlib.metadata.version(name) for name in sorted(loaded)}


if __name__ == "__main__":
    main()
