"""What may never stand in a log: the secrets of config.yaml, passwords in addresses, keys in their queries."""

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote, urlsplit

from collector.config import Config

HIDDEN = "***"
LEAST = 4  # characters: what is shorter ("1", "yes", "de") is a choice, and hiding it would hide half of every line

# `user:password@` before a host; to the last @, since a password may hold one that nobody escaped
USER = re.compile(r"(?<=://)[^/\s?#\"'<>]*@")
# A value of a key that opens something; the signs behind it are those of the sentence that it stands in.
QUERY = re.compile(
    r"([?&;#](?:[\w.-]*(?:token|secret|password|passwd|apikey|signature|credential)|(?:[\w.-]*[_.-])?"
    r"(?:key|pass|pwd|auth|authorization|sig|jwt|sid|session|sessionid)))"
    r"=[^&#\s\"'<>]+?(?=[:,.;)\]]{0,3}(?:[&#\s\"'<>]|$))",
    re.IGNORECASE,
)


class Secrets:
    """Words to hide, and `hide`, which hides them. Those of shapes that give themselves away need not be known."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        self.add(words)

    def add(self, words: Iterable[str]) -> None:
        """Hide these too, in every spelling that an address, a `repr` or JSON gives them."""
        self._words |= {spelt for word in words for spelt in _spellings(word) if len(spelt) >= LEAST}
        longest_first = sorted(self._words, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def hide(self, text: str) -> str:
        """The text with *** for every secret."""
        text = self._hide_words(text)
        return self._hide_words(QUERY.sub(rf"\1={HIDDEN}", USER.sub(f"{HIDDEN}@", text)))

    def _hide_words(self, text: str) -> str:
        """Until none is left: what stands around a hidden one may make up another. Each round shortens the text."""
        while self._pattern is not None and self._pattern.search(text):
            text = self._pattern.sub(HIDDEN, text)
        return text


def _spellings(word: str) -> set[str]:
    quoted = quote(word, safe="", errors="replace")
    told = {repr(word)[1:-1], json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]}
    return {word, word.strip(), unquote(word), quoted, *told}


def secrets_of(config: Config) -> set[str]:
    """What a configuration holds that is nobody else's business, and the password of its mail."""
    return {word for word in (*_of_sites(config), *_of_alarms(config)) if word}


def _of_sites(config: Config) -> Iterator[str]:
    for site in config.sites.values():
        yield from site.cookies.values()
        for value in site.headers.values():
            yield value
            if value.count(" ") == 1:  # `Bearer <token>`
                yield value.partition(" ")[2]
        if site.proxy:
            yield urlsplit(site.proxy).password or ""


def _of_alarms(config: Config) -> Iterator[str]:
    webhook, email = config.alarms.webhook, config.alarms.email
    if webhook:
        yield webhook
        yield urlsplit(webhook)._replace(scheme="", netloc="").geturl()  # many hold their key in the path
    if email and email.password_file:
        with contextlib.suppress(OSError, UnicodeDecodeError):  # whoever sends mail tells what is wrong with it
            yield email.password_file.read_text("utf-8").strip()
