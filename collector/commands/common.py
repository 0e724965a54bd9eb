"""What every command shares: its options, how mistakes end it, how JSON is printed, how progress is shown."""

import functools
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from collector import config, log
from collector.config import Config
from collector.daemon import attention_words
from collector.errors import CollectorError, ConfigError
from collector.log_secrets import secrets_of
from storage.archive import ArchiveError
from storage.lock import Locked

P = ParamSpec("P")
T = TypeVar("T")

TOLD = (CollectorError, Locked, ArchiveError, OSError)  # errors whose message is for the operator
plural = attention_words.plural
FAILED, WRONG = 1, 2  # exit codes: done but something failed; usage or configuration error

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=Path("config.yaml"),
    show_default=True,
    help="The file that says what to watch and how.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout, nothing else there.")
log_option = click.option(
    "--log-level",
    type=click.Choice(log.LEVELS),
    default="info",
    show_default=True,
    envvar="NEWSKEEP_LOG_LEVEL",
    show_envvar=True,
    help="The least that is worth a line.",
)


def command(function: Callable[P, T]) -> Callable[P, T]:
    """Errors that a person can mend end the command with their message and exit code; Ctrl-C says what is kept."""

    @functools.wraps(function)
    def run(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            return function(*arguments, **options)
        except BrokenPipeError:
            raise  # whoever read stdout has read enough; click ends quietly
        except ConfigError as error:
            end(str(error), WRONG)
        except TOLD as error:
            end(_told(error), FAILED)
        except BaseExceptionGroup as group:  # of what went on at the same time, the first that we know to tell
            known, unknown = group.split(TOLD)
            if known is None or unknown is not None:
                raise
            end(_told(_first(known)), FAILED)
        except KeyboardInterrupt:
            end("\nnewskeep: stopped; what was fetched is kept, the next run goes on from here", FAILED)

    return run


def _told(error: BaseException) -> str:
    what = "the archive cannot be read or written: " if isinstance(error, ArchiveError) else ""
    return f"newskeep: {what}{error}"


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def end(message: str, code: int) -> NoReturn:
    click.echo(log.hidden(message), err=True)
    sys.exit(code)


def load(path: Path) -> Config:
    """The configuration. Raises ConfigError with every mistake in it."""
    return config.load(path)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def in_colour() -> bool:
    """Is stdout a terminal that has colours, and whose user wants them? https://no-color.org"""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def stop_as_ctrl_c() -> None:
    """SIGTERM, by which service managers and `kill` stop a program, ends it as Ctrl-C does: soundly, with a word."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so it is for what a shell script starts with `&`
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))


def log_to_stderr(config: Config, level: log.Level) -> None:
    """One line a thing that happened, without the secrets of the configuration."""
    log.to_stderr(level, secrets_of(config))
