"""What a log line looks like, on a terminal and elsewhere, and what never stands in one."""

import io
import json
import logging
import re
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector import log, log_events
from collector.config import load
from collector.log_secrets import LEAST, Secrets, secrets_of
from collector.pipeline.events import Event, Kind

Lines = Callable[..., "Written"]


class Written:
    """A handler on a stream in memory, and what it wrote. It stands at the root, where every record comes by."""

    def __init__(self, *secrets: str, terminal: bool = False) -> None:
        self._stream = io.StringIO()
        self.handler = log.handler(self._stream, Secrets(secrets), terminal=terminal)

    def __enter__(self) -> "Written":
        logging.getLogger().addHandler(self.handler)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self.handler)

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture(autouse=True)
def everything_is_heard() -> Iterator[None]:
    ours = logging.getLogger("newskeep")
    before = ours.level
    ours.setLevel("DEBUG")
    yield
    ours.setLevel(before)


def test_elsewhere_a_line_is_a_json_object() -> None:
    """Time in UTC, level, event, then its values, in the letters of the language."""
    with Written() as written:
        log.logger.info("article-new", url="https://e.org/a", title="Маяк", count=3)
    assert re.match(r'\{"time": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", "level": "info", "event"', written.text)
    assert "Маяк" in written.text
    assert written.lines[0].items() >= {"url": "https://e.org/a", "title": "Маяк", "count": 3}.items()


def test_a_terminal_gets_aligned_lines_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Local time, no JSON, events in one column; colours only where they are wanted."""
    monkeypatch.setenv("NO_COLOR", "1")
    with Written(terminal=True) as written:
        log.logger.info("gap", url="https://e.org/a")
        log.logger.warning("storage-failed", error="disk full")
    first, second = written.text.splitlines()
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[info +\] gap +url=https://e.org/a$", first)
    assert first.index("gap") == second.index("storage-failed")
    monkeypatch.delenv("NO_COLOR")
    with Written(terminal=True) as written:
        log.logger.info("gap")
    assert "\x1b[" in written.text


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_event_has_a_line(kind: Kind) -> None:
    """One line, of its kind and about its address; none is forgotten."""
    with Written() as written:
        log_events.hear(Event(kind, "https://e.org/a", "why", 7, 0.25))
    (line,) = written.lines
    assert line["event"] == kind
    assert "https://e.org/a" in line.values()
    assert "why" in line.values()


@pytest.mark.parametrize(
    "kind", ["asked", "to-poll", "to-visit", "visited", "article-unchanged", "looked", "source-unchanged"]
)
def test_what_would_drown_the_rest_is_for_debugging(kind: Kind) -> None:
    """Such lines come only to those who ask for them."""
    logging.getLogger("newskeep").setLevel("INFO")
    with Written() as written:
        log_events.hear(Event(kind, "https://e.org/a"))
        log_events.hear(Event("source-read", "https://e.org/f"))  # nothing new
        log_events.hear(Event("source-read", "https://e.org/f", count=2))
    assert [(line["event"], line["new"]) for line in written.lines] == [("source-read", 2)]


def test_libraries_and_warnings_speak_in_the_same_form() -> None:
    """Their name is told; a lazy message is put together."""
    with Written() as written:
        logging.getLogger("apscheduler.executors").warning("run of %s was missed by %d s", "tick", 3)
        logging.getLogger("httpx").info("HTTP Request: GET")
    assert [(line["logger"], line["event"]) for line in written.lines] == [
        ("apscheduler.executors", "run of tick was missed by 3 s")
    ]


def raised(message: str) -> BaseException:
    try:
        raise ValueError(message)
    except ValueError as error:
        return error


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("ill", ["\n", "\r\n", "\x1b[2J", "\x85", "\u2028", "\u202e", "\x00", "\ud800", "\x9b31m"])
def test_no_message_can_pass_for_another_record(ill: str, terminal: bool) -> None:
    """One record is one line, whatever is in it, and moves no cursor."""
    bad = f"a{ill}2026-01-01 00:00:00 [error] forged"
    with Written(terminal=terminal) as written:
        log.logger.info(bad, url=bad, more=[bad, {bad: bad}])
        logging.getLogger("lib").warning(bad)
    assert len(written.text.splitlines()) == 2
    assert ill not in "".join(written.text.split("\n"))
    if not terminal:
        assert written.lines[0]["url"] == bad


def test_a_traceback_is_one_line_elsewhere_and_set_in_on_a_terminal() -> None:
    """No line of it begins where records begin."""
    error = raised("first\n2026-01-01 00:00:00 [error] forged")
    with Written() as written:
        log.logger.error("failed", exc_info=error)
    assert written.lines[0]["exception"].startswith("Traceback")
    with Written(terminal=True) as written:
        log.logger.error("failed", exc_info=error)
        log_events.hear(Event("broke", "https://e.org/a", "".join(traceback.format_exception(error))))
    outer = [line for line in written.text.splitlines() if not line.startswith("    ")]
    assert len(outer) == 2


def test_a_stream_of_few_letters_gets_json_all_the_same() -> None:
    """What the stream cannot write is escaped as JSON does it."""
    bytes_ = io.BytesIO()
    stream = io.TextIOWrapper(bytes_, encoding="ascii", errors="backslashreplace")
    handler = log.handler(stream, Secrets())
    handler.emit(logging.makeLogRecord({"name": "lib", "levelname": "WARNING", "msg": "é 😀"}))
    stream.flush()
    assert json.loads(bytes_.getvalue())["event"] == "é 😀"


SECRET = st.text(st.characters(exclude_categories=["Cs"]), min_size=LEAST, max_size=30).filter(
    lambda text: len(text.strip()) >= LEAST
)
SAID = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(SECRET, min_size=1, max_size=3), SAID, SAID)
def test_a_secret_stands_in_no_value(words: list[str], before: str, after: str) -> None:
    """Not as it is, not as an address or a `repr` spells it, not made anew by what stands around it."""
    secrets = Secrets(words)
    for word in words:
        for spelt in (word, quote(word, safe=""), repr(word)[1:-1]):
            hidden = secrets.hide(before + spelt + words[0] + after)
            assert not [each for each in words if each in hidden]
            assert spelt not in hidden


@given(st.text(st.sampled_from("qxz7*/.&=?@:"), min_size=LEAST, max_size=12), st.booleans())
def test_a_secret_stands_nowhere_in_the_output(secret: str, terminal: bool) -> None:
    """In the event, its values, their depths, a traceback and a library's arguments alike."""
    with Written(secret, terminal=terminal) as written:
        log.logger.error(f"a {secret}", url=f"http://e.org/{secret}", deep={"a": [secret]}, exc_info=raised(secret))
        logging.getLogger("lib").warning("got %s", secret)
    said = re.sub(r"\x1b\[\d+m", "", written.text)
    without = said if terminal else "".join(str(line) for line in written.lines)
    assert secret not in without.replace("***", "")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("http://user:pa@ss@e.org/x", "http://***@e.org/x"),
        ("see 'https://u:p@e.org'", "see 'https://***@e.org'"),
        ("https://e.org/@name/a?b=c@d", "https://e.org/@name/a?b=c@d"),
        ("https://e.org/a?token=abc&page=2#s", "https://e.org/a?token=***&page=2#s"),
        ("https://e.org/a?X-Amz-Signature=ab&apiKey=1", "https://e.org/a?X-Amz-Signature=***&apiKey=***"),
        ("https://e.org/a?api_key=s, then", "https://e.org/a?api_key=***, then"),
        ("https://e.org/a?token=ab: no answer", "https://e.org/a?token=***: no answer"),
        ("https://e.org/a?auth=1;password=2&sig=3", "https://e.org/a?auth=***&sig=***"),
        ("https://e.org/a?keyword=x&design=y&author=z", "https://e.org/a?keyword=x&design=y&author=z"),
    ],
)
def test_what_gives_itself_away_need_not_be_known(given: str, told: str) -> None:
    """Passwords in addresses, and keys in their queries."""
    assert Secrets().hide(given) == told


