"""Where the judges of pages are: axe-core and the Nu Html Checker, from npm by `make browser`; Java for the second.

The checker is W3C's own, by the people of the HTML standard, released weekly; it asks nothing of the network.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

MODULES = Path(__file__).parent / "web" / "node_modules"
AXE, CHECKER = MODULES / "axe-core/axe.min.js", MODULES / "vnu-jar/build/dist/vnu.jar"


def axe() -> str:
    """The script."""
    _needed(AXE.exists(), "axe-core is not here: make browser")
    return AXE.read_text("utf-8")


def faults_of_html(pages: Sequence[Path]) -> list[str]:
    """Errors and warnings, each with the file's name and line."""
    _needed(CHECKER.exists(), "the Nu Html Checker is not here: make browser")
    java = shutil.which("java")
    _needed(java is not None, "there is no Java here")
    command = [str(java), "-Xss2m", "-jar", str(CHECKER), "--format", "json", "--stdout", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert done.stdout.startswith("{"), done.stderr
    return [_fault(each) for each in json.loads(done.stdout)["messages"] if _counts(each)]


def _counts(message: dict[str, Any]) -> bool:
    return message["type"] != "info" or message.get("subType") == "warning"


def _fault(message: dict[str, Any]) -> str:
    place = f"{Path(message.get('url', '')).name}, line {message.get('lastLine')}"
    return f"{place}: {message['message']} {message.get('extract', '')!r}"


def _needed(there: bool, told: str) -> None:
    if there:
        return
    if os.environ.get("CI") == "true" and os.environ.get("NEWSKEEP_NO_BROWSER") != "1":
        pytest.fail(f"{told}; NEWSKEEP_NO_BROWSER=1 leaves these tests out")
    pytest.skip(told)
