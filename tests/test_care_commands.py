"""`newskeep takedown`, `prune` and `backup` as a person meets them, and the daemon's daily prune."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collector.cli import main
from collector.config import load, parse
from collector.daemon.pruning import Pruning
from storage.archive import Archive
from storage.raw import MissingBody, Raw
from tests.storage.test_takedown import WORDS, traces
from tests.town import FEED, OTHER, STORY, Town, feed, link, page

A, B, C = "http://e.org/a", "http://e.org/b", "http://e.org/c"
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
Run = Callable[..., Result]


@pytest.fixture
async def kept(town: Callable[..., Town], tmp_path: Path) -> Path:
    """The folder of an archive of two articles, and of a wall of forty days ago."""
    made = town({FEED: feed(link(A), link(B)), A: page("Dredging begins", STORY), B: 404}, now=NOW - 40 * DAY)
    await made.run()
    with made.archive.transaction():
        made.archive.write("UPDATE captures SET kind = 'wall', status = 200 WHERE url = ?", [B])
    made.web |= {FEED: feed(link(A), link(B), link(C)), C: page("Herons", OTHER)}
    await made.run(40 * DAY)
    made.archive.close()
    made.raw.close()
    (tmp_path / "config.yaml").write_text("data: .\nsources: [http://e.org/feed]\nprune: {walls: 30d}\n")
    return tmp_path


@pytest.fixture
def run(kept: Path) -> Run:
    def run_(*arguments: str, config: bool = True, code: int = 0) -> Result:
        more = ["--config", str(kept / "config.yaml")] if config else []
        result = CliRunner().invoke(main, [*arguments, *more])
        assert result.exit_code == code, result.output
        return result

    return run_


def as_json(result: Result) -> Any:
    return json.loads(result.stdout)


def test_takedown(kept: Path, run: Run) -> None:
    """Shown first, not done without a yes, then done; listed; lifted."""
    assert "Dredging begins" in run("takedown", A, "--dry-run").stdout
    assert "--yes" in run("takedown", "1", code=2).stderr
    assert traces(kept / "raw/..") == list(WORDS)
    done = as_json(run("takedown", "1", "--yes", "--reason", "asked by its author", "--json"))
    assert (done["removed"], done["articles"][0]["url"], done["versions"]) == (True, A, 1)
    assert as_json(run("verify", "--json"))["sound"]
    (stone,) = as_json(run("takedown", "--list", "--json"))
    assert (stone["url"], stone["why"]) == (A, "asked by its author")
    assert "asked by its author" in run("takedown", "--list").stdout
    assert "may be fetched again" in run("takedown", "--lift", A).stdout
    assert run("takedown", "--list").stdout == "Nothing was taken down.\n"


def test_takedown_of_what_is_not_there(run: Run) -> None:
    """A mistake is told before anything is done."""
    assert "name an article" in run("takedown", code=2).stderr
    assert "there is no article 77" in run("takedown", "77", code=2).stderr
    assert "neither an article's number nor" in run("takedown", "not an address", code=2).stderr
    assert "was not taken down" in run("takedown", "--lift", A, code=2).stderr


def test_prune(kept: Path, run: Run) -> None:
    """What would go by host and rule, then it goes; a configuration without rules is told so."""
    shown = run("prune").stdout
    assert "walls       e.org" in shown and "1 body" in shown and "--apply" in shown
    assert as_json(run("prune", "--json"))["applied"] is False
    done = as_json(run("prune", "--apply", "--json"))
    assert [(heap["host"], heap["rule"], heap["bodies"]) for heap in done["heaps"]] == [("e.org", "walls", 1)]
    assert walls(kept) == ["pruned"]
    assert as_json(run("verify", "--json"))["sound"]
    assert as_json(run("prune", "--json"))["heaps"] == []
    (kept / "config.yaml").write_text("data: .\nsources: [http://e.org/feed]\n")
    assert "no rules" in run("prune").stdout


def test_rules_of_config_yaml() -> None:
    """Nothing is given up unless it is asked for; a year is 365 days."""
    asked = parse("sources: []\nprune: {walls: 30d, superseded: 1y}\n", "config.yaml").prune
    assert asked.model_dump(exclude_none=True) == {"walls": 30 * 86400, "superseded": 365 * 86400}
    assert parse("sources: []\n", "config.yaml").prune.model_dump(exclude_none=True) == {}


def walls(folder: Path) -> list[str | None]:
    """What became of the bodies of walls; one that is told to be gone is."""
    with closing(Archive(folder / "archive.db", readonly=True)) as archive, closing(Raw(folder / "raw")) as raw:
        rows = archive.rows("SELECT sha256, fetched_at, body_gone FROM captures WHERE kind = 'wall'")
        for row in rows:
            if row["body_gone"]:
                with pytest.raises(MissingBody):
                    raw.get(row["sha256"], datetime.fromisoformat(row["fetched_at"]))
        return [row["body_gone"] for row in rows]


@pytest.mark.slow
async def test_the_daemon_prunes(kept: Path) -> None:
    """In a quiet moment, by a process of its own."""
    config = load(kept / "config.yaml")
    await Pruning(config, lambda: False, first=0).round()
    await Pruning(config, lambda: True).round()
    assert walls(kept) == [None], "not while anything waits, nor at once"
    await Pruning(config, lambda: True, first=0).round()
    assert walls(kept) == ["pruned"]


def test_backup(kept: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Made, brought up to date, checked; a byte that flipped ends the check with 1."""
    dest = tmp_path_factory.mktemp("elsewhere") / "copy"
    first = as_json(run("backup", str(dest), "--json"))
    assert "archive.db" in first["copied"] and first["size"] > 0
    again = as_json(run("backup", str(dest), "--json"))
    assert [name for name in again["copied"] if name.startswith("raw/")] == []
    assert "each as it was written" in run("backup", str(dest), "--check").stdout
    with (dest / "archive.db").open("r+b") as file:
        file.seek(50_000)
        file.write(bytes([file.read(1)[0] ^ 1]))
    assert "is not what was written" in run("backup", str(dest), "--check", code=1).stderr
    assert "holds no backup" in run("backup", str(dest.parent), "--check", code=1).stderr
