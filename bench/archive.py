"""Does an archive stay quick as it grows? One of many versions is made, and one of ten times as many.

    python -m bench.archive [--data ../shared/pages] [--versions 10000 100000] [--keep FOLDER]

Synthetic text on real page frames: pages of --data without their words, or one of our own without such a folder; forty
hosts, 278 versions a day, every fifth an edit, every fiftieth a copy of another article. Filed by the code of the
daemon. look-ups: milliseconds of the processor, medians of warm repeats; the verdict is that none takes more than half
as long again in the larger archive. rates: a second; about a thousand articles are read again and exported.
--keep: leave the archives, and ask those again that are there.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from bench import archive_ask as ask
from bench.archive_frames import Frame, frames
from bench.archive_make import make
from storage.archive import Archive

MOST_GROWTH, NOISE = 1.5, 0.2  # milliseconds: less than that is no growth that anyone feels
Figures = Mapping[str, Mapping[str, float]]  # kind -> name -> value


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="*", type=Path, default=[Path("../shared/pages")], metavar="FOLDER")
    parser.add_argument("--versions", nargs="+", type=int, default=[10_000, 100_000], metavar="NUMBER")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the archives here, and leave them")
    wanted = parser.parse_args(arguments)
    found = frames(wanted.data)
    print(f"{len(found)} frame{'s' if len(found) > 1 else ''} of {'real pages' if len(found) > 1 else 'our own'}")
    with tempfile.TemporaryDirectory() as made:
        folder = wanted.keep or Path(made)
        told = [measured(folder / str(versions), found, versions) for versions in sorted(wanted.versions)]
    print(table(sorted(wanted.versions), told))
    grown = growing(told)
    print(
        f"these look-ups grow by more than half: {', '.join(grown)}" if grown else "no look-up grows by more than half"
    )
    return 1 if grown else 0


def measured(data: Path, found: Sequence[Frame], versions: int) -> Figures:
    """All figures of an archive of so many versions; it is made first, unless it is there."""
    done = data.with_suffix(".made")
    if not done.exists():
        data.mkdir(parents=True)
        began = time.perf_counter()
        make(data, found, versions)
        done.touch()
        print(f"{versions:,} versions made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    sizes = ask.sizes(data)
    with closing(Archive(data / "archive.db", readonly=True)) as archive:
        lookups = ask.lookups(archive, versions)
    rates = {"verify": ask.checked(data, versions), "reextract": ask.reread(data)}
    rates |= {f"export {form}": rate for form, rate in ask.exported(data).items()}
    rates["append"] = ask.appended(data, found, versions)
    return {"bytes an article": sizes, "look-ups, ms": lookups, "a second": rates}


def growing(told: Sequence[Figures]) -> list[str]:
    """Look-ups that take more than half as long again in the largest archive as in the smallest."""
    small, large = told[0]["look-ups, ms"], told[-1]["look-ups, ms"]
    return [name for name, value in small.items() if large[name] > max(value * MOST_GROWTH, value + NOISE)]


def table(versions: Sequence[int], told: Sequence[Figures]) -> str:
    """A line a figure, a column a size, and how many times the first the last is."""
    lines = [_line("", [f"{number:,}" for number in versions], "")]
    for kind, names in told[0].items():
        lines.append(kind)
        for name in names:
            values = [figures[kind][name] for figures in told]
            lines.append(_line(f"  {name}", [_number(value) for value in values], f"× {values[-1] / values[0]:.2f}"))
    return "\n".join(lines)


def _line(name: str, cells: Sequence[str], growth: str) -> str:
    return f"{name:38}" + "".join(f"{cell:>12}" for cell in cells) + f"{growth:>10}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
