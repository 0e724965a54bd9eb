"""The process behind `workers`: reads jobs from standard input, answers on standard output, ends with its parent."""

import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO

from collector import jobs
from collector.workers import LONGER

LENGTH = struct.Struct(">Q")
JOBS: dict[str, Callable[..., Any]] = {
    "extract": jobs.extract,
    "parse": jobs.parse,
    "extract_carried": jobs.extract_carried,
    "leaf": jobs.leaf,
    "learn": jobs.learn,
    "reread": jobs.reread,
    "explain": jobs.explain,
}


def main(limit: float, memory: int) -> None:
    """Answer jobs until the pipe closes. `limit`: seconds a job may take; `memory`: bytes of address space."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    pipe, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    _send(answers, b"")  # ready: imports are not part of the first job's time
    while (message := _read(pipe)) is not None:
        name, arguments, options = pickle.loads(message)  # noqa: S301 - written by our own parent
        # A parent that was killed cannot kill us: a job that hangs then ends with this alarm.
        signal.setitimer(signal.ITIMER_REAL, limit * LONGER.get(name, 1) + 5)
        answer = pickle.dumps(_answer(name, arguments, options), protocol=pickle.HIGHEST_PROTOCOL)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, answer)


def _answer(name: str, arguments: Sequence[Any], options: Mapping[str, Any]) -> tuple[bool, Any]:
    try:
        return True, JOBS[name](*arguments, **options)
    except Exception as error:  # a page may break a parser in any way: the answer is what broke
        return False, error if _travels(error) else f"{type(error).__name__}: {error}"


def _travels(error: Exception) -> bool:
    """Errors of ours go back as they are; others might need modules that the parent never loads."""
    return type(error).__module__ == "collector.errors"


def _read(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = pipe.read(length)
    return body if len(body) == length else None


def _send(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
