"""What our pages are made of, as the HTML standard's own checker sees it."""

import re
from pathlib import Path

import pytest

from tests.pages.addresses import DATASETTES, MISSING, OURS
from tests.pages.conftest import Get
from tests.pages.judges import faults_of_html

pytestmark = pytest.mark.slow
WITHIN = re.compile(r"(<main [^>]*>).*(</main>)", re.DOTALL)


async def test_our_pages(get: Get, tmp_path: Path) -> None:
    """All of them, with not one error and not one warning; and the checker finds one that we put there."""
    for number, address in enumerate((*OURS, MISSING)):
        text = (await get(address)).text
        (tmp_path / f"{number}{_name(address)}.html").write_text(text, "utf-8")
    (tmp_path / "wrong.html").write_text(text.replace("</main>", "<p><div></p></main>"), "utf-8")
    faults = faults_of_html(sorted(tmp_path.iterdir()))
    wrong = [fault for fault in faults if fault.startswith("wrong.html")]
    assert wrong
    assert [fault for fault in faults if fault not in wrong] == []


async def test_our_frame(get: Get, tmp_path: Path) -> None:
    """Around Datasette's own pages, whose inside is Datasette's."""
    for number, address in enumerate(DATASETTES):
        text = (await get(address)).text
        frame, found = WITHIN.subn(r"\1<h1>Datasette's</h1>\2", text)
        assert found == 1
        (tmp_path / f"{number}{_name(address)}.html").write_text(frame, "utf-8")
    assert faults_of_html(sorted(tmp_path.iterdir())) == []


def _name(address: str) -> str:
    return re.sub(r"\W+", "-", address)
