"""`newskeep sites` as a person meets it: a case is made, run, broken, listed."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collector.cli import main

Run = Callable[..., Result]
CASES = Path(__file__).parent / "sites"
PAGE = Path(__file__).parent / "casebook" / "keeper.html"
URL = "https://www.lantern.example/coast/2026/03/11/keeper-mends-the-old-lantern-8817.html"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in an empty folder; with one site's cases where commands look for them."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CASES / "rt.com", tmp_path / "tests" / "sites" / "rt.com")
    return lambda *arguments: CliRunner().invoke(main, ["sites", *arguments], catch_exceptions=False)


def test_new_makes_a_case(run: Run, tmp_path: Path) -> None:
    """Three files, named for the host where no rule reads the page; it says so, and what to do next."""
    told = run("new", str(PAGE), "--url", URL, "--case", "plain")
    folder = tmp_path / "tests" / "sites" / "lantern.example" / "plain"
    assert told.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["expected.txt", "page.html", "source.yaml"]
    assert "No rule reads this site yet" in told.stdout
    assert "Now read tests/sites/lantern.example/plain/expected.txt" in told.stdout
    assert "Wednesday, 11 March 2026" in (folder / "expected.txt").read_text()
    assert "fetched_at: '2026-03-12T00:00:00Z'" in (folder / "source.yaml").read_text()
    assert "Keeper" not in "".join(path.read_text() for path in folder.iterdir())


def test_new_writes_over_nothing(run: Run, tmp_path: Path) -> None:
    """But with --force."""
    first = run("new", str(PAGE), "--url", URL, "--fetched-at", "2026-03-14")
    again = run("new", str(PAGE), "--url", URL, "--fetched-at", "2026-03-14")
    assert (first.exit_code, again.exit_code) == (0, 2)
    assert "is there already" in again.stderr
    assert run("new", str(PAGE), "--url", URL, "--force").exit_code == 0


def test_new_asks_where_a_page_is_from(run: Run, tmp_path: Path) -> None:
    """If the page does not tell itself."""
    (tmp_path / "page.html").write_text("<p>Hello")
    told = run("new", "page.html")
    assert told.exit_code == 2
    assert "give --url" in told.stderr


def test_new_refuses_what_would_give_the_text_away(run: Run, tmp_path: Path) -> None:
    """A sentence in a place that must stay as it is."""
    sentence = "the keeper carried twelve barrels of oil"
    (tmp_path / "page.html").write_text(f"<h1>Oil</h1><p>{sentence}<time datetime='{sentence}'>")
    told = run("new", "page.html", "--url", URL)
    assert told.exit_code == 1
    assert "nothing was written" in told.stderr
    assert "the keeper carried twelve barrels" in told.stderr
    assert not (tmp_path / "tests" / "sites" / "lantern.example").exists()


def test_test_runs_the_cases_and_list_shows_the_outcome(run: Run, tmp_path: Path) -> None:
    """One line a case; the outcome is kept in the data folder."""
    told = run("test", "www.rt.com")
    assert told.exit_code == 0
    assert "ok   rt.com/story\n" in told.stdout
    assert told.stdout.endswith("4 cases, 0 failed\n")
    (rt,) = [one for one in json.loads(run("list", "--json").stdout) if one["rule"] == "rt.com"]
    assert (rt["cases"], rt["passed"], rt["of"], rt["text"]) == (4, 4, 4, "own")
    assert rt["checked_at"] and not rt["changed_since"]
    assert (tmp_path / "data" / "sites.json").exists()
    listed = run("list").stdout
    assert "4/4 passed" in next(line for line in listed.splitlines() if line.startswith("rt.com"))
    assert "never checked" in next(line for line in listed.splitlines() if line.startswith("tass.com"))


def test_test_shows_what_is_read_otherwise(run: Run, tmp_path: Path) -> None:
    """Word by word, with some words around it, and field by field; the exit code tells."""
    case = tmp_path / "tests" / "sites" / "rt.com" / "story"
    expected = case / "expected.txt"
    text = expected.read_text()
    word = text.split()[40]
    expected.write_text(text.replace(word, "zebra", 1) + "\n\nOne line more.")
    source = case / "source.yaml"
    source.write_text(source.read_text().replace("source: RT", "source: TR"))
    told = run("test", "rt.com")
    assert told.exit_code == 1
    assert "FAIL rt.com/story" in told.stdout
    assert "[-zebra-]{+" + word in told.stdout
    assert "One line more.-]" in told.stdout
    assert 'source: [-"TR"-]{+"RT"+}' in told.stdout
    failed = json.loads(run("test", "rt.com", "--json").stdout)["cases"]
    assert [one["case"] for one in failed if not one["passed"]] == ["rt.com/story"]
    assert "3/4 passed" in run("list").stdout


def test_test_scores_real_pages(run: Run, tmp_path: Path) -> None:
    """Those of the chosen rules; a score stays with the rule until it is scored again."""
    import gzip

    case = tmp_path / "tests" / "sites" / "rt.com" / "story"
    paragraphs = (case / "expected.txt").read_text().split("\n\n")[2:]
    (tmp_path / "page.html.gz").write_bytes(gzip.compress((case / "page.html").read_bytes()))
    rows = [
        {"id": name, "url": url, "html": "page.html.gz", "paragraphs": truth}
        for name, url, truth in (
            ("whole", "https://www.rt.com/news/1-a/", [one.removeprefix("- ") for one in paragraphs]),
            ("half", "https://www.rt.com/news/2-b/", [*paragraphs, *(["not on this page at all"] * len(paragraphs))]),
            ("elsewhere", "https://lantern.example/", ["nothing"]),
        )
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)))
    told = run("test", "rt.com", "--pages", ".", "--json")
    scores = json.loads(told.stdout)["scores"]["rt.com"]
    assert len(scores) == 2
    assert sorted(scores.values())[1] == 1.0 > min(scores.values())
    run("test", "rt.com")
    assert "on 2 pages" in run("list").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["test", "unknown.example"], "unknown.example: no rule reads this host"),
        (["test", "tass.com"], "no case there of tass.com"),
        (["test", "--pages", "tests"], "holds no gold.jsonl"),
    ],
)
def test_mistakes_are_named(run: Run, arguments: list[str], message: str) -> None:
    """What is not there, and where it was looked for."""
    told = run(*arguments)
    assert told.exit_code == 2
    assert message in told.stderr
