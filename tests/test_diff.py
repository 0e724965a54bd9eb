"""`newskeep diff`: as a person meets it, and as JSON."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collector.cli import main
from tests.town import FEED, HOUR, OTHER, STORY, Town, feed, link, page

URL = "http://e.org/a"
HERONS = "http://e.org/herons"
SEVERAL = STORY[0].replace("Two", "Three")


@pytest.fixture
async def archive(town: Callable[..., Town], tmp_path: Path) -> Path:
    """A config.yaml; its archive has a story of three versions, and two of one, both of herons."""
    here = town({FEED: feed(link(URL), link(HERONS), link(f"{HERONS}/2"))})
    here.web[HERONS], here.web[f"{HERONS}/2"] = page("Herons counted", OTHER), page("Herons leave", OTHER[::-1])
    for title, first, later in (
        ("Dredging", STORY[0], timedelta()),
        ("Dredging", SEVERAL, HOUR),
        ("Dredging begins\x1b[31m", SEVERAL, 3 * HOUR),
    ):
        here.web[URL] = page(title, (first, *STORY[1:]))
        await here.run(later)
    path = tmp_path / "config.yaml"
    path.write_text(f"data: {tmp_path}\nsources: [{FEED}]\n")
    return path


def said(config: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["diff", *arguments, "--config", str(config)])
    assert done.exit_code == code, done.output
    return done.output


async def test_what_a_person_sees(archive: Path) -> None:
    """The last change; one that is named; every one. Who did it stands above, and no page writes to the terminal."""
    last = said(archive, URL)
    assert "version 2 -> 3" in last and "version 1" not in last
    assert "changed by the publisher: headline" in last
    assert "title: Dredging{+ begins[31m+}" in last and "\x1b" not in last
    named = said(archive, "1", "--versions", "1", "3")
    assert "[-Two-]{+Three+} boats" in named and "2: changed by the publisher: figure" in named
    assert "Fishermen welcomed" not in named and "Fishermen welcomed" in said(archive, "1", "--all", "--full")
    assert "nothing has changed" in said(archive, HERONS)


async def test_colour(archive: Path) -> None:
    """What went is red, what came is green; there are no marks."""
    told = said(archive, "dredging begins", "--color", "--versions", "1", "2")
    assert "\x1b[31m\x1b[9mTwo\x1b[0m" in told and "\x1b[32mThree\x1b[0m" in told and "[-" not in told


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["herons"], 1, "Herons leave"),  # both are named
        (["badgers"], 1, "no article has this"),
        (["1", "--versions", "1", "7"], 2, "there is no version 7; the article's versions are 1, 2, 3"),
    ],
)
async def test_what_cannot_be_shown(archive: Path, arguments: list[str], code: int, why: str) -> None:
    """It says what would do."""
    assert why in said(archive, *arguments, code=code)


async def test_json(archive: Path) -> None:
    """One document: each change with both versions, their captures, fields, and pieces that rebuild both texts."""
    found: dict[str, Any] = json.loads(said(archive, "1", "--all", "--json"))
    first, second = found["changes"]
    assert found["article"]["url"] == URL and found["versions"] == 3
    assert first["changed"] == [{"version": 2, "by": "publisher", "edits": ["figure"]}]
    assert first["old"]["capture_id"] < first["new"]["capture_id"] and first["fields"] == {}
    assert "".join(piece["text"] for piece in first["text"] if piece["kind"] != "added") == "\n\n".join(STORY)
    assert second["fields"]["title"]["old"] == "Dredging"
