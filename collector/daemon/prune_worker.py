"""The process behind `pruning`: one prune, told as a line of JSON. Ends with its parent, or earlier when it is killed.

python -m collector.daemon.prune_worker DATA RULES
"""

import json
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from collector.daemon.beside import be_beside
from storage.archive import Archive, ArchiveError
from storage.care.prune import Rules, prune
from storage.raw import Raw


def main(data: Path, rules: Rules) -> None:
    """Exit code 1 with the reason on stderr when something is wrong."""
    be_beside()
    try:
        with closing(Archive(data / "archive.db")) as archive, closing(Raw(data / "raw", make=False)) as raw:
            done = prune(archive, raw, rules, datetime.now(UTC), apply=True)
    except (ArchiveError, OSError) as error:
        sys.exit(str(error))
    sys.stdout.write(json.dumps({"bodies": sum(heap.bodies for heap in done.heaps), "freed": done.freed}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
