"""Extraction beside its peers on real pages: text, fields, time.

    python -m bench.extraction --data ../shared/pages [--corpus zyte fundus_eval] [--peers trafilatura,fundus]
                               [--html report.html] [--json] [--repeat 3]
    python -m bench.extraction --data ../shared/pages --time

ours:   generic; generic with a memory made of the other pages of the host in the same corpus; with the installed rules.
peers:  each in an environment of its own, made at first use (bench/peers); `--peers ""` for none.
text:   F1 by runs of four words, as the Zyte benchmark has it; ROUGE-LSum where the corpus is judged by it.
time:   processor time as a multiple of a bare Lexbor parse of the same page in the same run, best of `--repeat` turns:
        of the median page, of the slowest twentieth (p95), of all pages together.
--html: the figures and the worst twenty pages of each corpus, with what was missed and what was too much, word by word.
        It holds the articles' text: keep it out of the repository.
--time: our time alone, on str and on bytes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench import extraction_peers, extraction_report, extraction_tables, gold
from bench.extraction_tables import Done, Row, done, fields, figures, table
from bench.gold import Gold

OURS = ("newskeep", "newskeep, with memory", "newskeep, with rules")
PARSE = "parse"
ROOT = Path(__file__).parent.parent

Told = dict[str, Any]  # what a worker told: python, versions, readers
Results = dict[str, list[Done]]  # by extractor


def main() -> None:
    wanted = _arguments()
    golds = gold.load(wanted.data, wanted.corpus)
    if not golds:
        sys.exit("no pages: name a folder with gold.jsonl, or with folders that hold one")
    if wanted.time:
        print(table(times(golds, wanted.repeat)))
        return
    ours = told(Path(sys.executable), (PARSE, *OURS), golds, wanted.repeat)
    others = peers(wanted.peers, golds, wanted.repeat)
    results = read(golds, [ours, *others])
    for failure in failures(results):
        print(failure, file=sys.stderr)
    rows, field_rows = by_corpus(results)
    versions = {name: version for each in (ours, *others) for name, version in extraction_tables.versions(each).items()}
    if wanted.html:
        report = extraction_report.page(rows, field_rows, {name: results[name] for name in OURS}, versions)
        wanted.html.write_text(report, "utf-8")
    if wanted.json:
        print(json.dumps({"versions": versions, "figures": rows, "fields": field_rows}, indent=2))
    else:
        print(table(rows), table(field_rows), "\n".join(f"{k}: {v}" for k, v in versions.items()), sep="\n\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--corpus", nargs="+", default=[], help="of those in the folders")
    parser.add_argument("--peers", default=",".join(extraction_peers.READERS), help="with commas between")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--html", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    parser.add_argument("--time", action="store_true", help="our time alone")
    wanted = parser.parse_args()
    wanted.peers = [name for name in wanted.peers.split(",") if name]
    if unknown := set(wanted.peers) - set(extraction_peers.READERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}")
    return wanted


def times(golds: Sequence[Gold], repeat: int) -> list[Row]:
    """Our time on text and on bytes, by corpus."""
    rows = []
    for as_bytes in (False, True):
        results = read(golds, [told(Path(sys.executable), (PARSE, *OURS), golds, repeat, as_bytes=as_bytes)])
        for row in by_corpus(results)[0]:
            kept = {name: value for name, value in row.items() if name.startswith("x ") or name in _NAMING}
            rows.append({"input": "bytes" if as_bytes else "str"} | kept)
    return rows


_NAMING = ("corpus", "extractor", "pages", "ms")


def peers(names: Sequence[str], golds: Sequence[Gold], repeat: int) -> list[Told]:
    """What each peer told; one that cannot be had is left out, and it is said."""
    found = []
    for name in names:
        try:
            found.append(told(extraction_peers.python(name), extraction_peers.READERS[name], golds, repeat))
        except (extraction_peers.UnavailableError, subprocess.CalledProcessError) as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    return found


def told(python: Path, readers: Sequence[str], golds: Sequence[Gold], repeat: int, *, as_bytes: bool = False) -> Told:
    """Run extractors over all pages, in a process of that interpreter."""
    job = {"readers": readers, "pages": _pages(golds), "repeat": repeat, "bytes": as_bytes}
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "job.json"), Path(folder, "answers.json")
        asked.write_text(json.dumps(job), "utf-8")
        command = [str(python), "-W", "ignore", "-m", "bench.extraction_worker", str(asked), str(answered)]
        subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.DEVNULL)
        answers: Told = json.loads(answered.read_text("utf-8"))
        return answers


def _pages(golds: Sequence[Gold]) -> list[Mapping[str, Any]]:
    """For a job; each with the other pages of its host in the same corpus."""
    hosts: dict[tuple[str, str], list[Gold]] = defaultdict(list)
    for each in golds:
        hosts[each.corpus, urlsplit(each.url).netloc].append(each)
    return [
        {"key": each.key, "path": str(each.path.resolve()), "url": each.url, "publisher": each.publisher}
        | {"crawl_date": each.crawl_date}
        | {
            "others": [
                (str(o.path.resolve()), o.url) for o in hosts[each.corpus, urlsplit(each.url).netloc] if o != each
            ]
        }
        for each in golds
    ]


def read(golds: Sequence[Gold], answers: Sequence[Told]) -> Results:
    """Every reading of every extractor but the bare parse, scored."""
    parse = answers[0]["readers"][PARSE]
    return {
        name: [done(each, read[each.key], parse[each.key]["seconds"]) for each in golds if read[each.key] is not None]
        for told in answers
        for name, read in told["readers"].items()
        if name != PARSE
    }


def failures(results: Results) -> Iterator[str]:
    """The first crash of each extractor."""
    for name, pages in results.items():
        yield from [f"{name} failed on {page.gold.key}: {page.error}" for page in pages if page.error][:1]


def by_corpus(results: Results) -> tuple[list[Row], list[Row]]:
    """Figures of text and time, and of fields: a row for each corpus and extractor."""
    corpora = dict.fromkeys(page.gold.corpus for pages in results.values() for page in pages)
    rows, field_rows = list[Row](), list[Row]()
    for corpus in corpora:
        for name, pages in results.items():
            own = [page for page in pages if page.gold.corpus == corpus]
            if own:
                rows.append({"corpus": corpus, "extractor": name} | figures(own))
                field_rows.append({"corpus": corpus, "extractor": name} | fields(own))
    return rows, field_rows


if __name__ == "__main__":
    main()
