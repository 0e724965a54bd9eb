"""
Looks for pages that make `extract` raise, hang or swell, led by the coverage of our own code. `make fuzz SECONDS=600`.

    python -m tests.extract.fuzz_extract [CORPUS] [options of libFuzzer]

Begins from the pages of `tests/sites` and from small ones of `hostile`. The first byte of an input says how it is read:
with site rules or without, as bytes or as text. A fault is left as a file, `crash-…`, `timeout-…` or `oom-…`, that the
same command reads again when it is named: fix it, and add a maker of its like to `hostile`.
Needs atheris (tests/extract/fuzz.txt), which no other test needs.
"""

import hashlib
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.extract.hostile import BAITS, SHAPES, URL, baited

ROOT = Path(__file__).parent.parent.parent
URLS = (URL, "https://tass.com/politics/2000000", "https://www.bbc.co.uk/news/articles/c0000000000o")
LONGEST = 50_000  # bytes of an input
SMALL = 12  # of what grows with it, in a page to begin from
WORDS = (
    *("<article>", "<p>", "</p>", "<div class=", "<h1>", "<li>", "<br>", "<a href=", "<table><tr><td>", "<figcaption>"),
    *("<script type=application/ld+json>", '{"@type":"NewsArticle"', '"@graph":[', '"articleBody":"', '"author":'),
    *("<meta property=og:title content=", "<time datetime=", "itemprop=", "hidden", "<template>", "<svg>", "&#0;"),
)


def main() -> None:
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["collector.extract"]):
        extract = import_module("collector.extract").extract

    def one_input(data: bytes) -> None:
        how, page = data[0] if data else 0, data[1:]
        html = page.decode("utf-8", "surrogateescape") if how & 2 else page  # broken bytes become lone surrogates
        extract(html, URLS[how % len(URLS)], sites={} if how & 1 else None)

    with tempfile.TemporaryDirectory() as folder:
        seeds, words = Path(folder, "seeds"), Path(folder, "words")
        seed(seeds)
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS), "utf-8")
        options = [f"-dict={words}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=2048", *sys.argv[1:]]
        one = any(Path(option).is_file() for option in sys.argv[1:])
        atheris.Setup([sys.argv[0], *options, *([] if one else [str(seeds)])], one_input)
        atheris.Fuzz()


def seed(folder: Path) -> None:
    """Pages to begin from, each with a first byte of its own."""
    folder.mkdir()
    pages = [path.read_bytes() for path in sorted(ROOT.glob("tests/sites/*/*/page.html"))]
    pages += [make(SMALL).encode("utf-8", "replace") for make in SHAPES.values()]
    pages += [baited(bait)(SMALL).encode("utf-8", "replace") for bait in BAITS]
    for number, page in enumerate(pages):
        name = hashlib.sha256(page).hexdigest()[:16]
        (folder / name).write_bytes(bytes([number % 8]) + page[: LONGEST - 1])


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')


if __name__ == "__main__":
    main()
