"""
Tells people of trouble, once when it has lasted and once when it is over. Knows no rule of what a trouble is.

    attention -> the channel's book -> words -> sent -> book kept in the archive

An archive that cannot be written is itself what people have to hear of: the books are in memory, too, and kept later.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from collector import config
from collector.daemon import alarm_book as book
from collector.daemon.alarm_book import Word
from collector.daemon.alarm_mail import Mail
from collector.daemon.alarm_webhook import Webhook
from collector.daemon.attention import Attention
from collector.errors import Undelivered
from collector.log import logger
from storage.archive import Archive, ArchiveError
from storage.archive.alarms import Alarm

STUCK = 20.0  # seconds that the archive may take to answer
SOONEST, LATEST = 5.0, 60.0  # seconds between two rounds


class Channel(Protocol):
    """A way to reach people."""

    name: str

    async def send(self, words: Sequence[Word], now: datetime) -> int:
        """Tell as many as can be told; how many, from the first on. Raises Undelivered when that is none."""


class Alarms:
    """`await alarms.round()` every `every` seconds. It raises nothing; what could not be told is told later."""

    def __init__(
        self,
        wanted: config.Alarms,
        archive: Archive,
        write: Callable[..., Awaitable[Any]],
        attention: Callable[[Archive, datetime], list[Attention]],
        now: Callable[[], datetime],
    ) -> None:
        """`write`: `(function, *arguments)` where the archive is read and written, `attention` too."""
        self._archive, self._write, self._attention, self._now = archive, write, attention, now
        self._after = timedelta(seconds=wanted.after)
        self.every = min(max(wanted.after / 4, SOONEST), LATEST)
        self._channels = list(channels(wanted))
        self._found: list[Attention] = []  # when the archive was asked last
        self._books: dict[str, list[Alarm]] = {}  # by channel, as known
        self._kept: dict[str, list[Alarm]] = {}  # as the archive has them
        self._silenced: dict[str, str] = {}  # why a channel is down, as it was logged

    async def round(self) -> None:
        """Look, and tell what is due to everyone who is told."""
        try:
            if self._channels:
                found = await self._look()
                await asyncio.gather(*(self._tell(channel, found) for channel in self._channels))
        except Exception:  # a fault of ours in telling must not end the collecting
            logger.exception("broke", what="alarms")

    async def _look(self) -> list[Attention]:
        """What needs attention: as it was, and the archive itself, when that does not answer."""
        try:
            self._found = await self._ask(self._attention, self._archive, self._now())
        except (TimeoutError, ArchiveError, OSError) as error:
            why = "it does not answer" if isinstance(error, TimeoutError) else str(error)
            return [*self._found, _unwritten(f"cannot be read or written: {why}")]
        if any(each.kind == "daemon-dead" for each in self._found):  # who asks lives: its beat is not kept
            return [*self._found, _unwritten("has not been written for a while")]
        return self._found

    async def _tell(self, channel: Channel, found: Sequence[Attention]) -> None:
        now = self._now()
        if not await self._open_book(channel.name):
            return
        self._books[channel.name] = book.seen(self._books[channel.name], found, now, self._after)
        await self._keep(channel.name)
        while words := book.due(self._books[channel.name], found, now, self._after):
            sent = words[: await self._send(channel, words, now)]
            if not sent:
                return
            self._books[channel.name] = book.told(self._books[channel.name], sent, now)
            await self._keep(channel.name)

    async def _open_book(self, name: str) -> bool:
        """Is it known what was told? What an earlier run told is not told again."""
        if name not in self._books:
            try:
                self._books[name] = self._kept[name] = await self._ask(self._archive.alarms, name)
            except (TimeoutError, ArchiveError, OSError):
                return False
        return True

    async def _keep(self, name: str) -> None:
        alarms = self._books[name]
        if alarms == self._kept[name]:
            return
        try:
            await self._ask(self._archive.keep_alarms, name, alarms)
        except (TimeoutError, ArchiveError, OSError):
            return  # the next round tries again
        self._kept[name] = alarms

    async def _ask(self, function: Callable[..., Any], *arguments: object) -> Any:
        return await asyncio.wait_for(self._write(function, *arguments), STUCK)

    async def _send(self, channel: Channel, words: Sequence[Word], now: datetime) -> int:
        """How many were told. A channel that is down is logged when it goes down, not at every try."""
        before = self._silenced.pop(channel.name, "")
        try:
            number = await channel.send(words, now)
        except Undelivered as error:
            self._silenced[channel.name] = str(error)
            if str(error) != before:
                logger.warning("alarm-undelivered", channel=channel.name, waiting=len(words), why=str(error))
            return 0
        for word in words[:number]:
            logger.info("alarm-told", channel=channel.name, told=word.event, what=word.text)
        return number


def _unwritten(what: str) -> Attention:
    """In the place of what the daemon last said of itself."""
    return Attention(kind="daemon-unwell", key="daemon-unwell", text=f"the archive {what}")


def channels(wanted: config.Alarms) -> Iterator[Channel]:
    """The ways that a configuration names."""
    if wanted.webhook:
        yield Webhook(wanted.webhook)
    if wanted.email:
        yield Mail(wanted.email)
