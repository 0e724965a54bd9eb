"""
The stages of a Dockerfile -> an image in a plain folder, made and run without a container engine.

    Builder.build(target) -> Image -> Image.command(…): what to hand to subprocess

The steps are the file's own. Only the base differs: this machine's /usr and Python, the latter at /usr/local as in the
image that the file names. Needs root: each step runs in a mount namespace of its own, changed to the image's root.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.dockerfile import Step, filled, read, sent

ETC = (  # what a base image has in /etc, and what pip needs to find its registry as it does here
    *("passwd", "group", "login.defs", "nsswitch.conf", "hosts", "resolv.conf", "ssl", "ca-certificates"),
    *("ld.so.conf", "ld.so.conf.d", "alternatives", "pip.conf", "xdg", "localtime", "debian_version"),
)
HOST_PATHS = ("bin", "sbin", "lib", "lib32", "lib64")
WANTED = ("unshare", "chroot", "mount", "setpriv", "useradd", "ldconfig")


@dataclass(frozen=True)
class Image:
    """A root folder, and how its programs are to be run."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)
    user: str = "0:0"
    workdir: str = "/"
    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    health: tuple[str, ...] = ()

    def command(self, arguments: Sequence[str], volumes: Mapping[str, Path], configs: Mapping[str, Path]) -> list[str]:
        """Its arguments as a container of docker-compose.yml would run them; the process is the program itself.

        Read-only but for `volumes` and a small /tmp, as the image's user, without a capability or a way to get one.
        """
        mounts = ["mount -t tmpfs -o size=64m,mode=1777 tmpfs {root}/tmp"]
        for inside, outside in [*volumes.items(), *configs.items()]:
            mounts.append(f"mount --bind {shlex.quote(str(outside))} {{root}}{inside}")
        mounts += [f"mount -o remount,bind,ro {{root}}{inside}" for inside in configs]
        uid, gid = self.user.split(":")
        drop = ["setpriv", "--reuid", uid, "--regid", gid, "--clear-groups", "--no-new-privs"]
        drop += ["--inh-caps=-all", "--bounding-set=-all"]
        for inside in [*volumes, *configs]:
            _below(self.root, inside).mkdir(exist_ok=True)
        return _inside(
            self, [*drop, *_shell(self, shlex.join(arguments))], [*mounts, "mount -o remount,bind,ro {root}"]
        )


@dataclass
class Builder:
    """Makes the stages of one Dockerfile below `work`; one that several need is made once."""

    context: Path
    work: Path
    made: dict[str, Image] = field(default_factory=dict)

    def build(self, target: str) -> Image:
        """The image of one stage. Raises CalledProcessError when a step fails."""
        if target not in self.made:
            stages = {each.name: each for each in read((self.context / "Dockerfile").read_text())}
            stage, root = stages[target], self.work / target
            if stage.base in stages:
                before = self.build(stage.base)
                shutil.copytree(before.root, root, symlinks=True)
                _keep_owners(before.root, root)
                image = replace(before, root=root)
            else:
                image = _bare(root)
            for step in stage.steps:
                image = self._carried_out(image, step)
            self.made[target] = image
        return self.made[target]

    def _carried_out(self, image: Image, step: Step) -> Image:
        """What the image is after one step."""
        changed: dict[str, Any] = {}
        match step.word:
            case "ENV":
                given = dict(word.split("=", 1) for word in step.words())
                changed = {"env": image.env | {key: filled(text, image.env) for key, text in given.items()}}
            case "RUN":
                subprocess.run(_inside(image, _shell(image, step.text, build=True), []), check=True)
            case "COPY":
                self._copy(image, step)
            case "WORKDIR":
                _below(image.root, step.text).mkdir(parents=True, exist_ok=True)
                changed = {"workdir": step.text}
            case "USER":
                changed = {"user": step.text}
            case "ENTRYPOINT" | "CMD":
                changed = {step.word.lower(): tuple(step.words())}
            case "HEALTHCHECK":
                changed = {"health": tuple(json.loads(step.text.removeprefix("CMD ")))}
            case other:
                assert other in {"LABEL", "VOLUME", "STOPSIGNAL", "EXPOSE"}, f"{other}: not known here"
        return replace(image, **changed)

    def _copy(self, image: Image, step: Step) -> None:
        *sources, target = step.words()
        begin = self.build(step.flags["from"]).root if "from" in step.flags else self.context
        for source in sources:
            path = _below(begin, source)
            assert "from" in step.flags or sent(self.context, source), f".dockerignore keeps {source} from the builder"
            to = _below(image.root, target)
            if path.is_dir():
                ignored = shutil.ignore_patterns("__pycache__") if "from" not in step.flags else None
                shutil.copytree(path, to, symlinks=True, dirs_exist_ok=True, ignore=ignored)
            else:
                to = to / path.name if target.endswith("/") else to
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, to)


