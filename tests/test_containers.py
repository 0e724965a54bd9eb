"""
The images and the compose file: what they promise, what the linters say, and the images' own steps carried out.

No container engine is needed: `tests.image` makes an image in a folder and runs it as another user, its root read-only.
"""

import json
import os
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

from collector import config
from collector.cli import main
from tests import web
from tests.dockerfile import Stage, read, sent
from tests.image import Builder, Image

pytestmark = pytest.mark.timeout(300)  # packages come over a network, and images from packages

ROOT = Path(__file__).parent.parent
STAGES = {stage.name: stage for stage in read((ROOT / "Dockerfile").read_text())}
IMAGE = STAGES["newskeep"]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
TELLS_HEALTH = "run" in main.commands and "health" in {each.name for each in main.commands["status"].params}
LOCKS = sorted((ROOT / "deploy").glob("*.lock"))


def said(stage: Stage, word: str) -> list[str]:
    """What a stage, or one that it stands on, says behind a word; its own last."""
    before = said(STAGES[stage.base], word) if stage.base in STAGES else []
    return [*before, *(step.text for step in stage.steps if step.word == word)]


def test_the_base_is_pinned() -> None:
    """One base, by its exact version, of a Python that we say to work with."""
    bases = {stage.base for stage in STAGES.values()} - STAGES.keys()
    assert len(bases) == 1
    version = re.fullmatch(r"python:(3\.\d+)\.\d+-slim-[a-z]+(@sha256:[0-9a-f]{64})?", bases.pop())
    assert version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f"Programming Language :: Python :: {version[1]}" in project["classifiers"]


def test_one_image_for_all() -> None:
    """`docker build .` makes it, the last stage; every service runs it, and one of them builds it."""
    assert {service["image"] for service in SERVICES.values()} == {list(STAGES)[-1]}
    assert [service["build"] for service in SERVICES.values() if "build" in service] == ["."]


def test_the_image_runs_as_nobody_special() -> None:
    """A fixed user without a name to look up, the archive in a volume, stopped by the signal that we answer."""
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", said(IMAGE, "USER")[-1])
    assert said(IMAGE, "VOLUME") == ["/data"]
    assert said(IMAGE, "STOPSIGNAL") == ["SIGTERM"]


def test_the_image_holds_no_builder() -> None:
    """What is installed is installed elsewhere and copied; nothing of a package manager runs in the image itself."""
    assert not [text for text in said(IMAGE, "RUN") if re.search(r"pip|apt", text)]


def test_every_package_is_checked_by_its_hash() -> None:
    """What comes from outside comes by a lock with hashes and as a wheel; what does not, comes from no index."""
    for stage in STAGES.values():
        for text in [step.text for step in stage.steps if step.word == "RUN" and "pip install" in step.text]:
            assert (
                "--no-index --no-deps" in text
                or "--no-deps --no-index" in text
                or ("--require-hashes" in text and "--only-binary=:all:" in text)
            )


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_locks_hold_hashes_and_no_addresses(path: Path) -> None:
    """As those of the project itself."""
    blocks = re.split(r"\n(?=\S)", path.read_text().strip())
    block = re.compile(r"[a-z0-9-]+==\S+.*\\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+")
    assert blocks
    assert not [each for each in blocks if not block.fullmatch(each)]


def test_our_wheel_is_built_by_what_was_tested() -> None:
    """The builder in the image has the versions of requirements.lock."""
    tested = re.findall(r"^(\S+==\S+)", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE)
    assert set(
        re.findall(r"^(\S+==\S+)", (ROOT / "deploy/requirements-build.lock").read_text(), flags=re.MULTILINE)
    ) <= set(tested)


