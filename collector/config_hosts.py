"""The section of config.yaml for one host, and the hosts that we are patient with whatever it says."""

from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import Field, ValidationError
from pydantic_core import InitErrorDetails

from collector.config_types import Duration, Label, Printable, RuleHost, Section, Token, Url

# Seconds between two requests to the Internet Archive, 15 a minute. It takes 24 searches a minute, and less from some;
# who goes on when it answers 429 finds its door shut for an hour, then for two, then for four (StrawberryMaster/
# wayback-machine-downloader#68 and edgi-govdata-archiving/wayback#137). What it takes is written nowhere
# (internetarchive/wayback#274), so there is no way to ask it more often.
LEAST_DELAY = 4.0


class Site(Section):
    """What is different at one host."""

    delay: Duration | None = None
    per_host: int | None = Field(default=None, ge=1)
    robots: bool | None = None
    headers: Mapping[Token, Printable] = Field(default_factory=dict)
    cookies: Mapping[Token, Printable] = Field(default_factory=dict)
    proxy: Url | None = None
    rule: RuleHost | None = None
    """Read the pages of this host with the site rule of that one."""
    charset: Label | None = None
    """What its pages and documents are written in, whatever they say: windows-1250, Shift_JIS, ..."""

    def patient(self, delay: float) -> Self:
        """The same for a host of the Internet Archive. delay: the seconds between two requests to any host."""
        own = delay if self.delay is None else self.delay
        return self.model_copy(update={"delay": max(own, LEAST_DELAY), "per_host": 1})


NOTHING_OWN = Site()


def is_internet_archive(host: str) -> bool:
    return f".{host}".endswith(".archive.org")


def bearable(sites: Mapping[str, Site]) -> Mapping[str, Site]:
    """The same, unless the Internet Archive would be asked too often. Raises ValidationError."""
    wrong = [each for host, site in sites.items() if is_internet_archive(host) for each in _too_much(host, site)]
    if wrong:
        raise ValidationError.from_exception_data("sites", wrong)
    return sites


def _too_much(host: str, site: Site) -> Iterator[InitErrorDetails]:
    if site.delay is not None and site.delay < LEAST_DELAY:
        yield _wrong(host, "delay", "the Internet Archive shuts out who asks more often, write 4s or more")
    if site.per_host not in (None, 1):
        yield _wrong(host, "per_host", "the Internet Archive is asked for one thing at a time, write 1")


def _wrong(host: str, key: str, advice: str) -> InitErrorDetails:
    return {"type": "value_error", "loc": (host, key), "input": None, "ctx": {"error": ValueError(advice)}}
