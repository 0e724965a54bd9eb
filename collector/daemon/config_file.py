"""config.yaml while the daemon runs: has it changed, and may the new one be taken? Knows not what is done with it."""

from collections.abc import Callable
from pathlib import Path

from collector import config as configuration
from collector.config import Config
from collector.errors import ConfigError

Mark = tuple[int, int, int]


class ConfigFile:
    """The file that `config` was read from."""

    def __init__(self, path: Path, config: Config) -> None:
        self.path, self.config = path, config
        self._taken = self._before = self._mark()

    def changed(self) -> bool:
        """Another file than was read last, and the same as a call ago: one that is being written is left in peace."""
        mark, before = self._mark(), self._before
        self._before = mark
        return mark != self._taken and mark == before

    def reload(self, check: Callable[[Config], None]) -> bool:
        """Read it again: is anything different? `check` may refuse what can be read but not be done.

        Raises ConfigError with every mistake, and what `check` raises; the old configuration stays in force then.
        """
        self._taken = self._before = self._mark()
        new = configuration.load(self.path)
        if new.data != self.config.data:
            said = f"stays {self.config.data} while newskeep runs: stop it, move the folder, start it again"
            raise ConfigError([f"{self.path}: data: {said}"])
        check(new)
        different, self.config = new != self.config, new
        return different

    def _mark(self) -> Mark | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
