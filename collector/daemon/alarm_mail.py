"""Alarms as e-mail in plain text: one mail however many words. The only door to smtplib."""

import asyncio
import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from collector.config import Email
from collector.daemon.alarm_book import Word
from collector.errors import Undelivered

PATIENCE = 15.0  # seconds for each step of the talk
LONGEST_SUBJECT = 120  # characters


class Mail:
    """One mail server."""

    name = "email"

    def __init__(self, wanted: Email) -> None:
        self._wanted = wanted

    async def send(self, words: Sequence[Word], now: datetime) -> int:
        """All of them, in one mail. Raises Undelivered."""
        message, password = mail(words, now, self._wanted), self._password()
        try:
            await _in_thread(lambda: self._deliver(message, password))
        except (OSError, UnicodeError, smtplib.SMTPException) as error:  # its words may be what the server was told
            raise Undelivered(f"the mail server {self._wanted.host} did not take it ({_said(error)})") from None
        return len(words)

    def _password(self) -> str | None:
        """Read each time, so that a new one needs no restart. Raises Undelivered."""
        path = self._wanted.password_file
        try:
            return None if path is None else path.read_text("utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise Undelivered(f"{path}: the password of the mail server cannot be read ({_said(error)})") from None

    def _deliver(self, message: EmailMessage, password: str | None) -> None:
        with self._connected() as server:
            if self._wanted.user is not None and password is not None:
                server.login(self._wanted.user, password)
            server.send_message(message, self._wanted.sender, self._wanted.to)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        name, _, port = self._wanted.host.rpartition(":")
        host, trust = name.strip("[]"), ssl.create_default_context()
        if self._wanted.tls == "tls":
            with smtplib.SMTP_SSL(host, int(port), timeout=PATIENCE, context=trust) as server:
                yield server
            return
        with smtplib.SMTP(host, int(port), timeout=PATIENCE) as server:
            if self._wanted.tls == "starttls":
                server.starttls(context=trust)
            yield server


def mail(words: Sequence[Word], now: datetime, wanted: Email) -> EmailMessage:
    """What is sent: the subject says what happened, or how much of it."""
    message = EmailMessage(SMTP)
    message["From"], message["To"] = wanted.sender, ", ".join(wanted.to)
    message["Subject"] = _subject(words)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid("newskeep", wanted.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note answers it
    message.set_content("\n\n".join([*map(_paragraph, words), f"-- \nNewskeep on {socket.gethostname()}"]) + "\n")
    return message


def _subject(words: Sequence[Word]) -> str:
    if len(words) == 1:
        said = " ".join(f"{'over: ' if words[0].event == 'over' else ''}{words[0].text}".split())
    else:
        troubles = sum(word.event == "trouble" for word in words)
        counts = ((troubles, "trouble" if troubles == 1 else "troubles"), (len(words) - troubles, "over"))
        said = ", ".join(f"{number} {what}" for number, what in counts if number)
    return f"newskeep: {said if len(said) <= LONGEST_SUBJECT else said[: LONGEST_SUBJECT - 1] + '…'}"


def _paragraph(word: Word) -> str:
    since = f"{word.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if word.event == "over":
        return f"OVER: {word.text}\nIt had lasted since {since}."
    return f"TROUBLE: {word.text}\nSince {since}. {word.advice}".rstrip()


def _said(error: Exception) -> str:
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"


async def _in_thread(work: Callable[[], None]) -> None:
    """Run it beside the event loop, whose end never waits for it: a mail server may take its time to say nothing."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if done.done():
            return  # nobody waits any more
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def run() -> None:
        error: BaseException | None = None
        try:
            work()
        except BaseException as raised:  # it is raised again where it is awaited
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, error)

    threading.Thread(target=run, name="mail", daemon=True).start()
    await done
