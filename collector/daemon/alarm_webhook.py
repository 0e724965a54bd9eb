"""Alarms as a POST with JSON to an address that may be a secret: no error and no log line holds it."""

import socket
from collections.abc import Sequence
from datetime import datetime

from collector.daemon.alarm_book import Word
from collector.errors import Undelivered
from collector.fetch_webhook import post_json


class Webhook:
    """One request a word, so that what takes them needs no list."""

    name = "webhook"

    def __init__(self, url: str) -> None:
        self._url = url

    async def send(self, words: Sequence[Word], now: datetime) -> int:
        """How many were taken, from the first on. Raises Undelivered when that is none."""
        for number, word in enumerate(words):
            try:
                await post_json(self._url, _value(word, now))
            except Undelivered:
                if not number:
                    raise
                return number
        return len(words)


def _value(word: Word, now: datetime) -> dict[str, str]:
    return {
        "event": word.event,
        "key": word.key,
        "text": word.text,
        "advice": word.advice,
        "since": word.since.isoformat(),
        "now": now.isoformat(),
        "host": socket.gethostname(),
    }
