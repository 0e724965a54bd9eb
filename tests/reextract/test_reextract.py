"""What is kept is read again: a wrong rule is seen, applied, and undone to the last byte."""

import asyncio
import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collector.cli import main
from storage.archive import Archive
from tests.soundness import faults
from tests.town import FEED, Town, feed, link, page

NAMES = ("Dredging begins", "Herons counted", "Bridge closed", "Ferry late", "School opens")
PEOPLE = ("Anna", "Berta", "Carla", "Dora")
HEAD = '<meta name="author" content="Anna Writer"><meta property="article:published_time" content="2026-11-20">'
WRONG = "hosts: [e.org]\nbody: ['article p:first-of-type']\n"
JOURNAL = {"runs", "withdrawn", "rules", "seals"}  # what a run and its undoing leave a note in
Make = Callable[..., Town]


def story(number: int, *more: str) -> str:
    name = NAMES[number].lower()
    said = (f"{who} told meeting {number} that the {name} would take {who.lower()} days at least." for who in PEOPLE)
    return page(NAMES[number], (*said, *more), HEAD)


@pytest.fixture
def kept(town: Make, tmp_path: Path) -> Town:
    """Five stories, read and closed, with a config.yaml beside them."""
    web: dict[str, Any] = {f"http://e.org/{number}": story(number) for number in range(5)}
    made = town({FEED: feed(*map(link, web)), **web})
    asyncio.run(made.run())
    (tmp_path / "config.yaml").write_text(f"data: {tmp_path}\nsources: []\n")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "e.org.yaml").write_text(WRONG)
    return made


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["reextract", "--config", str(folder / "config.yaml"), *arguments])


def told(folder: Path, *arguments: str) -> dict[str, Any]:
    done = run(folder, "--json", *arguments)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)  # type: ignore[no-any-return]  # an object


