"""The rules of the house that no tool holds: what may stand in the repository, and what must be said where."""

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import collector
from collector.cli import main

ROOT = Path(__file__).parent.parent
REGISTRIES = tuple(
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("ghcr", "io"))
)


def tracked() -> list[Path]:
    """Files that belong to the repository, as git tells; all that are no build product where there is no git."""
    if (ROOT / ".git").exists():
        told = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        return [ROOT / name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not {".venv", "dist", "__pycache__"} & {*path.parts}]


def test_no_registry_is_named() -> None:
    """Where packages come from is the business of whoever installs: no file names a package registry."""
    named = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked()
        for text in [path.read_bytes().lower()]
        for host in REGISTRIES
        if host.encode() in text
    ]
    assert not named


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-runtime.lock"])
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    """Every package is pinned and has a hash; none says where to get it."""
    text = (ROOT / name).read_text()
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) > 20
    assert not [
        block
        for block in blocks
        if not re.match(r"[a-z0-9-]+==\S+.*\\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+$", block)
    ]


def locked(name: str) -> dict[str, str]:
    """Package -> version of a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), flags=re.MULTILINE))


def test_the_locks_agree_with_each_other_and_with_pyproject() -> None:
    """What users get is what was tested, and nothing that we ask for is missing from it."""
    ours, runtime = locked("requirements.lock"), locked("requirements-runtime.lock")
    assert runtime.items() <= ours.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert wanted(project["project"]["dependencies"]) <= runtime.keys()
    assert wanted(project["dependency-groups"]["dev"]) <= ours.keys()
    assert not {"pytest", "mypy", "ruff"} & runtime.keys()


def wanted(requirements: list[str]) -> set[str]:
    """The names of requirements as locks write them."""
    names = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name}


def test_one_version() -> None:
    """pyproject.toml, the package and the newest entry of the change log agree."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert collector.__version__ == project["project"]["version"]
    released = re.search(r"^## \[(\d[^]]*)\]", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
    assert released
    assert released[1] == collector.__version__


def test_decisions_are_numbered() -> None:
    """Decision records count from 0001 without a gap; each says its number, its state, what and why."""
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text()
        assert re.match(rf"# {int(path.name[:4])}\. \S", text), f"{path.name}: begin with its number and title"
        assert re.search(r"^(Status: |## Status)", text, flags=re.MULTILINE), f"{path.name}: say its status"


def test_make_help_names_every_target() -> None:
    """Every target that a person may type is explained."""
    text = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)
    assert targets
    explained = re.findall(r"^([a-z-]+):.*## \S", text, flags=re.MULTILINE)
    assert sorted(explained) == sorted(targets[1].split())


def commands(group: click.Group = main, before: str = "newskeep") -> Iterator[str]:
    """Every command as it is typed."""
    for name, command in group.commands.items():
        yield f"{before} {name}"
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")


@pytest.mark.parametrize("command", list(commands()))
def test_the_readme_names_every_command(command: str) -> None:
    """A newcomer finds every command in the README."""
    assert command in (ROOT / "README.md").read_text()


def test_the_readme_names_no_other_command() -> None:
    """What the README tells to type exists."""
    typed = re.findall(r"`newskeep ([a-z]+)", (ROOT / "README.md").read_text())
    assert set(typed) <= set(main.commands)


def test_ci_can_be_run() -> None:
    """`.ci/run` is a program, and finds the test command in the README."""
    assert os.access(ROOT / ".ci/run", os.X_OK)
    tests = (ROOT / "README.md").read_text().partition("\n## Tests\n")[2]
    assert re.search(r"```\w*\n(.+?)\n```", tests, flags=re.DOTALL), "README.md: ## Tests: say the command in a block"


def links(path: Path) -> Iterator[str]:
    """Relative links of a Markdown file."""
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
        if "://" not in target:
            yield target


def test_links_in_documents_lead_somewhere() -> None:
    """A relative link names a file that is there."""
    documents = [path for path in tracked() if path.suffix == ".md"]
    assert documents
    assert not [f"{path.name}: {to}" for path in documents for to in links(path) if not (path.parent / to).exists()]
