"""kill -9 at any moment of any command that writes: what is left is sound, and the same command goes on."""

import asyncio
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from collector.pipeline.run import corpus_of
from storage.care.verify import verify
from storage.export.folder import bring_up
from storage.raw import Raw
from tests import killer
from tests.killer import Killer
from tests.town import FEED, HOUR, OTHER, STORY, Answer, Town, feed, link, page

ARTICLES, EDITED = 30, 8
WRONG_RULE = "hosts: [e.org]\nbody: article\ndrop: ['p:last-child']\n"


def address(number: int) -> str:
    return f"http://e.org/{number}"


def story(number: int, *more: str) -> str:
    return page(f"Harbour, part {number}", (*(f"{number}. {each}" for each in STORY), *more))


def first_web() -> dict[str, Answer]:
    stories: dict[str, Answer] = {address(number): story(number) for number in range(ARTICLES)}
    return stories | {FEED: feed(*(link(each) for each in stories))}


def later_web() -> dict[str, Answer]:
    """Some stories are edited, others are new."""
    edited: dict[str, Answer] = {address(number): story(number, OTHER[0]) for number in range(EDITED)}
    new: dict[str, Answer] = {address(number): story(number) for number in range(ARTICLES, ARTICLES + 10)}
    stories = first_web() | edited | new
    return stories | {FEED: feed(*(link(each) for each in stories if each != FEED))}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with config.yaml and an archive with edits, text files, saved pages, and a rule that is wrong."""
    folder = tmp_path_factory.mktemp("kills")
    town = Town(folder / "data", first_web())
    with closing(town.archive), closing(town.raw):
        asyncio.run(town.run())
        town.web = later_web() | {FEED: town.web[FEED]}
        asyncio.run(town.run(later=HOUR))
        bring_up(town.archive, corpus_of(town.config))
    (folder / "rules").mkdir()
    (folder / "rules" / "e.org.yaml").write_text(WRONG_RULE)
    (folder / "pages").mkdir()
    for number in range(20):
        saved = page(f"Marsh, part {number}", tuple(f"{number}. {each}" for each in OTHER))
        saved = saved.replace("<head>", f'<head><link rel="canonical" href="http://m.org/{number}">')
        (folder / "pages" / f"{number}.html").write_text(saved)
    return folder


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The web of later, served."""
    web = later_web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = web.get(f"http://e.org{self.path}")
            self.send_response(200 if isinstance(answer, str) else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            body = answer.encode() if isinstance(answer, str) else b""
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def process() -> Iterator[Killer]:
    with killer.running() as running:
        yield running


def no_body(data: Path) -> None:
    """Something to mend: a body that is lost, a text file that is not as it was."""
    with closing(Raw(data / "raw")) as raw, raw.transaction():
        raw.remove("2026-11", [next(raw.stored("2026-11")).sha256])
    next(data.glob("corpus/003_*.txt")).write_text("another text")


@dataclass(frozen=True)
class Command:
    """What is killed: its arguments, what was run before, what was done to the folder, the exit code when it is not."""

    arguments: str
    before: str = ""
    prepare: Callable[[Path], None] | None = None
    code: int = 0
    kills: int = 6


COMMANDS = (
    Command("reextract --apply --rules rules", kills=4),
    Command("reextract --undo 1", before="reextract --apply --rules rules"),
    Command("fetch", kills=4),
    Command("import pages", kills=4),
    Command("export data/corpus", before="reextract --apply --rules rules"),
    Command("export out.jsonl --format jsonl"),
    Command("export warcs --format warc"),
    Command("prune --apply"),
    Command("takedown http://e.org/3 http://e.org/20 --yes"),
    Command("backup copy --corpus"),
    Command("verify --repair", prepare=no_body),
)


def configure(folder: Path, port: int) -> None:
    (folder / "config.yaml").write_text(
        f"sources: [{FEED}]\nnetwork:\n  delay: 0\n  allow_private: true\n  resolve: {{'*': '127.0.0.1:{port}'}}\n"
        "prune: {unchanged: 1s, superseded: 1s, sources: 1s}\n"
    )


def killed(command: Command, kept: Path, folder: Path, port: int, process: Killer, times: int) -> None:
    """Run it undisturbed, then kill it at random moments of that length, each in a fresh copy, and go on."""
    base = shutil.copytree(kept, folder / "base")
    configure(base, port)
    if command.before:
        assert process.run(base, *command.before.split())[0] == 0, (base / "said.txt").read_text()
    if command.prepare:
        command.prepare(base / "data")
    wrong_before = {fault.said for fault in verify(base / "data").faults}
    whole = shutil.copytree(base, folder / "whole")
    code, seconds = process.run(whole, *command.arguments.split())
    assert code == command.code, (whole / "said.txt").read_text()
    assert verify(whole / "data").faults == []
    dice = random.Random(command.arguments)
    for number in range(times):
        copy = shutil.copytree(base, folder / str(number))
        moment = dice.uniform(0, seconds)
        process.run(copy, *command.arguments.split(), kill_after=moment)
        new = [fault for fault in verify(copy / "data").faults if fault.said not in wrong_before]
        assert new == [], f"killed after {moment:.3f} of {seconds:.3f} s"
        code, _ = process.run(copy, *command.arguments.split())
        assert code == command.code, (copy / "said.txt").read_text()
        assert verify(copy / "data").faults == []
        shutil.rmtree(copy)


@pytest.mark.slow
def test_killed_once_or_twice(kept: Path, tmp_path: Path, port: int, process: Killer) -> None:
    """A sample of what follows."""
    takedown = next(command for command in COMMANDS if command.arguments.startswith("takedown"))
    killed(takedown, kept, tmp_path, port, process, 2)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.arguments)
def test_killed_at_any_moment(command: Command, kept: Path, tmp_path: Path, port: int, process: Killer) -> None:
    """No row without its body, no half of a transaction, no text that no version says."""
    killed(command, kept, tmp_path, port, process, command.kills)