def dump(folder: Path) -> dict[str, list[Any]]:
    """Every row of every table, but the journal's; the search as it answers."""
    with closing(Archive(folder / "archive.db")) as archive:
        names = [row["name"] for row in archive.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = [name for name in names if name not in JOURNAL and not name.startswith("articles_fts")]
        rows = {name: sorted(map(repr, archive.rows(f"SELECT * FROM {name}"))) for name in tables}
        archive.write("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
        found = {f"search {who}": [row["id"] for row in archive.search(who, limit=50)] for who in PEOPLE}
        return {**rows, **found}


def corpus(folder: Path, name: str) -> dict[str, bytes]:
    arguments = ["export", str(folder / name), "--config", str(folder / "config.yaml")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    return {path.name: path.read_bytes() for path in (folder / name).iterdir() if path.name != "selection.json"}


def test_a_wrong_rule_is_seen_applied_and_undone(kept: Town, tmp_path: Path) -> None:
    """The report shows the damage, nothing is changed until it is applied, and undone the archive is as it was."""
    rules = ("--rules", str(tmp_path / "rules"))
    before, texts = dump(tmp_path), corpus(tmp_path, "before")
    report = told(tmp_path, *rules)
    (site,) = report["sites"]
    assert (site["site"], site["articles"], site["worse"], site["unchanged"]) == ("e.org", 5, 5, 0)
    assert site["words_lost"] > 5 * 30
    assert all("Berta" in sample["difference"] and sample["kind"] == "worse" for sample in site["samples"])
    assert dump(tmp_path) == before

    applied = told(tmp_path, *rules, "--apply")
    assert applied["versions"] == 5
    assert kept.archive.search("Dora") == []
    assert len(kept.archive.search("Anna")) == 5
    new = kept.archive.rows("SELECT * FROM versions WHERE run_id IS NOT NULL")
    assert {(row["reason"], row["changed_by"], row["number"]) for row in new} == {("re-extracted", "rule", 2)}
    assert {row["extractor"] for row in new} == {"site:e.org"}
    assert kept.archive.rule_text(new[0]["rule_revision"]) == ("e.org", WRONG)
    assert corpus(tmp_path, "damaged") != texts
    assert not faults(tmp_path)

    undone = told(tmp_path, "--undo", str(applied["run"]))
    assert undone == {"run": applied["run"], "withdrawn": 5, "edited_since": 0}
    assert dump(tmp_path) == before
    assert corpus(tmp_path, "after") == texts
    assert corpus(tmp_path, "damaged") == texts
    assert not faults(tmp_path)
    assert kept.archive.value("SELECT count(*) FROM withdrawn WHERE run_id = ?", [applied["run"]]) == 5
    assert told(tmp_path, "--undo", str(applied["run"]))["withdrawn"] == 0


def by_these_rules(kept: Town) -> None:
    """As if the site's furniture had been known before its first page."""
    memory = kept.archive.memory("e.org")
    assert memory is not None
    kept.archive.write("UPDATE versions SET memory_revision = ?", [memory.revision])


def test_what_was_read_by_these_rules_needs_no_reading(kept: Town, tmp_path: Path) -> None:
    """Extraction is pure: the same bytes, rule, program and memory read the same. --every proves it."""
    by_these_rules(kept)
    assert told(tmp_path)["same"] == 5
    again = told(tmp_path, "--every")
    assert again["same"] == 0
    assert again["sites"][0]["unchanged"] == 5


@pytest.mark.parametrize(
    ("arguments", "articles"),
    [
        (["--site", "e.org"], 5),
        (["--site", "other.org"], 0),
        (["--article", "2", "--article", "http://e.org/3"], 2),
        (["--article", "herons counted"], 1),
        (["--rule", "generic"], 5),
        (["--rule", "site:e.org"], 0),
        (["--since", "2026-11-22", "--until", "2026-11-22"], 5),
        (["--since", "2026-11-23"], 0),
        (["--until", "2026-11-21"], 0),
    ],
)
def test_scope(kept: Town, tmp_path: Path, arguments: list[str], articles: int) -> None:
    """By site, time, rule and article; all that is said holds."""
    by_these_rules(kept)
    assert sum(site["articles"] for site in told(tmp_path, *arguments)["sites"]) == articles


def test_an_edit_that_came_after_is_not_taken_back(kept: Town, tmp_path: Path) -> None:
    """The run's version goes, the publisher's newer one stays current, and who changed what is told anew."""
    applied = told(tmp_path, "--rules", str(tmp_path / "rules"), "--apply")
    kept.web["http://e.org/0"] = story(0, "Ellen told the council on Tuesday that two more boats had been ordered.")
    asyncio.run(kept.run(timedelta(minutes=20)))
    assert [row["reason"] for row in kept.archive.versions_of(1)] == ["published", "re-extracted", "edited"]
    assert told(tmp_path, "--undo", str(applied["run"]))["edited_since"] == 1
    assert [(row["number"], row["reason"]) for row in kept.archive.versions_of(1)] == [(1, "published"), (3, "edited")]
    assert "Ellen" in str(kept.archive.value("SELECT text FROM articles_text WHERE id = 1"))


@pytest.mark.slow
def test_an_article_that_changed_since_it_was_read_stays(kept: Town, tmp_path: Path) -> None:
    """Between the report and --apply the daemon may have filed an edit: what was read is of no use then."""
    rules = ("--rules", str(tmp_path / "rules"))
    told(tmp_path, *rules)
    kept.web["http://e.org/0"] = story(0, "Ellen told the council on Tuesday that two more boats had been ordered.")
    asyncio.run(kept.run(timedelta(minutes=20)))
    applied = told(tmp_path, *rules, "--apply")
    assert [row["run_id"] for row in kept.archive.versions_of(1)] == [None, None, applied["run"]]


@pytest.mark.slow
def test_only_the_better_ones(kept: Town, tmp_path: Path) -> None:
    """--only leaves the others as they are."""
    assert told(tmp_path, "--rules", str(tmp_path / "rules"), "--apply", "--only", "better")["versions"] == 0
    assert kept.archive.value("SELECT count(*) FROM versions") == 5


def test_nothing_read_is_no_version(kept: Town, tmp_path: Path) -> None:
    """An article never loses its text to a reading that found none; a body that is gone is told."""
    kept.archive.write(
        "UPDATE captures SET sha256 = ? WHERE id = (SELECT capture_id FROM versions WHERE id = 2)", ["0"]
    )
    (tmp_path / "rules" / "e.org.yaml").write_text("hosts: [e.org]\nbody: [article p]\nfurniture: ['.*']\n")
    applied = told(tmp_path, "--rules", str(tmp_path / "rules"), "--apply")
    (site,) = applied["sites"]
    assert site["missing"] == 1
    assert kept.archive.value("SELECT min(length(text)) FROM versions") > 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--only", "better"], 2, "--only goes with --apply"),
        (["--undo", "9"], 1, "there is no run 9"),
        (["--article", "nowhere"], 1, "no article has this id"),
        (["--rules", "rules/none"], 2, "does not exist"),
    ],
)
def test_mistakes(kept: Town, tmp_path: Path, arguments: list[str], code: int, says: str) -> None:
    """Each is told with what to do."""
    done = run(tmp_path, *arguments)
    assert (done.exit_code, says in done.output) == (code, True), done.output


def test_a_broken_rule_is_told_with_its_line(kept: Town, tmp_path: Path) -> None:
    """Before anything is read."""
    (tmp_path / "rules" / "e.org.yaml").write_text("hosts: [e.org]\nbodi: [article]\n")
    done = run(tmp_path, "--rules", str(tmp_path / "rules"))
    assert done.exit_code == 2
    assert "e.org.yaml:2" in done.output


def test_in_words(kept: Town, tmp_path: Path) -> None:
    """A table of the sites, then what was lost and gained, with samples; runs are listed."""
    said = run(tmp_path, "--rules", str(tmp_path / "rules"), "--apply").output
    assert "worse  Dredging begins" in said
    assert "newskeep reextract --undo 1" in said
    assert "run 1  applied" in run(tmp_path, "--runs").output
