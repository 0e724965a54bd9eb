"""A simulated year of fifty newsrooms: what the archive holds of it, and what that cost.

    python -m bench.year [--days N] [--seed N] [--polls]

Two columns: each source asked by its own rhythm, and every source each 15 minutes. Both live on the same web: feeds of
agencies, papers and blogs, with nights, weekends, breaking news, edits, deletions, outages, walls and redesigns.
--polls: of the polls alone, without pipeline and archive; a matter of seconds.
"""

import argparse
from collections.abc import Sequence

from bench.year.run import quick, whole
from bench.year.table import LATENESS, WHOLE, table

FIXED = 900.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=float, default=365)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--polls", action="store_true", help="the polls alone")
    options = parser.parse_args(arguments)
    run, rows = (quick, LATENESS) if options.polls else (whole, WHOLE)
    columns = {
        name: run(options.seed, options.days, every) for name, every in (("its rhythm", None), ("each 15 min", FIXED))
    }
    print(table(columns, rows))
    for name, figures in columns.items():
        for line in (*figures.missed, *figures.offences, *figures.broken):
            print(f"{name}: {line}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
