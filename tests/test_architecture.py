"""
The map of the house: rows that imports run down, and one door a library. Read it before adding a module.

Both tables are held against every `import` in `collector` and `storage`, those inside functions too.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From top to bottom: a module imports from rows below its own, and from its own row.
ROWS: Sequence[Sequence[str]] = (
    ("collector.cli", "collector.commands", "collector.commands.*", "collector.__main__"),
    ("storage.datasette", "storage.datasette.*"),
    ("collector.demo", "collector.demo.*"),
    ("collector.daemon", "collector.daemon.*"),
    ("collector.log", "collector.log_*"),
    ("collector.schedule",),
    (
        "collector.imports",
        "collector.imports.*",
        "collector.reextract",
        "collector.reextract.*",
        "collector.proof",
        "collector.coverage",
    ),
    ("collector.pipeline", "collector.pipeline.*"),
    ("collector.gate", "collector.gate_*", "collector.robots"),
    ("collector.fetch", "collector.fetch_*"),
    (
        "collector.workers",
        "collector.worker",
        "collector.jobs",
        "collector.reread",
        "collector.rereading",
        "collector.explain",
        "collector.filing",
    ),
    ("collector.config", "collector.config_*"),
    ("collector.policy", "collector.policy.*"),
    ("collector.ways", "collector.ways.*"),
    ("collector.casebook", "collector.casebook.*"),
    ("collector.sources", "collector.sources.*"),
    ("collector.extract", "collector.extract.*"),
    ("collector.urls",),
    ("collector.errors",),
    ("storage.care", "storage.care.*"),
    ("storage.export", "storage.export.*"),
    ("storage.archive", "storage.archive.*"),
    ("storage.raw", "storage.raw.*"),
    ("storage.schema", "storage.schema.*"),
    ("storage.writer", "storage.lock", "storage.journal", "storage.disk"),
    ("storage.recipes", "storage.columns"),
    ("storage.trouble",),
    ("storage.records", "storage.records_*"),
)
NO_ROW = {"collector", "storage"}  # the packages themselves: they import nothing of ours

# A library enters by these modules alone; one that stands here for nobody may not be imported at all.
DOORS: dict[str, Sequence[str]] = {
    "apscheduler": ("collector.schedule",),
    "httpx": ("collector.fetch", "collector.fetch_*"),
    "httpcore": ("collector.fetch", "collector.fetch_*"),
    "h2": ("collector.fetch_errors",),
    "brotli": ("collector.fetch_body",),
    "tenacity": ("collector.fetch", "collector.fetch_*"),
    "protego": ("collector.robots",),
    "feedparser": ("collector.sources.feeds",),
    "lxml": ("collector.sources.*",),
    "selectolax": ("collector.extract.*", "collector.casebook.*"),
    "dateparser": ("collector.extract.dates",),
    "can_ada": ("collector.urls",),
    "publicsuffixlist": ("collector.urls",),
    "pydantic": ("collector.config", "collector.config_*"),
    "pydantic_core": ("collector.config", "collector.config_*"),
    "yaml": ("collector.config_*", "collector.extract.rules", "collector.casebook.cases"),
    "structlog": ("collector.log",),
    "prometheus_client": ("collector.daemon.metrics", "collector.daemon.gauges"),
    "sqlite_utils": ("storage.*",),
    "sqlite3": ("storage.*",),
    "backports": ("storage.raw", "storage.raw.*", "collector.imports.*"),
    "warcio": ("collector.imports.*", "storage.export.*"),
    "datasette": ("storage.datasette", "storage.datasette.*"),
    "uvicorn": ("storage.datasette.server",),
    "markupsafe": ("storage.datasette", "storage.datasette.*"),
    "pyarrow": ("storage.export.parquet",),
    "click": ("collector.cli", "collector.commands", "collector.commands.*"),
    "tqdm": ("collector.cli", "collector.commands", "collector.commands.*"),
}

PURE = (
    "collector.extract",
    "collector.extract.*",
    "collector.policy",
    "collector.policy.*",
    "collector.urls",
    "collector.sources",
    "collector.sources.*",
    "collector.ways",
    "collector.ways.*",
)
IMPURE = {
    "asyncio",
    "http",
    "httpx",
    "multiprocessing",
    "random",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
    "time",
}
CLOCKS = {"now", "utcnow", "today"}

LONGEST = 250  # lines; past it look for a second idea
LONGER: dict[str, str] = {}  # module: why it is one idea all the same


def modules() -> dict[str, ast.Module]:
    """Every module of ours by its dotted name."""
    found = {}
    for path in sorted([*ROOT.glob("collector/**/*.py"), *ROOT.glob("storage/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


MODULES = modules()


def imports(name: str) -> Iterator[str]:
    """What a module imports, dotted: of `from a import b` it is `a.b` where that is a module of ours, else `a`."""
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{name}: write imports in full, from the package down"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Is `name` among the modules that the patterns name?"""
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def row_of(name: str) -> int:
    """The number of a module's row, from the top."""
    rows = [number for number, row in enumerate(ROWS) if matches(name, row)]
    assert len(rows) == 1, f"{name} stands in {len(rows)} rows of ROWS: give it one"
    return rows[0]


