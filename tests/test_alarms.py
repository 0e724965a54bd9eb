"""Who is told of what, when, and how often: over real sockets, with a clock that is an argument."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector import config
from collector.config import Email
from collector.daemon import alarm_book
from collector.daemon import alarms as alarms_module
from collector.daemon.alarm_book import Word
from collector.daemon.alarm_mail import mail
from collector.daemon.alarms import Alarms
from collector.daemon.attention import Attention
from storage.archive import Archive
from storage.archive.alarms import Alarm
from tests.mailbox import Hook, Mailbox, hook, mailbox

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AFTER = 10 * MINUTE


def failing(name: str, **values: Any) -> Attention:
    return Attention(kind="source-failing", key=f"failing {name}", text=f"{name} fails", subject=name, **values)


def storm(*names: str) -> Attention:
    return Attention(
        kind="source-failing", key="many", text=f"{len(names)} fail", covers=tuple(f"failing {name}" for name in names)
    )


class World:
    """An archive, what needs attention, and the time: what `Alarms` is given."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.now = archive, NOW
        self.found: list[Attention] = []
        self.broken: Exception | None = None

    async def write(self, function: Callable[..., Any], *arguments: object) -> Any:
        if self.broken:
            raise self.broken
        return function(*arguments)

    def alarms(self, **wanted: Any) -> Alarms:
        given = config.Alarms.model_validate(wanted)
        return Alarms(given, self.archive, self.write, lambda *_: list(self.found), lambda: self.now)

    async def pass_by(self, alarms: Alarms, minutes: int, *found: Attention) -> None:
        """These need attention for so many minutes, with a round each."""
        self.found = list(found)
        for _ in range(minutes):
            self.now += MINUTE
            await alarms.round()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    archive = Archive(tmp_path / "archive.db")
    yield World(archive)
    archive.close()


@pytest.fixture
async def web() -> AsyncIterator[Hook]:
    async with hook() as made:
        yield made


@pytest.fixture
async def post() -> AsyncIterator[Mailbox]:
    async with mailbox() as made:
        yield made


def letter(post: Mailbox, **keys: object) -> dict[str, object]:
    """Alarms by mail, without TLS, to this mailbox."""
    given = {"to": ("desk@a.test", "night@a.test"), "from": "newskeep@a.test", "tls": "none"}
    return given | {"host": f"127.0.0.1:{post.port}"} | keys


def events(web: Hook) -> list[tuple[str, str]]:
    return [(each["event"], each["key"]) for each in web.posted]


async def test_once_and_once(world: World, web: Hook) -> None:
    """A trouble is told once when it has lasted, and once when it has stayed away for as long."""
    told = world.alarms(webhook=web.url)
    await world.pass_by(told, 10, failing("a"))
    assert web.posted == []
    await world.pass_by(told, 30, failing("a"))
    assert events(web) == [("trouble", "failing a")]
    await world.pass_by(told, 10)
    assert len(web.posted) == 1
    await world.pass_by(told, 30)
    assert events(web) == [("trouble", "failing a"), ("over", "failing a")]
    first, last = web.posted
    assert {"text", "since", "now", "host", "advice"} <= first.keys()
    assert (first["text"], first["since"]) == ("a fails", "2026-11-22T12:01:00+00:00")
    assert (last["since"], last["now"]) == ("2026-11-22T12:01:00+00:00", "2026-11-22T12:51:00+00:00")
    assert world.archive.alarms("webhook") == []


async def test_at_once(world: World, web: Hook) -> None:
    """`after: 0` waits for nothing."""
    told = world.alarms(webhook=web.url, after=0)
    await world.pass_by(told, 1, failing("a"))
    await world.pass_by(told, 1)
    assert events(web) == [("trouble", "failing a"), ("over", "failing a")]


async def test_what_comes_and_goes(world: World, web: Hook) -> None:
    """What flickers is not told; what was told and flickers is told no second time."""
    told = world.alarms(webhook=web.url)
    for _ in range(20):
        await world.pass_by(told, 5, failing("a"))
        await world.pass_by(told, 5)
    assert web.posted == []
    await world.pass_by(told, 20, failing("b"))
    for _ in range(20):
        await world.pass_by(told, 5)
        await world.pass_by(told, 5, failing("b"))
    assert events(web) == [("trouble", "failing b")]


async def test_a_storm(world: World, web: Hook) -> None:
    """It is one alarm; those it stands for are neither told with it nor over because of it."""
    told = world.alarms(webhook=web.url)
    await world.pass_by(told, 20, failing("a"))
    await world.pass_by(told, 5, failing("a"), failing("b"))
    await world.pass_by(told, 60, storm("a", "b", "c", "d", "e", "f"))
    assert events(web) == [("trouble", "failing a"), ("trouble", "many")]
    await world.pass_by(told, 60, failing("a"))
    assert events(web)[2:] == [("over", "many")]
    await world.pass_by(told, 60)
    assert events(web)[3:] == [("over", "failing a")]


