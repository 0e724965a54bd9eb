"""Worker processes that can be killed and replaced. Knows which jobs there are, not what their results mean.

    result = await workers.run("extract", body, url)

Each worker is a Python process of its own (`python -m collector.worker`) that reads one job from a pipe, answers it,
and reads the next. A job that takes longer than `limit` seconds, crashes its worker or outgrows its memory costs
itself alone: it raises WorkerError, the worker is replaced, and the other jobs know nothing of it. A worker that was
killed from outside, by the kernel for want of memory or by a person, tells nothing of its job: that is done again.
"""

import asyncio
import contextlib
import os
import pickle
import signal
import struct
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from collector.errors import CollectorError, NoWorker, WorkerError

_Call = tuple[str, tuple[object, ...], dict[str, object]]  # job, arguments, options

LENGTH = struct.Struct(">Q")
START_SECONDS = 60.0
START_AFTER = (0.0, 0.5, 1.0, 2.0, *[5.0] * 12)
GRACE_SECONDS = 0.5  # to end by itself; killed at once, one that has just crashed would lose its exit code
TRIES = 8  # of a job whose workers are killed: a page is given up for what it does, not for what is done to it
LONGER = {"leaf": 15}  # times the limit that a job may take: a sitemap of 500 MB is no page
RECYCLE_AFTER = 2000  # jobs; whatever a parser leaks goes with its process


class _Killed(WorkerError):
    """By nothing that the job did."""


class Workers:
    """A pool of `count` processes, started when first needed.

    limit: seconds a job may take, but for those of LONGER. memory: bytes of address space. module: what `python -m`
    runs. start_after: seconds before each try to start one.
    """

    def __init__(
        self,
        count: int | None = None,
        *,
        limit: float = 20.0,
        memory: int = 1 << 30,
        module: str = "collector.worker",
        start_after: Sequence[float] = START_AFTER,
    ) -> None:
        self.count = count or os.cpu_count() or 1
        self.failures = 0  # jobs that cost a worker
        self._limit, self._start_after = limit, start_after
        self._command = (sys.executable, "-m", module, str(limit), str(memory))
        self._idle: asyncio.LifoQueue[_Worker | None] = asyncio.LifoQueue()
        for _ in range(self.count):
            self._idle.put_nowait(None)

    async def run(self, job: str, *arguments: object, **options: object) -> Any:
        """The answer of one job. Raises WorkerError, NoWorker, and whatever CollectorError the job itself raises."""
        for _ in range(TRIES - 1):
            with contextlib.suppress(_Killed):
                return await self._run((job, arguments, options))
        return await self._run((job, arguments, options))

    async def _run(self, call: _Call) -> Any:
        worker = await self._idle.get()
        try:
            if worker is None or worker.jobs >= RECYCLE_AFTER:
                if worker is not None:
                    await worker.stop()
                worker = None
                worker = await self._start()
            return await worker.ask(call, self._limit * LONGER.get(call[0], 1))
        except (WorkerError, asyncio.CancelledError) as error:
            self.failures += isinstance(error, WorkerError)
            if worker is not None:  # its answer, should one come, would be taken for the next job's
                await worker.stop()
            worker = None
            raise
        finally:
            self._idle.put_nowait(worker)

    async def _start(self) -> "_Worker":
        """Raises NoWorker when none can be started for a minute."""
        why: Exception | None = None
        for wait in self._start_after:
            await asyncio.sleep(wait)
            try:
                return await _Worker.start(self._command)
            except (WorkerError, OSError) as error:  # no memory, no process left, a newer version half installed
                self.failures += 1
                why = error
        raise NoWorker(f"no worker can be started, so nothing can be read: {why}") from why

    async def close(self) -> None:
        """End all workers."""
        for _ in range(self.count):
            worker = await self._idle.get()
            if worker is not None:
                await worker.stop()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.jobs = 0

    @classmethod
    async def start(cls, command: Sequence[str]) -> Self:
        """A worker that is ready. Raises WorkerError when none can be started."""
        worker = cls(
            await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=1 << 20,
                start_new_session=True,  # Ctrl-C in the terminal is for us: we end our workers ourselves
            )
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                await worker._receive()
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            code = await worker.stop()
            raise _ended(code)(f"no worker could be started ({_ending(code)})") from error
        except asyncio.CancelledError:
            await worker.stop()
            raise
        return worker

    async def ask(self, call: _Call, limit: float) -> Any:
        self.jobs += 1
        job, message = call[0], pickle.dumps(call, protocol=pickle.HIGHEST_PROTOCOL)
        try:
            async with asyncio.timeout(limit):
                answer = await self._exchange(message)
        except TimeoutError:
            raise WorkerError(f"{job}: no answer within {limit:g} seconds; the worker was replaced") from None
        except (asyncio.IncompleteReadError, ConnectionError, OSError) as error:
            code = await self.stop()
            raise _ended(code)(f"{job}: the worker ended ({_ending(code)}) and was replaced") from error
        good, value = pickle.loads(answer)  # noqa: S301 - written by our own worker
        if good:
            return value
        if isinstance(value, CollectorError):
            raise value
        raise WorkerError(f"{job}: {value}")

    async def _exchange(self, message: bytes) -> bytes:
        pipe = self._process.stdin
        assert pipe is not None
        pipe.writelines((LENGTH.pack(len(message)), message))  # at once: the worker wakes up to all of it
        await pipe.drain()
        return await self._receive()

    async def _receive(self) -> bytes:
        answers = self._process.stdout
        assert answers is not None
        (length,) = LENGTH.unpack(await answers.readexactly(LENGTH.size))
        return await answers.readexactly(length)

    async def stop(self) -> int:
        """End the process, by force when it does not go by itself; its exit code, negative for a signal."""
        if self._process.stdin is not None:
            self._process.stdin.close()  # a worker that waits for a job takes this as its end
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                return await self._process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            return await self._process.wait()


def _ended(code: int) -> type[WorkerError]:
    return _Killed if code in (-signal.SIGKILL, -signal.SIGTERM) else WorkerError


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
