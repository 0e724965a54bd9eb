"""The process behind `corpus`: one export, told as a line of JSON. Ends with its parent, or earlier when it is killed.

    python -m collector.daemon.corpus_worker ARCHIVE FOLDER

It reads what is new; what memory that takes goes with it.
"""

import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from collector.daemon.beside import be_beside
from storage.archive import Archive, ArchiveError
from storage.export.folder import bring_up
from storage.records import to_json


def main(archive_path: Path, folder: Path) -> None:
    """Exit code 1 with the reason on stderr when something is wrong."""
    be_beside()  # two at once would give a number twice: one that outlived its daemon must not meet the next one's
    try:
        with closing(Archive(archive_path, readonly=True)) as archive:
            done = bring_up(archive, folder)
    except (ArchiveError, OSError) as error:
        sys.exit(str(error))
    sys.stdout.write(to_json(asdict(done)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
