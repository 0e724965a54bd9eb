"""The form of config.yaml: every key, its default and what it means. Knows no file, no place in one and no message."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from collector import config_values as values
from collector.config_hosts import NOTHING_OWN, Site, bearable, is_internet_archive
from collector.config_types import (
    Ages,
    Bounds,
    DetourFrom,
    DetourTo,
    Duration,
    Host,
    Interval,
    Listener,
    Mailbox,
    Printable,
    SecretUrl,
    Section,
    Size,
    Url,
)
from storage.records import SourceKind


class Source(Section):
    """A place that announces articles: a feed, a sitemap or a listing page."""

    url: Url
    """Absolute http(s) address."""
    kind: SourceKind | None = None
    """Found out from the bytes when left out."""
    every: Interval | None = None
    """How often it is asked; when left out as often as it has news, within `poll_between`."""
    title: str | None = None
    """What to call it; its own title when left out."""
    look_again: Ages | None = None
    """Ages at which its articles are fetched again; those of all when left out."""


def _from_address(value: Any) -> Any:
    return {"url": value} if isinstance(value, str) else value


class Network(Section):
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


def _or_none_yet(value: Any) -> Any:
    return () if value is None else value


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class Email(Section):
    """Where troubles are told by mail."""

    to: Annotated[
        tuple[Mailbox, ...],
        BeforeValidator(_one_or_more, json_schema_input_type=Mailbox | tuple[Mailbox, ...]),
        Field(min_length=1),
    ]
    """Who is told: one address or a list."""
    sender: Mailbox = Field(alias="from")
    """Whom the mail is from."""
    host: Listener
    """The mail server: host:port."""
    tls: Literal["starttls", "tls", "none"] = "starttls"
    """starttls (port 587), tls from the first byte (port 465), or none."""
    user: str | None = None
    password_file: Path | None = Field(default=None, strict=False)
    """A file that holds the password and nothing else; a relative one begins at the folder of this file."""

    @model_validator(mode="after")
    def _a_password_is_guarded(self) -> Self:
        if (self.user is None) != (self.password_file is None):
            raise ValueError("`user` and `password_file` belong together, write both or none of them")
        if self.user is not None and self.tls == "none" and not values.is_loopback(self.host):
            raise ValueError("sends a password that all can read on its way, write `tls: starttls` or `tls: tls`")
        return self


class Alarms(Section):
    """Who is told of trouble, once when it is there and once when it is over."""

    webhook: SecretUrl | None = Field(default=None, repr=False)
    """An address that gets a POST with JSON."""
    email: Email | None = None
    after: Duration = 600.0
    """How long a trouble must have lasted before it is told."""


class Prune(Section):
    """Which bodies are given up, and at what age; nothing unless it is asked for. Rows and texts always stay."""

    walls: Interval | None = None
    """Pages that were walls."""
    errors: Interval | None = None
    """What came with an error's status, and dead links."""
    empty: Interval | None = None
    """Pages in which no article was found, and lists."""
    unchanged: Interval | None = None
    """Pages that brought no new version."""
    superseded: Interval | None = None
    """Pages of versions that are neither the first nor the current one of their article."""
    sources: Interval | None = None
    """Documents of sources, but the newest of each."""


Announcer = Annotated[Source, BeforeValidator(_from_address, json_schema_input_type=str | Source)]


class Config(Section):
    """The whole of config.yaml."""

    data: Path = Field(default=Path("data"), strict=False)
    """Folder of archive.db and raw/; a relative one begins at the folder of this file."""
    sources: Annotated[tuple[Announcer, ...], BeforeValidator(_or_none_yet)]
    """What is watched."""
    network: Network = Network()
    poll_every: Interval = 960.0
    """How often a source is asked in the mean of all: those with more news more often, the others less."""
    poll_between: Bounds = (120.0, 2700.0)
    """How often and how rarely a source without `every` is asked."""
    look_again: Ages = (900.0, 3600.0, 10800.0, 86400.0, 259200.0, 864000.0, 2592000.0)
    """Ages at which an article is fetched again."""
    least_free: Size = 200_000_000
    """What the disk must have left for anything new to be asked for."""
    http_public: bool = False
    """`http` may be an address that others reach."""
    http: Listener | None = None
    """Where the daemon answers for its health: host:port."""
    alarms: Alarms = Alarms()
    prune: Prune = Prune()
    sites: Annotated[Mapping[Host, Site], AfterValidator(bearable)] = Field(default_factory=dict)
    """Overrides by host."""
    wayback: Url = "https://web.archive.org"
    """The web archive that back-fills ask for what a site shows no more."""

    @field_validator("http")
    @classmethod
    def _for_us_alone(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value and not info.data.get("http_public", True) and not values.is_loopback(value):
            raise ValueError(f"`{value}` can be reached by others, write 127.0.0.1:8080, or `http_public: true` too")
        return value

    def site(self, host: str) -> Site:
        """What is different at `host`; an entry for `example.org` holds for `www.example.org` too."""
        own = self.sites.get(host) or self.sites.get(host.removeprefix("www.")) or NOTHING_OWN
        return own.patient(self.network.delay) if is_internet_archive(host) else own

    def delay_at(self, host: str) -> float:
        """Seconds between two requests to `host`, but for what its robots.txt asks."""
        own = self.site(host).delay
        return self.network.delay if own is None else own

    def width_at(self, host: str) -> int:
        """Requests in flight to `host`."""
        return self.site(host).per_host or self.network.per_host


SECTIONS: Mapping[tuple[str | int, ...], type[Section]] = {
    (): Config,
    ("network",): Network,
    ("sources",): Source,
    ("sites",): Site,
    ("alarms",): Alarms,
    ("alarms", "email"): Email,
    ("prune",): Prune,
}


def keys_at(path: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand in the section at `path`, as they are written."""
    section = SECTIONS.get(path) or SECTIONS[path[:1]]
    return [field.alias or name for name, field in section.model_fields.items()]
