"""`newskeep verify`: what it mends, what it says, and whether text files are what the bytes say."""

import asyncio
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collector import jobs
from collector.cli import main
from collector.pipeline.run import corpus_of
from collector.proof import Proof, compare
from storage.archive import Archive
from storage.care.verify import verify
from storage.care.verify_repair import repair
from storage.export.folder import bring_up
from storage.raw import Raw
from tests.storage.test_verify import flip, unseal
from tests.town import FEED, HOUR, OTHER, STORY, Answer, Town, feed, link, page

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DATED = "<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate>"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with config.yaml, and an archive of three articles: one edited, one whose date its feed alone tells."""
    folder = tmp_path_factory.mktemp("kept")
    names = ("http://e.org/boats", "http://e.org/herons", "http://e.org/weir")
    web: dict[str, Answer] = {FEED: feed(link(names[0]), link(names[1], DATED), link(names[2]))}
    web |= {names[0]: page("Boats", STORY), names[1]: page("Herons", OTHER), names[2]: page("The weir", OTHER[::-1])}
    town = Town(folder / "data", web)
    asyncio.run(town.run())
    web[names[0]] = page("Boats", (*STORY, OTHER[0]))
    asyncio.run(town.run(later=HOUR))
    bring_up(town.archive, corpus_of(town.config))
    town.archive.close()
    town.raw.close()
    (folder / "config.yaml").write_text(f"sources: [{FEED}]\n")
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = shutil.copytree(kept, tmp_path / "copy")
    monkeypatch.chdir(copy)
    return copy


def newskeep(*arguments: str, code: int = 0) -> Any:
    """The JSON that a command says."""
    result = CliRunner().invoke(main, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def write(data: Path, sql: str) -> None:
    with closing(Archive(data / "archive.db")) as archive, archive.transaction():
        archive.write(sql)


def lose_body(data: Path) -> None:
    with closing(Raw(data / "raw")) as raw, raw.transaction():
        with closing(Archive(data / "archive.db", readonly=True)) as archive:
            digest = archive.value("SELECT sha256 FROM captures WHERE url = 'http://e.org/weir'")
        raw.remove("2026-11", [digest])


def damage_body(data: Path) -> None:
    """One that others lean on: they go with it."""
    with closing(sqlite3.connect(data / "raw" / "2026-11.db")) as raw:
        raw.execute("UPDATE bodies SET data = x'28b52ffd00' WHERE reference IS NULL")
        raw.commit()


def change_text(data: Path) -> None:
    next(data.glob("corpus/001_*.txt")).write_text("another text")


def cut_manifest(data: Path) -> None:
    path = data / "corpus" / "manifest.jsonl"
    path.write_text(path.read_text("utf-8").replace('"title":"Boats"', '"title":"Boots"'), "utf-8")


def flip_slack(data: Path) -> None:
    """A byte where nothing stands: the file is not what its seal says, and all that it says is as it was."""
    path = data / "archive.db"
    body = path.read_bytes()
    flip(path, body.rindex(bytes(200)) + 100)


MENDABLE: list[tuple[Callable[[Path], None], str]] = [
    (lambda data: write(data, "DELETE FROM articles_fts_data WHERE id > 10"), "the index of the search made anew"),
    (lambda data: write(data, "UPDATE articles SET version_id = 1 WHERE id = 1"), "point to their newest version"),
    (lambda data: write(data, "UPDATE articles SET title = 'x' WHERE id = 1"), "point to their newest version"),
    (lambda data: write(data, "INSERT INTO sketch_hashes VALUES (5, 1)"), "sketches made anew"),
    (lambda data: write(data, "UPDATE articles SET story_id = 77 WHERE id = 1"), "1 articles wait for their story"),
    (lose_body, "1 bodies noted as lost"),
    (damage_body, "bodies noted as lost"),
    (change_text, "text files written"),
    (cut_manifest, "text files written"),
    (flip_slack, "archive.db sealed anew"),
]


@pytest.mark.parametrize(("harm", "told"), MENDABLE)
def test_repair(folder: Path, harm: Callable[[Path], None], told: str) -> None:
    """What can be made anew is, what is lost is noted, and all is sound then."""
    data = folder / "data"
    harm(data)
    report = verify(data)
    assert not report.sound
    assert told in " | ".join(repair(data, report, NOW))
    assert verify(data).faults == []


def test_a_lost_body_is_asked_for_again(folder: Path) -> None:
    """Without conditions, or the site would say that nothing has changed; other pages are left alone."""
    data = folder / "data"
    lose_body(data)
    list(repair(data, verify(data), NOW))
    with closing(Archive(data / "archive.db", readonly=True)) as archive:
        due = archive.rows("SELECT url FROM articles WHERE next_look = ?", [NOW.isoformat()])
        asked = archive.row("SELECT etag, last_modified FROM entries WHERE url = 'http://e.org/weir'")
        gone = archive.rows("SELECT url, body_gone FROM captures WHERE body_gone IS NOT NULL")
    assert due == [{"url": "http://e.org/weir"}]
    assert asked == {"etag": None, "last_modified": None}
    assert {"url": "http://e.org/weir", "body_gone": "lost"} in gone


def test_a_changed_row_is_a_persons_to_judge(folder: Path) -> None:
    """Nobody but a backup knows what it said: repair leaves it, and --accept takes it as it is."""
    data = folder / "data"
    unseal(data)
    path = data / "archive.db"
    flip(path, path.read_bytes().rindex(b"Herons"))
    assert newskeep("verify", "--repair", code=1)["faults"]
    report = newskeep("verify", "--accept")
    assert ["taken as it is" in said for said in report["done"]] == [True]


def test_the_command(folder: Path) -> None:
    """Exit code 0 and `sound` go together."""
    told = newskeep("verify")
    assert (told["sound"], told["faults"], told["counts"]["files"]) == (True, [], 3)
    assert CliRunner().invoke(main, ["verify"]).output.endswith("all is sound\n")
    change_text(folder / "data")
    told = newskeep("verify", code=1)
    assert [fault["repair"] for fault in told["faults"]] == ["corpus"]
    assert newskeep("verify", "--repair")["sound"]
    assert len(list(folder.glob("data/corpus/*.bad"))) == 2  # the text, and the manifest that told of it


def test_an_archive_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told with what makes one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(f"sources: [{FEED}]\n")
    result = CliRunner().invoke(main, ["verify"])
    assert (result.exit_code, "newskeep fetch" in result.output) == (1, True)


def compared(folder: Path) -> Proof:
    """What `prove` finds, in this process."""

    async def work(job: str, *arguments: Any) -> Any:
        return getattr(jobs, job)(*arguments)

    data = folder / "data"
    with closing(Archive(data / "archive.db", readonly=True)) as archive:
        return asyncio.run(compare(archive, data / "raw", data / "corpus", lambda _: None, work))


@pytest.mark.slow
def test_folder_by_the_command(folder: Path) -> None:
    """In worker processes."""
    told = newskeep("verify", "data/corpus")
    assert (told["sound"], told["files"], told["same"]) == (True, 3, 3)
    change_text(folder / "data")
    told = newskeep("verify", "data/corpus", code=1)
    assert [each["reason"] for each in told["differences"]] == ["the file was changed after it was written"]


def test_every_text_is_what_the_bytes_say(folder: Path) -> None:
    """Made again from raw: an edited article, and one whose date only its feed tells."""
    proof = compared(folder)
    assert (proof.files, proof.same, proof.differences) == (3, 3, [])
    assert "Saturday, 21 November 2026" in next(folder.glob("data/corpus/001_*.txt")).read_text("utf-8")


def forget_rule(folder: Path) -> None:
    write(folder / "data", "UPDATE versions SET extractor = 'site:e.org', rule_revision = 'a+b' WHERE article_id = 2")
    change_line(folder, "rule_revision", "a+b")


def change_line(folder: Path, name: str, value: str) -> None:
    path = folder / "data" / "corpus" / "manifest.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[1][name] = value
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def other_program(folder: Path) -> None:
    """It wrote another text, as an older program may have."""
    path = next(folder.glob("data/corpus/001_*.txt"))
    path.write_text(path.read_text("utf-8").replace("herons", "storks"), "utf-8")
    change_line(folder, "sha256", hashlib.sha256(path.read_bytes()).hexdigest())
    write(folder / "data", "UPDATE versions SET rule_revision = 'older' WHERE article_id = 2")


DIFFERENT: list[tuple[Callable[[Path], object], str]] = [
    (lambda folder: change_text(folder / "data"), "the file was changed after it was written"),
    (lambda folder: next(folder.glob("data/corpus/001_*.txt")).unlink(), "the file is missing"),
    (lambda folder: change_line(folder, "url", "http://e.org/other"), "no version of the archive is the one"),
    (forget_rule, "its rule or memory was not kept"),
    (other_program, "it was read by an older program"),
    (lambda folder: write(folder / "data", "UPDATE captures SET sha256 = '00'"), "no version of the archive"),
    (
        lambda folder: (folder / "data" / "corpus" / "007_0123456789abcdef.txt").write_text("x"),
        "no line tells of it",
    ),
]


@pytest.mark.parametrize(("change", "reason"), DIFFERENT)
def test_what_differs_is_named_with_its_reason(folder: Path, change: Callable[[Path], object], reason: str) -> None:
    """And with the words that differ, where there are any."""
    change(folder)
    differences = compared(folder).differences
    assert reason in {each.reason[: len(reason)] for each in differences}
    assert all(each.said for each in differences if "changed" in each.reason)


def test_a_body_that_is_gone(folder: Path) -> None:
    """The text stays, and nothing proves it any more."""
    lose_body(folder / "data")
    assert [each.reason for each in compared(folder).differences] == ["its body is kept no longer"]


def test_a_folder_of_others(folder: Path) -> None:
    """It is said which folders can be verified."""
    result = CliRunner().invoke(main, ["verify", str(folder)])
    assert (result.exit_code, "newskeep export" in result.output) == (1, True)
