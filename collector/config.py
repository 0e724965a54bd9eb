"""
config.yaml -> frozen Config, or what to write instead. Knows nothing of how the values are used.

    text -> config_yaml.read -> values and their places -> Config, or ConfigError with every mistake at once
"""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from collector import config_yaml, urls
from collector.config_form import Alarms, Config, Email, Network, Source, keys_at
from collector.config_hosts import Site
from collector.config_yaml import Document, Place, dotted
from collector.errors import ConfigError

__all__ = ["Alarms", "Config", "Email", "Network", "Site", "Source", "load", "parse", "read_text", "schema"]


def load(path: Path) -> Config:
    """The checked configuration of a file. Raises ConfigError with every mistake, each with line and column."""
    config = parse(read_text(path), str(path))
    folder = path.absolute().parent
    return config.model_copy(
        update={"data": folder / config.data.expanduser(), "alarms": _password_of(folder, config.alarms)}
    )


def parse(text: str, name: str) -> Config:
    """As `load`, of text whose messages call it `name`; `data` stays as written. Raises ConfigError."""
    document = config_yaml.read(text.removeprefix("\ufeff"), name)
    mistakes = [*document.mistakes, *_repeated_sources(document)]
    try:
        config = Config.model_validate(document.value)
    except ValidationError as error:
        mistakes += [_mistake(document, details) for details in error.errors()]
    if mistakes:
        raise ConfigError([_line(name, *mistake) for mistake in sorted(set(mistakes))])
    return config


def _password_of(folder: Path, alarms: Alarms) -> Alarms:
    """The alarms with a password file that is found from every folder."""
    email = alarms.email
    if email is None or email.password_file is None:
        return alarms
    found = email.model_copy(update={"password_file": folder / email.password_file.expanduser()})
    return alarms.model_copy(update={"email": found})


def read_text(path: Path) -> str:
    """The letters of a file, line endings and all. Raises ConfigError."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError as error:
        advice = "make one with `newskeep sources add URL`, or name another with --config"
        raise ConfigError([f"{path}: there is no such file, {advice}"]) from error
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        raise ConfigError([f"{path}:{line}:{column}: this is no UTF-8, save it as UTF-8"]) from error


def schema() -> dict[str, Any]:
    """JSON Schema of config.yaml, for editors that complete and check."""
    return Config.model_json_schema()


MESSAGES = {
    "string_type": "must be text, put it in quotes",
    "path_type": "must be the name of a folder, put it in quotes",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list, write one a line behind `- `",
    "dict_type": "must hold keys, write one a line as `key: value`",
    "mapping_type": "must hold keys, write one a line as `key: value`",
    "model_type": "must hold keys, write one a line as `key: value`",
    "too_short": "holds nothing, write one a line behind `- `",
}
MISSING = {
    "sources": "write `sources:` and below it one address a line behind `- `",
    "url": "write `url: https://…`",
    "to": "write `to: you@example.org`",
    "from": "write `from: newskeep@example.org`",
    "host": "write `host: smtp.example.org:587`",
}


def _repeated_sources(document: Document) -> Iterator[tuple[Place, str, str]]:
    listed = document.value.get("sources") if isinstance(document.value, dict) else None
    first: dict[str, Place] = {}
    for number, source in enumerate(listed if isinstance(listed, tuple) else ()):
        url = source.get("url") if isinstance(source, dict) else source
        address = urls.canonical(url) if isinstance(url, str) else None
        if address is None:
            continue
        place = document.place(("sources", number, "url"))
        if address in first:
            yield (
                place,
                f"sources[{number}]",
                f"is the source of line {first[address].line} again, take one of them out",
            )
        first.setdefault(address, place)


def _mistake(document: Document, details: ErrorDetails) -> tuple[Place, str, str]:
    path, kind = details["loc"], details["type"]
    if path and path[-1] == "[key]":
        path = path[:-1]
        return document.place(path, of_key=True), dotted(path), _said(details)
    if kind == "extra_forbidden":
        return document.place(path, of_key=True), dotted(path), _unknown(path)
    return document.place(path), dotted(path), _said(details)


def _said(details: ErrorDetails) -> str:
    """The message of one mistake, in our words where we have some."""
    context = details.get("ctx", {})
    match details["type"]:
        case "value_error":
            return str(context["error"])
        case "missing":
            return f"is missing, {MISSING[str(details['loc'][-1])]}"
        case "literal_error":
            return f"must be {context['expected']}"
        case "greater_than_equal":
            return f"must be {context['ge']} or more"
        case kind:
            return MESSAGES.get(kind, details["msg"])


def _unknown(path: config_yaml.Path) -> str:
    keys = keys_at(path[:-1])
    near = difflib.get_close_matches(str(path[-1]), keys, n=1)
    return f"is no key, did you mean `{near[0]}`?" if near else f"is no key, there are: {', '.join(keys)}"


def _line(name: str, place: Place, path: str, message: str) -> str:
    return f"{name}:{place.line}:{place.column}: {path + ': ' if path else ''}{message}"