@pytest.mark.parametrize(
    ("path", "goes"),
    [
        ("collector/cli.py", True),
        ("collector/sites/tass.com.yaml", True),
        ("requirements-runtime.lock", True),
        ("deploy/requirements-build.lock", True),
        ("collector/__pycache__/cli.cpython-311.pyc", False),
        ("config.yaml", False),
        ("config/config.yaml", False),
        ("data/archive.db", False),
        (".git/config", False),
        (".venv/bin/python", False),
    ],
)
def test_the_builder_gets_our_code_alone(path: str, goes: bool) -> None:
    """No archive, no configuration with its secrets, no history is sent to a builder."""
    assert sent(ROOT, path) is goes


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_may_do_little(name: str) -> None:
    """Read-only root, no capability, bounds of memory and processes, logs that end, time to put back what it holds."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.keys() & {"privileged", "cap_add", "network_mode", "pid", "user"}
    assert service["restart"] == "unless-stopped"
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
    assert service["mem_limit"] and service["pids_limit"]
    assert service["logging"]["options"]["max-size"]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_the_collector_is_asked_for_its_health_as_its_image_is() -> None:
    """Where images carry no HEALTHCHECK, compose asks the same in the same rhythm."""
    check = SERVICES["collector"]["healthcheck"]
    step = next(step for step in reversed(IMAGE.steps) if step.word == "HEALTHCHECK")
    assert check["test"] == ["CMD", *json.loads(step.text.removeprefix("CMD "))]
    assert step.flags == {key.replace("_", "-"): str(value) for key, value in check.items() if key != "test"}


@pytest.mark.parametrize("folder", ["/data", "/var/lib/newskeep"])
def test_operating_tells_how_to_make_the_configuration(folder: str) -> None:
    """The line of docs/operating.md makes of our config.yaml one whose archive is where it can be written."""
    line = re.search(rf"^sed .*{folder}.* config\.yaml", (ROOT / "docs/operating.md").read_text(), flags=re.MULTILINE)
    assert line
    made = subprocess.run(shlex.split(line[0]), cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert config.parse(made, "config.yaml").data == Path(folder)


def test_the_archive_is_one_volume() -> None:
    """Both see the same folder; the collector alone may write in it."""
    mounts = {
        name: [each for each in service["volumes"] if isinstance(each, str)] for name, service in SERVICES.items()
    }
    assert mounts == {"collector": ["archive:/data"], "datasette": ["archive:/data:ro"]}


def tool(name: str) -> str:
    """The path of a linter; the test is skipped where it is not installed."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed; deploy/requirements-lint.lock has the linters of this file")
    return path