def why_not() -> str:
    """What this machine lacks for building and running images this way; "" for nothing."""
    if os.geteuid() != 0:
        return "only root can make mount namespaces for another user"
    if missing := [name for name in WANTED if not shutil.which(name)]:
        return f"not installed: {', '.join(missing)}"
    if Path(sys.base_prefix) == Path("/usr"):
        return "the Python here is the system's own, and cannot stand at /usr/local"
    tried = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False, capture_output=True
    )
    return "" if tried.returncode == 0 else f"no mount namespaces here: {tried.stderr.decode().strip()}"


def _bare(root: Path) -> Image:
    """This machine in the place of the base image: nothing is copied but a little of /etc."""
    for name in ("usr", "etc", "proc", "dev", "opt", "var/tmp", "root", "tmp"):
        (root / name).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    for name in HOST_PATHS:
        host = Path("/", name)
        if host.is_symlink():
            (root / name).symlink_to(host.readlink())
        elif host.is_dir():
            (root / name).mkdir()
    for path in (Path("/etc", name) for name in ETC):
        if path.is_dir():
            shutil.copytree(path, root / "etc" / path.name, symlinks=True, ignore=shutil.ignore_patterns("private"))
        elif path.exists():
            shutil.copy2(path, root / "etc" / path.name)
    image = Image(root, {"PATH": "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin", "LANG": "C.UTF-8"})
    subprocess.run(_inside(image, ["ldconfig"], []), check=True)  # as the real one does for its libpython
    return image


def _below(root: Path, path: str) -> Path:
    return root / path.lstrip("/")


def _keep_owners(before: Path, after: Path) -> None:
    for path in before.rglob("*"):
        told = path.lstat()
        if (told.st_uid, told.st_gid) != (0, 0):
            os.chown(after / path.relative_to(before), told.st_uid, told.st_gid, follow_symlinks=False)


def _shell(image: Image, command: str, *, build: bool = False) -> list[str]:
    """A command line in the image's environment; at build time with what tells pip where to find packages."""
    env = {"HOME": "/root" if build else _home(image), **image.env}
    if build:
        told = re.compile(r"PIP_.*|.*_proxy|SSL_CERT_.*|REQUESTS_CA_BUNDLE", re.IGNORECASE)
        env = {**{key: value for key, value in os.environ.items() if told.fullmatch(key)}, **env}
    exported = [f"{key}={value}" for key, value in env.items()]
    run = command if build else f"exec {command}"
    return ["env", "-i", *exported, "sh", "-c", f"cd {image.workdir} && {run}"]


def _home(image: Image) -> str:
    """The home of its user, as an engine would find it in the image's own list."""
    users = [line.split(":") for line in (image.root / "etc/passwd").read_text().splitlines()]
    return next((user[5] for user in users if user[2] == image.user.partition(":")[0]), "/")


def _inside(image: Image, arguments: Sequence[str], mounts: Sequence[str]) -> list[str]:
    """Run these with the image's folder as root: /usr and Python of this machine, read-only, then `mounts`."""
    root = shlex.quote(str(image.root))
    real = [name for name in HOST_PATHS if not Path("/", name).is_symlink() and Path("/", name).is_dir()]
    script = ["mount --bind {root} {root}"]
    for host, inside in [
        ("/usr", "/usr"),
        *((f"/{name}", f"/{name}") for name in real),
        (sys.base_prefix, "/usr/local"),
    ]:
        script += [f"mount --bind {shlex.quote(host)} {{root}}{inside}", f"mount -o remount,bind,ro {{root}}{inside}"]
    script += ["mount --rbind /proc {root}/proc", "mount --rbind /dev {root}/dev", *mounts]
    script.append(f"exec chroot {{root}} {shlex.join(arguments)}")
    return ["unshare", "--mount", "sh", "-euc", "\n".join(line.replace("{root}", root) for line in script)]
