"""
Our unit under a real systemd, booted in a folder: started, reloaded, hung, misconfigured, stopped.

systemd-nspawn starts it on the image of the collector with this machine's /usr; a script in there goes through the
turns of the daemon's life and writes down what systemd thinks of it after each.
"""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.cli import main
from tests import web
from tests.image import HOST_PATHS, Builder

ROOT = Path(__file__).parent.parent
SHOWN = ("ActiveState", "Result", "ExecMainStatus", "NRestarts", "MainPID", "StatusText")

# A shorter watchdog, so that the test ends; a log, as there is no journal.
DROP_IN = """[Service]
WatchdogSec=6
RestartSec=1
StandardOutput=append:/var/log/newskeep.log
StandardError=append:/var/log/newskeep.log
"""
PROBE_UNIT = """[Service]
Type=oneshot
ExecStart=/bin/sh /probe.sh
StandardOutput=file:/probe.log
StandardError=file:/probe.log
TimeoutStartSec=infinity
"""
PROBE = f"""
told() {{ echo "== $1"; systemctl show newskeep {" ".join(f"--property={name}" for name in SHOWN)}; }}
main() {{ systemctl show newskeep --property=MainPID --value; }}

systemctl start newskeep; told started
grep -hE '^(Uid|CapBnd|NoNewPrivs|Seccomp):' /proc/$(main)/status; ls /var/lib/newskeep
systemctl reload newskeep; told reloaded

kill -STOP $(main); before=$(main)
for _ in $(seq 60); do now=$(main); [ $now != $before ] && [ $now != 0 ] && break; sleep 0.5; done
systemctl start newskeep; told hung

mv /etc/newskeep/config.yaml /etc/newskeep/good.yaml; echo 'sources: none' > /etc/newskeep/config.yaml
systemctl reload newskeep; told refused
systemctl restart newskeep; sleep 3; told misconfigured
mv /etc/newskeep/good.yaml /etc/newskeep/config.yaml; systemctl start newskeep; told mended
systemctl stop newskeep; told stopped
systemctl poweroff --force
"""

# The control groups that nspawn made, where this machine has no systemd that would take them away.
AFTERWARDS = "find /sys/fs/cgroup/*/payload /sys/fs/cgroup/*/supervisor -depth -type d -exec rmdir {} + 2>/dev/null"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),  # an image is made first
    pytest.mark.skipif(
        not shutil.which("systemd-nspawn"), reason="systemd-nspawn is not installed (systemd-container)"
    ),
    pytest.mark.skipif("run" not in main.commands, reason="there is no `newskeep run` yet"),
]


@pytest.fixture(scope="module")
def lived(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What was told after each turn."""
    machine = tmp_path_factory.mktemp("machine") / "root"
    shutil.copytree(builder.build("newskeep").root, machine, symlinks=True)
    with web.running(3) as served:
        furnish(machine, served.port)
        booted = subprocess.run(boot(machine), capture_output=True, text=True, timeout=110, check=False)
    log = machine / "probe.log"
    if not log.exists():
        pytest.skip(f"systemd does not start in a folder here: {(booted.stdout + booted.stderr)[-300:]}")
    print(log.read_text(), (machine / "var/log/newskeep.log").read_text()[-5000:])
    yield dict(re.findall(r"^== (\w+)\n(.*?)(?=^==|\Z)", log.read_text(), flags=re.MULTILINE | re.DOTALL))


def furnish(machine: Path, port: int) -> None:
    """What the docs tell to install, and the probe."""
    units = machine / "etc/systemd/system"
    for folder in ("run", "sys", "var/lib", "var/log", "etc/newskeep", "etc/systemd/system/newskeep.service.d"):
        (machine / folder).mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "deploy/newskeep.service", units)
    (units / "newskeep.service.d/test.conf").write_text(DROP_IN)
    (units / "probe.service").write_text(PROBE_UNIT)
    (machine / "probe.sh").write_text(PROBE)
    (machine / "etc/os-release").write_text("ID=test\n")
    (machine / "etc/machine-id").write_text("0" * 31 + "1\n")
    source = "  - {url: 'http://site0.test/feed.xml', every: 2s}\n"
    network = f"network: {{delay: 0.05, resolve: {{'*': '127.0.0.1:{port}'}}}}\n"
    (machine / "etc/newskeep/config.yaml").write_text(f"data: /var/lib/newskeep\nsources:\n{source}{network}")


def boot(machine: Path) -> list[str]:
    """systemd as the first process of its own small world, which sees of this machine /usr, Python and the network."""
    real = [f"/{name}" for name in HOST_PATHS if not Path("/", name).is_symlink() and Path("/", name).is_dir()]
    binds = [f"--bind-ro={path}" for path in ("/usr", *real)] + [f"--bind-ro={sys.base_prefix}:/usr/local"]
    nspawn = ["systemd-nspawn", "--quiet", "--directory", str(machine), "--keep-unit", "--register=no", *binds]
    command = [*nspawn, "--console=pipe", "--boot", "systemd.unit=probe.service"]
    script = f"mount -t tmpfs tmpfs /run; {shlex.join(command)} </dev/null; {AFTERWARDS}"  # nothing of it stays in /run
    return ["unshare", "--mount", "sh", "-c", script]


def value(told: str, name: str) -> str:
    found = re.search(rf"^{name}[=:]\s*(\S*)", told, flags=re.MULTILINE)
    assert found, f"{name} is missing in {told!r}"
    return found[1]


def test_it_starts_under_all_its_limits(lived: dict[str, str]) -> None:
    """It tells that it is ready, under the system call filter, without capabilities, its archive where it may write."""
    told = lived["started"]
    assert value(told, "ActiveState") == "active"
    assert value(told, "Seccomp") == "2"  # seccomp(2): filter mode
    assert (int(value(told, "CapBnd"), 16), value(told, "NoNewPrivs")) == (0, "1")
    assert value(told, "Uid") != "0"
    assert "archive.db" in told.split()


def test_a_reload_keeps_the_process(lived: dict[str, str]) -> None:
    """`systemctl reload` returns when the configuration was read; the daemon is the one it was."""
    assert value(lived["reloaded"], "ActiveState") == "active"
    assert value(lived["reloaded"], "MainPID") == value(lived["started"], "MainPID")


def test_a_wrong_new_configuration_changes_nothing(lived: dict[str, str]) -> None:
    """A reload that is refused is over for systemd too: the daemon that runs goes on as it was."""
    assert value(lived["refused"], "ActiveState") == "active"
    assert value(lived["refused"], "MainPID") == value(lived["hung"], "MainPID")


def test_a_daemon_that_hangs_is_started_anew(lived: dict[str, str]) -> None:
    """Silent for longer than its watchdog, it is ended and started again, and becomes ready again."""
    told = lived["hung"]
    assert (value(told, "ActiveState"), value(told, "NRestarts")) == ("active", "1")
    assert value(told, "MainPID") != value(lived["started"], "MainPID")


def test_a_wrong_configuration_is_left_to_a_person(lived: dict[str, str]) -> None:
    """Exit code 2 is no reason to try again; mended, it starts."""
    told = lived["misconfigured"]
    assert (value(told, "ActiveState"), value(told, "ExecMainStatus")) == ("failed", "2")
    assert value(lived["mended"], "ActiveState") == "active"


def test_it_stops_well(lived: dict[str, str]) -> None:
    """`systemctl stop` ends it with exit code 0, nothing is killed."""
    told = lived["stopped"]
    assert [value(told, name) for name in ("ActiveState", "Result", "ExecMainStatus")] == ["inactive", "success", "0"]