def is_ours(name: str) -> bool:
    """Is this a module of the project?"""
    return name.partition(".")[0] in NO_ROW


@pytest.mark.parametrize("name", sorted(MODULES.keys() - NO_ROW))
def test_imports_run_down(name: str) -> None:
    """No module knows of one above it."""
    wrong = [other for other in imports(name) if is_ours(other) and (other in NO_ROW or row_of(other) < row_of(name))]
    assert not wrong, f"{name} imports {', '.join(wrong)}, which stands above it"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_one_door_a_library(name: str) -> None:
    """A library is imported behind its door only, so that it can be replaced there."""
    for imported in imports(name):
        library = imported.partition(".")[0]
        if is_ours(imported) or (library in sys.stdlib_module_names and library not in DOORS):
            continue
        assert library in DOORS, f"{name} imports {library}, which has no door in DOORS"
        assert matches(name, DOORS[library]), f"{name} imports {library}; its door is {', '.join(DOORS[library])}"


@pytest.mark.parametrize("name", sorted(name for name in MODULES if matches(name, PURE)))
def test_purity(name: str) -> None:
    """What decides and what reads gets values and gives values: no network, no clock, no database."""
    impure = {imported.partition(".")[0] for imported in imports(name)} & IMPURE
    assert not impure, f"{name} imports {', '.join(sorted(impure))}"
    asked = [
        f"line {node.lineno}"
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert not asked, f"{name} asks the clock at {', '.join(asked)}: the time is an argument"


def test_no_import_cycle() -> None:
    """Modules can be read in an order in which each knows only what was read before."""
    ours = {name: {other for other in imports(name) if other in MODULES and other != name} for name in MODULES}
    while ready := {name for name, needed in ours.items() if not needed & ours.keys()}:
        ours = {name: needed for name, needed in ours.items() if name not in ready}
    assert not ours, f"these import each other: {', '.join(sorted(ours))}"


def test_files_hold_one_idea() -> None:
    """A file past 250 lines holds a second idea, or says why not."""
    long = {name for name in MODULES if lines_of(name) > LONGEST}
    assert long == LONGER.keys(), f"split them, or take them off the list: {', '.join(sorted(long ^ LONGER.keys()))}"


def lines_of(name: str) -> int:
    """Lines of a module's file."""
    path = ROOT.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return len(path.read_text("utf-8").splitlines())


def test_every_module_says_what_it_is() -> None:
    """The first words of a file are for its reader."""
    assert not [name for name, tree in MODULES.items() if not ast.get_docstring(tree)]


def test_the_tables_hold_nothing_that_is_gone() -> None:
    """A row or a door without a module is a map of a house that stood here once."""
    patterns = [pattern for row in (*ROWS, *DOORS.values()) for pattern in row]
    assert not [pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in MODULES)]
    used = {imported.partition(".")[0] for name in MODULES for imported in imports(name)}
    assert not DOORS.keys() - used