def test_hadolint_has_nothing_to_say() -> None:
    """The linter of Dockerfiles, with all of its rules."""
    told = subprocess.run([tool("hadolint"), ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (0, "")


def test_the_compose_file_is_one() -> None:
    """Every key is one of the Compose Specification, and has a value of its kind."""
    command = [tool("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(ROOT / "docker-compose.yml")]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_docker_compose_reads_it() -> None:
    """Compose itself can resolve the file; it needs no engine for that."""
    if subprocess.run([tool("docker"), "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker is here, its compose plugin is not")
    command = ["docker", "compose", "--file", str(ROOT / "docker-compose.yml"), "config", "--quiet"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


# The images themselves.


@dataclass
class Container:
    """An image with its volume and its configuration."""

    image: Image
    data: Path
    config: Path
    reads: bool = False  # has it the volume read-only?

    def command(self, *arguments: str) -> list[str]:
        data, config = {"/data": self.data}, {"/config": self.config}
        return (
            self.image.command(arguments, {}, data | config)
            if self.reads
            else self.image.command(arguments, data, config)
        )

    def run(self, *arguments: str, timeout: float = 100) -> subprocess.CompletedProcess[str]:
        """A program of the image, to its end."""
        return subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def healthy(self) -> bool:
        """What the engine would learn by the image's HEALTHCHECK."""
        return self.run(*self.image.health).returncode == 0

    @contextmanager
    def started(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program of the image, killed at the end of the block if it still runs."""
        with subprocess.Popen(self.command(*arguments), stdin=subprocess.DEVNULL) as process:
            try:
                yield process
            finally:
                process.kill()


def folders(image: Image, place: Path, port: int, sites: Sequence[str] = ("site0.test", "site1.test")) -> Container:
    """A volume and a configuration as docs/operating.md tells to make them, for a web on loopback."""
    uid, gid = map(int, image.user.split(":"))
    container = Container(image, place / "data", place / "config")
    for folder in (container.data, container.config):
        folder.mkdir(parents=True)
    os.chown(container.data, uid, gid)
    sources = "".join(f"  - {{url: 'http://{host}/feed.xml', every: 2s}}\n" for host in sites)
    network = f"network: {{delay: 0.05, resolve: {{'*': '127.0.0.1:{port}'}}}}\n"
    (container.config / "config.yaml").write_text(f"data: /data\nsources:\n{sources}{network}")
    return container


@pytest.fixture(scope="module")
def served() -> Iterator[web.Running]:
    with web.running(3) as running:
        yield running


@pytest.fixture(scope="module")
def collector(builder: Builder, served: web.Running, tmp_path_factory: pytest.TempPathFactory) -> Container:
    """The image that `docker build .` makes, with a web to watch."""
    return folders(builder.build("newskeep"), tmp_path_factory.mktemp("collector"), served.port)


PROBE = """
import json, os, pathlib
status = dict(line.split(":", 1) for line in pathlib.Path("/proc/self/status").read_text().splitlines())
def writable(folder):
    try:
        pathlib.Path(folder, "probe").write_text("")
        pathlib.Path(folder, "probe").unlink()
    except OSError:
        return False
    return True
print(json.dumps({
    "user": [os.getuid(), os.getgid(), os.getgroups()],
    "capabilities": int(status["CapEff"], 16) | int(status["CapBnd"], 16),
    "no_new_privileges": int(status["NoNewPrivs"]),
    "writable": [each for each in ("/", "/opt/newskeep", "/etc", "/usr", "/config", "/data", "/tmp") if writable(each)],
}))
"""


@pytest.mark.slow
def test_the_test_runs_it_as_compose_would(collector: Container) -> None:
    """What is proved below is proved for another user, a read-only root and no capability."""
    told = json.loads(collector.run("python", "-c", PROBE).stdout)
    uid, gid = map(int, collector.image.user.split(":"))
    assert told == {
        "user": [uid, gid, []],
        "capabilities": 0,
        "no_new_privileges": 1,
        "writable": ["/data", "/tmp"],
    }


@pytest.mark.slow
def test_the_image_holds_what_it_needs_and_no_more(collector: Container) -> None:
    """Our command, its packages in agreement, bytecode made beforehand; no builder and no test."""
    assert collector.run("newskeep", "--version").stdout.startswith("newskeep, version ")
    assert collector.run("newskeep", "check").stdout.startswith("config.yaml: right; 2 sources, ")
    agreed = collector.run("python", "-m", "pip", "check")
    assert agreed.returncode == 0, agreed.stdout
    for name in ("hatchling", "pytest", "mypy"):
        assert collector.run("python", "-c", f"import {name}").returncode == 1
    assert list(collector.image.root.glob("opt/newskeep/lib/python*/site-packages/collector/__pycache__/cli.*.pyc"))
    assert sorted(path.name for path in (collector.image.root / "opt").iterdir()) == ["newskeep"]
    assert not (collector.image.root / "src").exists()


@pytest.mark.slow
def test_a_pass_in_the_image(collector: Container) -> None:
    """`newskeep fetch` brings the stories into the volume, workers and all, as the image's user."""
    done = collector.run("newskeep", "fetch", "--config", "/config/config.yaml", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"]["new"] == 6
    uid = int(collector.image.user.partition(":")[0])
    assert {path.stat().st_uid for path in collector.data.rglob("*")} == {uid}


@pytest.mark.slow
@pytest.mark.skipif(not TELLS_HEALTH, reason="there is no `newskeep run`, or no `newskeep status --health` yet")
def test_the_entry_command_lives_and_ends(builder: Builder, served: web.Running, tmp_path: Path) -> None:
    """What the image starts by itself becomes healthy, and on SIGTERM ends with 0 within ten seconds."""
    container = folders(builder.build("newskeep"), tmp_path, served.port)
    assert not container.healthy()
    with container.started(*container.image.entrypoint, *container.image.cmd) as process:
        began = time.monotonic()
        while not container.healthy():
            assert process.poll() is None, "it ended by itself"
            assert time.monotonic() - began < 60, "not healthy within the start period"
            time.sleep(0.5)
        process.terminate()
        assert process.wait(timeout=30) == 0
    assert not container.healthy()


@pytest.mark.slow
def test_its_pages_are_shown_while_the_archive_is_written(collector: Container) -> None:
    """The service beside it answers from the same volume, which it cannot write, with what was just committed."""
    if not (collector.data / "archive.db").exists():
        collector.run("newskeep", "fetch", "--config", "/config/config.yaml")
    service, port = SERVICES["datasette"], free_port()
    at = f"http://127.0.0.1:{port}"
    reader = replace(collector, reads=True)
    with reader.started(*collector.image.entrypoint, *service["command"], "--port", str(port)) as process:
        wait_for(f"{at}/-/versions.json")
        assert "<h1" in page(at)
        with closing(sqlite3.connect(collector.data / "archive.db")) as writing:
            writing.execute("CREATE TABLE IF NOT EXISTS probe (number INTEGER)")
            for number in range(3):
                writing.execute("INSERT INTO probe VALUES (?)", [number])
                writing.commit()
                assert len(ask(f"{at}/archive/probe.json?_shape=array")) == number + 1
            writing.execute("DROP TABLE probe")
        asked = [word.replace(":8001", f":{port}") for word in service["healthcheck"]["test"][1:]]
        assert reader.run(*asked).returncode == 0
        process.terminate()
        assert process.wait(timeout=30) == 0
    assert reader.run(*asked).returncode != 0


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def ask(url: str) -> Any:
    return json.loads(page(url))


def page(url: str) -> str:
    with urlopen(url, timeout=60) as answer:
        return str(answer.read().decode())


def wait_for(url: str) -> None:
    """Until something answers there, at most half a minute."""
    for _ in range(120):
        try:
            ask(url)
        except URLError:
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"nothing answers at {url}")
