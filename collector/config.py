"""
config.yaml -> frozen Config: every key, default, check and message. Knows nothing of how the values are used.

    text -> config_yaml.read -> values and their places -> Config, or ConfigError with every mistake at once
"""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from collector import config_values as values
from collector import config_yaml, urls
from collector.config_yaml import Document, Place, dotted
from collector.errors import ConfigError
from storage.records import SourceKind

Duration = Annotated[
    float,
    BeforeValidator(
        values.duration, json_schema_input_type=float | Annotated[str, Field(examples=["30s", "15m", "1h"])]
    ),
]
Interval = Annotated[Duration, AfterValidator(values.some_time)]
Size = Annotated[
    int, BeforeValidator(values.size, json_schema_input_type=int | Annotated[str, Field(examples=["10MB", "512KiB"])])
]
Ages = Annotated[tuple[Duration, ...], AfterValidator(values.growing)]
Url = Annotated[str, AfterValidator(values.web_address)]
Host = Annotated[str, AfterValidator(values.host)]
RuleHost = Annotated[Host, AfterValidator(values.read_by)]
Token = Annotated[str, AfterValidator(values.token)]
Printable = Annotated[str, AfterValidator(values.printable)]
DetourFrom = Annotated[str, AfterValidator(values.detour_from)]
DetourTo = Annotated[str, AfterValidator(values.detour_to)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_the_default(cls, data: Any) -> Any:
        """`key:` with nothing behind it means the default: what remains when its lines are commented out."""
        if not isinstance(data, dict):
            return {} if data is None else data
        optional = {name for name, field in cls.model_fields.items() if not field.is_required()}
        return {key: value for key, value in data.items() if value is not None or key not in optional}


class Source(_Section):
    """A place that announces articles: a feed, a sitemap or a listing page."""

    url: Url
    """Absolute http(s) address."""
    kind: SourceKind | None = None
    """Found out from the bytes when left out."""
    every: Interval | None = None
    """How often it is asked; when left out every 30 minutes, or as rarely as the feed itself wishes."""
    title: str | None = None
    """What to call it; its own title when left out."""


def _from_address(value: Any) -> Any:
    return {"url": value} if isinstance(value, str) else value


class Network(_Section):
    """How the web is asked."""

    user_agent: Printable = "newskeep/0.1 (+https://example.org/bot)"
    """Who asks: a name, and an address where a site finds out more."""
    timeout: Interval = 30.0
    """Longest time for a whole request, body and all."""
    max_bytes: Size = 10_000_000
    """Largest body, after decompression."""
    delay: Duration = 1.0
    """Least pause between two requests to one host."""
    per_host: int = Field(default=1, ge=1)
    """Requests in flight to one host."""
    concurrency: int = Field(default=100, ge=1)
    """Requests in flight to all hosts."""
    robots: bool = True
    """Obey robots.txt."""
    allow_private: bool = False
    """Also ask loopback, private and link-local addresses."""
    resolve: Mapping[DetourFrom, DetourTo] = Field(default_factory=dict)
    """"host[:port]" or "*" -> "address:port", as curl --resolve."""


class Site(_Section):
    """What is different at one host."""

    delay: Duration | None = None
    per_host: int | None = Field(default=None, ge=1)
    robots: bool | None = None
    headers: Mapping[Token, Printable] = Field(default_factory=dict)
    cookies: Mapping[Token, Printable] = Field(default_factory=dict)
    proxy: Url | None = None
    rule: RuleHost | None = None
    """Read the pages of this host with the site rule of that one."""


NOTHING_OWN = Site()


def _or_none_yet(value: Any) -> Any:
    return () if value is None else value


Announcer = Annotated[Source, BeforeValidator(_from_address, json_schema_input_type=str | Source)]


class Config(_Section):
    """The whole of config.yaml."""

    data: Path = Field(default=Path("data"), strict=False)
    """Folder of archive.db and raw/; a relative one begins at the folder of this file."""
    sources: Annotated[tuple[Announcer, ...], BeforeValidator(_or_none_yet)]
    """What is watched."""
    network: Network = Network()
    look_again: Ages = (900.0, 3600.0, 10800.0, 86400.0, 259200.0, 864000.0, 2592000.0)
    """Ages at which an article is fetched again."""
    http: Annotated[str, AfterValidator(values.listener)] | None = None
    """Where the daemon answers for its health: host:port."""
    sites: Mapping[Host, Site] = Field(default_factory=dict)
    """Overrides by host."""

    def site(self, host: str) -> Site:
        """What is different at `host`; an entry for `example.org` holds for `www.example.org` too."""
        return self.sites.get(host) or self.sites.get(host.removeprefix("www.")) or NOTHING_OWN


def load(path: Path) -> Config:
    """The checked configuration of a file. Raises ConfigError with every mistake, each with line and column."""
    config = parse(read_text(path), str(path))
    return config.model_copy(update={"data": path.absolute().parent / config.data.expanduser()})


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
}
MISSING = {"sources": "write `sources:` and below it one address a line behind `- `", "url": "write `url: https://…`"}
SECTIONS: Mapping[Any, type[_Section]] = {"network": Network, "sources": Source, "sites": Site}


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
    fields = (Config if len(path) == 1 else SECTIONS[path[0]]).model_fields
    near = difflib.get_close_matches(str(path[-1]), fields, n=1)
    return f"is no key, did you mean `{near[0]}`?" if near else f"is no key, there are: {', '.join(fields)}"


def _line(name: str, place: Place, path: str, message: str) -> str:
    return f"{name}:{place.line}:{place.column}: {path + ': ' if path else ''}{message}"
