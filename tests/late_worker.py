"""A worker that cannot be started so many times: as many as the file that LATE_WORKER names has bytes left."""

import os
import sys
from pathlib import Path

import tests.bad_worker  # noqa: F401 - its jobs
from collector import worker

if __name__ == "__main__":
    left = Path(os.environ["LATE_WORKER"])
    if tries := left.read_bytes():
        left.write_bytes(tries[1:])
        sys.exit(7)
    worker.main(float(sys.argv[1]), int(sys.argv[2]))