def test_short_values_are_no_secrets() -> None:
    """A cookie `consent=1` hides no digit; what is hidden stays hidden when more is."""
    secrets = Secrets(["1", "yes", ""])
    secrets.add(["long enough"])
    secrets.add(["another"])
    assert secrets.hide("1 yes long enough another") == "1 yes *** ***"


def test_the_secrets_of_a_configuration(tmp_path: Path) -> None:
    """Cookies, headers, the proxy's password, the webhook with its path, the password of the mail."""
    (tmp_path / "pass").write_text("mail-word\n")
    (tmp_path / "config.yaml").write_text(
        """
sources: []
sites:
  e.org:
    cookies: {session: cookie-word}
    headers: {Authorization: Bearer header-word, X-Agent: one two three}
    proxy: http://me:proxy%20word@p.test:3128
alarms:
  webhook: https://hooks.test/services/hook-word
  email: {to: a@e.org, from: b@e.org, host: "smtp.test:587", user: b, password_file: pass}
"""
    )
    secrets = Secrets(secrets_of(load(tmp_path / "config.yaml")))
    for word in ("cookie-word", "header-word", "proxy%20word", "proxy word", "/services/hook-word", "mail-word"):
        assert secrets.hide(f"<{word}>") == "<***>"
    assert secrets.hide("three") == "three"


@pytest.mark.slow
@pytest.mark.parametrize(("level", "heard"), [("debug", 3), ("info", 2), ("error", 1)])
def test_a_program_that_logs(level: str, heard: int) -> None:
    """`to_stderr` is all it needs: its lines, warnings of Python, and the error that ends it, are JSON on stderr."""
    program = f"""
import warnings
from collector import log
log.to_stderr({level!r}, ["hush-hush"])
log.to_stderr({level!r})
log.tell_crashes()
log.logger.debug("d")
log.logger.info("i")
warnings.warn("hush-hush")
raise ValueError("hush-hush")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 1
    assert done.stdout == ""
    assert "hush-hush" not in done.stderr
    assert lines[-1]["event"] == "crashed"
    assert "ValueError: ***" in lines[-1]["exception"]
    assert len(lines) == heard + (level != "error")
    assert ("py.warnings" in [line.get("logger") for line in lines]) == (level != "error")
