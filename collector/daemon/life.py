"""
The life of `newskeep run`: one spell of work after the other, each with one configuration.

    start -> spell -> SIGHUP, or config.yaml changed -> spell -> … -> SIGTERM or SIGINT -> end
"""

import asyncio
import os
import signal
import time
from collections.abc import Coroutine
from contextlib import ExitStack, suppress
from typing import Any

from collector import log
from collector.config import Config
from collector.daemon.alarms import Alarms
from collector.daemon.attention import attention
from collector.daemon.chores import VERSION, Chores
from collector.daemon.config_file import ConfigFile
from collector.daemon.corpus import Corpus
from collector.daemon.http import HealthPort
from collector.daemon.machine import Machine
from collector.daemon.metrics import Metrics
from collector.daemon.pruning import Pruning
from collector.daemon.pulse import Pulse
from collector.daemon.systemd import Systemd
from collector.errors import CollectorError, ConfigError
from collector.log import logger
from collector.log_events import hear
from collector.log_secrets import secrets_of
from collector.pipeline.events import Event
from collector.pipeline.run import now, opened, wanted
from collector.schedule import ticking
from storage.archive import Archive

TICK, BEAT, MEASURE = 1.0, 10.0, 15.0  # seconds
LAST_BEAT = 1.0  # seconds that the last sign of life may take: the archive may be away
DRAIN = 4.0  # seconds that what is in hand may take to end: with workers, network and writer less than ten in all


class Life:
    """`await Life(file, archive).live()`: returns when a signal has ended it and nothing is in hand any more."""

    def __init__(self, file: ConfigFile, archive: Archive) -> None:
        self._file, self._archive, self._started_at = file, archive, now()
        self._pulse = Pulse(ticked=time.monotonic())
        self._metrics = Metrics(self._pulse)
        self._corpus = Corpus(file.config)
        self._systemd = Systemd()
        self._port, self._address = ExitStack(), ""
        self._starting: asyncio.Future[None] | None = None
        self._spell_over, self._wanted = asyncio.Event(), asyncio.Event()

    async def live(self) -> None:
        """Raises CollectorError when the port is taken, ArchiveError for trouble that waiting cannot mend."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        loop.add_signal_handler(signal.SIGHUP, self._wanted.set)
        try:
            self._listen(self._file.config)
            while not self._pulse.stopping:
                self._spell_over.clear()
                await self._unless_stopped(self._spell(self._file.config))
        finally:
            self._port.close()
        logger.info("stopped")

    async def _unless_stopped(self, spell: Coroutine[Any, Any, None]) -> None:
        """The spell; called off by `_stop` while it waits, perhaps for ever, for its storage before its first tick."""
        self._starting = asyncio.ensure_future(spell)
        try:
            await self._starting
        except asyncio.CancelledError:
            if not self._pulse.stopping:
                raise

    async def _spell(self, config: Config) -> None:
        """Work with one configuration until another one is taken, or none."""
        self._pulse.least_free = config.least_free
        async with opened(config, self._archive, self._hear, lasting=True) as parts:
            self._pulse.watch(parts.writer, parts.patient)
            await parts.write(self._archive.set_sources, wanted(config), now())
            chores = Chores(
                *(config, self._archive, parts, self._pulse, self._metrics, self._hear, self._started_at, Machine())
            )
            await chores.mend_times()
            self._corpus = Corpus(config)
            alarms = Alarms(config.alarms, self._archive, parts.write, attention, now)
            pruning = Pruning(config, self._pulse.is_quiet)
            async with ticking(
                *((chores.tick, TICK), (chores.beat, BEAT), (chores.measure, MEASURE), (self._look_at_config, TICK)),
                *((alarms.round, alarms.every), (self._corpus.round, MEASURE), (pruning.round, BEAT)),
                *([(self._alive, self._systemd.alive_every)] if self._systemd.alive_every else []),
            ):
                self._starting = None
                self._tell_ready(config)
                await self._spell_over.wait()
            stuck = parts.patient is not None and parts.patient.since is not None
            await parts.pipeline.drain(0 if stuck else DRAIN)  # what waits for storage will not end
            if self._pulse.stopping:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LAST_BEAT):
                        await chores.beat()

    def _hear(self, event: Event) -> None:
        self._metrics.hear(event)
        self._corpus.hear(event)
        hear(event)

    def _stop(self) -> None:
        logger.info("stopping", pid=os.getpid())
        self._pulse.stopping = True
        self._systemd.stopping()
        self._spell_over.set()
        if self._starting is not None:
            self._starting.cancel()

    def _tell_ready(self, config: Config) -> None:
        logger.info("working", version=VERSION, pid=os.getpid(), sources=len(config.sources), data=str(config.data))
        number = len(config.sources)
        self._systemd.ready(f"watching {number:,} source{'s' * (number != 1)}")

    async def _alive(self) -> None:
        """Said to systemd, which starts a daemon anew that hangs; a full disk is nothing that would mend."""
        if not self._pulse.hangs(time.monotonic()):
            self._systemd.alive()

    async def _look_at_config(self) -> None:
        """Take a new configuration when there is one, or when SIGHUP wants it read; refuse a wrong one."""
        if self._wanted.is_set() or self._file.changed():
            self._wanted.clear()
            self._systemd.reloading()
            if self._read_config():
                self._spell_over.set()
            else:
                self._systemd.ready()

    def _read_config(self) -> bool:
        """Is there another configuration to work with?"""
        try:
            different = self._file.reload(self._take)
        except CollectorError as error:
            self._refuse(error)
            return False
        self._pulse.mistakes = ()
        logger.info("config-read", changed=different)
        return different

    def _refuse(self, error: CollectorError) -> None:
        self._pulse.mistakes = error.mistakes if isinstance(error, ConfigError) else (str(error),)
        for mistake in self._pulse.mistakes:
            logger.error("config-refused", mistake=mistake, now="the old one stays in force")

    def _take(self, config: Config) -> None:
        log.hide(secrets_of(config))
        self._listen(config)

    def _listen(self, config: Config) -> None:
        """Answer where the configuration says; the old port closes when the new one is open."""
        if (config.http or "") == self._address:
            return
        with ExitStack() as opening:
            if config.http:
                opening.enter_context(HealthPort(config.http, self._pulse, self._metrics))
            self._port.close()
            self._port, self._address = opening.pop_all(), config.http or ""
