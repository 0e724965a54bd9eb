"""A bug of ours at one address costs it alone; trouble with the archive or the workers is everybody's, and goes up."""

import traceback
from collections.abc import Awaitable, Callable

from collector.errors import NoWorker
from collector.pipeline.events import Event, Report
from storage.archive import ArchiveError, RowError


async def contained(
    work: Callable[[], Awaitable[None]], put_off: Callable[[str], Awaitable[None]], url: str, report: Report
) -> None:
    """Do the work; where it breaks in a way that nobody foresaw, tell so and put the address off with the error."""
    try:
        await work()
    except Exception as error:  # whatever it is: the others go on
        if isinstance(error, ArchiveError | OSError | NoWorker) and not isinstance(error, RowError):
            raise
        report(Event("broke", url, "".join(traceback.format_exception(error))))
        await put_off(f"a bug: {type(error).__name__}: {error}")