async def test_not_worth_it(world: World, web: Hook) -> None:
    """Some things are for `status` alone."""
    told = world.alarms(webhook=web.url)
    await world.pass_by(told, 30, failing("a", tell=False))
    assert web.posted == []


async def test_another_life(world: World, web: Hook) -> None:
    """A restart tells nothing again, and tells the end of what an earlier life told."""
    await world.pass_by(world.alarms(webhook=web.url), 20, failing("a"), failing("b"))
    await world.pass_by(world.alarms(webhook=web.url), 20, failing("a"))
    await world.pass_by(world.alarms(webhook=web.url), 20)
    assert sorted(events(web)) == [
        *(("over", "failing a"), ("over", "failing b")),
        *(("trouble", "failing a"), ("trouble", "failing b")),
    ]


@pytest.mark.parametrize("status", [0, 302, 404, 500])
async def test_a_webhook_that_is_down(world: World, web: Hook, status: int, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is lost: it is told when the webhook is back, even what is over meanwhile. Its address stays a secret."""
    caplog.set_level(logging.DEBUG, "newskeep")
    told, web.status = world.alarms(webhook=web.url), status
    await world.pass_by(told, 12, failing("a"), failing("b"))
    await world.pass_by(told, 12, failing("b"))
    assert web.posted == [] and web.paths
    assert caplog.text.count("alarm-undelivered") == 1, "said once, not at every try"
    assert "the webhook at 127.0.0.1" in caplog.text and "SECRET" not in caplog.text
    web.status = 204
    await world.pass_by(told, 2, failing("b"))
    assert events(web) == [("trouble", "failing a"), ("trouble", "failing b"), ("over", "failing a")]


async def test_a_mail(world: World, post: Mailbox) -> None:
    """All that is new in one mail in plain text, whose subject says what it is."""
    told = world.alarms(email=letter(post))
    await world.pass_by(told, 20, failing("ä.test"))
    await world.pass_by(told, 20, failing("b.test"), failing("c.test"))
    one, several = post.mails
    assert (one["subject"], one["to"]) == ("newskeep: ä.test fails", "desk@a.test, night@a.test")
    assert one.get_content_type() == "text/plain" and one["auto-submitted"] == "auto-generated"
    text = one.get_content().replace("\r\n", "\n")
    assert "TROUBLE: ä.test fails\nSince 2026-11-22 12:01 UTC. It is asked again" in text
    assert several["subject"] == "newskeep: 2 troubles, 1 over"
    assert [line for line in post.heard if line.lower().startswith("rcpt")][:2] == [
        *("rcpt TO:<desk@a.test>", "rcpt TO:<night@a.test>"),
    ]


def test_words_of_a_mail() -> None:
    """A subject is one short line, whatever the trouble says; the end of a trouble tells when it began."""
    wanted = Email.model_validate({"to": "a@b.test", "from": "n@b.test", "host": "b.test:25"})
    long = Word(event="trouble", key="k", text="one\ntwo " + "x" * 300, since=NOW, advice="Do it.")
    over = Word(event="over", key="k", text="it fails", since=NOW)
    said = mail([long], NOW, wanted)["subject"]
    assert len(said) == 130 and "\n" not in said
    both = mail([long, over], NOW, wanted)
    assert both["subject"] == "newskeep: 1 trouble, 1 over"
    assert "OVER: it fails\nIt had lasted since 2026-11-22 12:00 UTC." in both.get_content()


async def test_a_mail_server_that_asks_who_we_are(world: World, post: Mailbox, tmp_path: Path) -> None:
    """The password is read from its file when it is needed; one that cannot be read is told, and never its words."""
    (tmp_path / "password").write_text("SECRET\n")
    told = world.alarms(after=0, email=letter(post, user="us", password_file=tmp_path / "password"))
    await world.pass_by(told, 1, failing("a"))
    assert len(post.mails) == 1
    assert any(line.startswith("AUTH PLAIN") for line in post.heard)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("451", "did not take it (SMTPDataError 451)"),
        ("auth", "did not take it (SMTPAuthenticationError 535)"),
        ("no password", "password: the password of the mail server cannot be read (FileNotFoundError)"),
        ("no server", "did not take it (ConnectionRefusedError)"),
        ("hangs up", "did not take it (SMTPSenderRefused 421)"),
        ("no tls", "did not take it (SMTPNotSupportedError)"),
    ],
)
async def test_a_mail_server_that_is_down(
    world: World, post: Mailbox, tmp_path: Path, trouble: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged once, no secret with it, and the mail goes out when the server is back."""
    keys: dict[str, object] = {"user": "us", "password_file": tmp_path / "password"}
    if trouble != "no password":
        (tmp_path / "password").write_text("SECRET")
    if trouble == "no tls":
        keys = {"tls": "starttls"}
    post.says = {"451": {"DATA": "451 SECRET?"}, "auth": {"AUTH": "535 SECRET is wrong"}}.get(trouble, {})
    if trouble == "hangs up":
        post.says = {"MAIL": "421 bye"}
    if trouble == "no server":
        keys["host"] = "127.0.0.1:1"
    told = world.alarms(after=0, email=letter(post, **keys))
    await world.pass_by(told, 3, failing("a"))
    assert post.mails == []
    assert caplog.text.count("alarm-undelivered") == 1
    assert said in caplog.text
    assert "SECRET" not in caplog.text
    post.says = {}
    (tmp_path / "password").write_text("SECRET")
    await world.pass_by(world.alarms(after=0, email=letter(post)), 1, failing("a"))
    assert len(post.mails) == 1


async def test_one_channel_does_not_wait_for_the_other(world: World, web: Hook, post: Mailbox) -> None:
    """Each has its own book: what one was told is not told again because the other was down."""
    told, web.status = world.alarms(webhook=web.url, email=letter(post), after=0), 500
    await world.pass_by(told, 5, failing("a"))
    assert (len(post.mails), web.posted) == (1, [])
    web.status = 200
    await world.pass_by(told, 5, failing("a"))
    assert (len(post.mails), len(web.posted)) == (1, 1)


async def test_a_silent_mail_server_holds_nothing_up(world: World) -> None:
    """A round can be cancelled while it waits, and the event loop goes on meanwhile."""
    held: list[asyncio.StreamWriter] = []
    async with await asyncio.start_server(lambda _, writer: held.append(writer), "127.0.0.1", 0) as server:
        quiet = Mailbox(port=server.sockets[0].getsockname()[1])
        told = world.alarms(after=0, email=letter(quiet))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(world.pass_by(told, 1, failing("a")), 0.3)
        for writer in held:
            writer.close()


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk is full"), OSError("gone"), TimeoutError()])
async def test_an_archive_that_cannot_be_written(world: World, web: Hook, error: Exception) -> None:
    """That is what has to be told, and once; nothing that was told before is over because of it."""
    told = world.alarms(webhook=web.url)
    await world.pass_by(told, 15, failing("a"))
    world.broken = error
    await world.pass_by(told, 40)
    world.broken = None
    assert events(web) == [("trouble", "failing a"), ("trouble", "daemon-unwell")]
    await world.pass_by(told, 15, failing("a"))
    assert events(web)[2:] == [("over", "daemon-unwell")]
    await world.pass_by(world.alarms(webhook=web.url), 15)
    assert events(web)[3:] == [("over", "failing a")], "what was told while it could not be kept was kept then"


async def test_an_archive_that_is_read_and_not_written(world: World, web: Hook) -> None:
    """A full disk: the daemon that asks is alive, and its last sign of life is old."""
    told = world.alarms(webhook=web.url)
    await world.pass_by(told, 15, Attention(kind="daemon-dead", key="daemon-dead", text="dead", tell=False))
    assert [each["text"] for each in web.posted] == ["the archive has not been written for a while"]


async def test_a_writer_that_hangs(world: World, web: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for."""
    monkeypatch.setattr(alarms_module, "STUCK", 0.01)
    told = world.alarms(webhook=web.url, after=0)
    await told.round()

    async def hang(*_: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(told, "_write", hang)
    await told.round()
    assert web.posted[0]["text"] == "the archive cannot be read or written: it does not answer"


async def test_nobody_to_tell(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Without channels nothing is even looked at."""
    world.broken = AssertionError("asked")
    await world.alarms().round()
    assert not caplog.text


async def test_a_fault_of_ours(world: World, web: Hook, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, and the next round is tried: whoever collects must not end because nobody can be told."""
    told, world.broken = world.alarms(webhook=web.url, after=0), ZeroDivisionError()
    await world.pass_by(told, 1)
    assert "broke" in caplog.text
    world.broken = None
    await world.pass_by(told, 1, failing("a"))
    assert events(web) == [("trouble", "failing a")]


@pytest.mark.parametrize(("after", "every"), [(0, 5), (60, 15), (600, 60), (86400, 60)])
def test_rounds(world: World, after: float, every: float) -> None:
    """Who wants to know soon is told soon."""
    assert world.alarms(after=after).every == every


MOMENTS = st.lists(st.sets(st.sampled_from("abc")), max_size=60)


@given(MOMENTS, st.lists(st.booleans(), max_size=60))
def test_troubles_and_ends_take_turns(troubles: list[set[str]], up: list[bool]) -> None:
    """For every key, whatever comes, goes and cannot be told: first a trouble, then its end, then perhaps another."""
    book: list[Alarm] = []
    told: dict[str, list[str]] = {name: [] for name in "abc"}
    for number, names in enumerate([*troubles, *[set[str]()] * 30]):
        now, found = NOW + number * MINUTE, [failing(name) for name in sorted(names)]
        book = alarm_book.seen(book, found, now, 3 * MINUTE)
        while words := alarm_book.due(book, found, now, 3 * MINUTE):
            if number < len(up) and not up[number]:
                break
            for word in words:
                told[word.key[-1]].append(word.event)
            book = alarm_book.told(book, words, now)
    assert book == []
    assert all(each == ["trouble", "over"] * (len(each) // 2) for each in told.values())
