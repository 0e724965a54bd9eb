"""Other extractors, each in an environment of its own that is made when it is first asked for.

`bench/peers/NAME.txt` pins all that an environment holds: Fundus wants another lxml than the rest, and none of them
shall be held back by ours. The environments stay in the user's cache folder.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

READERS: dict[str, tuple[str, ...]] = {
    "trafilatura": ("trafilatura", "trafilatura, fast", "trafilatura, precision"),
    "readability": ("readability",),
    "newspaper4k": ("newspaper4k",),
    "resiliparse": ("resiliparse",),
    "fundus": ("fundus",),
}
PINS = Path(__file__).parent / "peers"
_READY = ".ready"


class UnavailableError(Exception):
    """An environment could not be made; the message says why in a line."""


def python(peer: str, cache: Path | None = None) -> Path:
    """The interpreter of the peer's environment. Raises UnavailableError."""
    pins = PINS / f"{peer}.txt"
    digest = hashlib.sha256(pins.read_bytes()).hexdigest()[:12]
    folder = (cache or _cache()) / f"{peer}-{sys.version_info[0]}.{sys.version_info[1]}-{digest}"
    interpreter = folder / "bin" / "python"
    if not (folder / _READY).exists():
        print(f"making an environment for {peer} in {folder}", file=sys.stderr)
        _run(sys.executable, "-m", "venv", "--clear", folder)
        _run(interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", pins)
        (folder / _READY).touch()
    return interpreter


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newskeep-bench"


def _run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise UnavailableError(next((line for line in said if line.startswith("ERROR")), said[-1] if said else "?"))
