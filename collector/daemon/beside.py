"""A process beside the daemon, for work that takes much time or memory: what it took is given back when it ends.

It never outlives the daemon: it is killed when the daemon ends, and ends by itself where that was killed.
"""

import asyncio
import contextlib
import os
import sys
import threading
from asyncio.subprocess import PIPE, Process

from collector.errors import CollectorError

POLITE = 10  # steps of niceness: nobody waits for it


async def beside(*command: str) -> bytes:
    """What Python, run with this command, says on stdout. Raises CollectorError with its complaint, OSError."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *command),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,  # Ctrl-C in the terminal is for us
    )
    try:
        told, complaint = await _said(process)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        code = await process.wait()
    if code:
        raise CollectorError(complaint.decode(errors="replace").strip() or f"it ended with {code}")
    return told


def be_beside() -> None:
    """To be called first in such a process: it stands back, and ends when its standard input does."""
    os.nice(POLITE)
    threading.Thread(target=_end_with_parent, daemon=True).start()


async def _said(process: Process) -> tuple[bytes, bytes]:
    """Its output, to the end; its standard input stays open, and tells it that we live."""
    assert process.stdout is not None and process.stderr is not None
    told, complaint = await asyncio.gather(process.stdout.read(), process.stderr.read())
    await process.wait()
    return told, complaint


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing is ever sent: it returns when the other end is gone
    os._exit(1)
