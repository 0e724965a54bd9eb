"""The process behind `corpus`: one export, told as a line of JSON. Ends with its parent, or earlier when it is killed.

    python -m collector.daemon.corpus_worker ARCHIVE FOLDER

It reads what is new; what memory that takes goes with it.
"""

import os
import sys
import threading
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from storage.archive import Archive, ArchiveError
from storage.export.folder import bring_up
from storage.records import to_json

POLITE = 10  # steps of niceness: nobody waits for a text file


def main(archive_path: Path, folder: Path) -> None:
    """Exit code 1 with the reason on stderr when something is wrong."""
    os.nice(POLITE)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        with closing(Archive(archive_path, readonly=True)) as archive:
            done = bring_up(archive, folder)
    except (ArchiveError, OSError) as error:
        sys.exit(str(error))
    sys.stdout.write(to_json(asdict(done)))


def _end_with_parent() -> None:
    """Two at once would give a number twice: one that outlives its daemon must not meet the next one's."""
    os.read(sys.stdin.fileno(), 1)  # nothing is ever sent: it returns when the other end is gone
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
