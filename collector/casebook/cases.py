"""
A case: a page in a site's shape and our own words, and what is to be read of it. `<rule>/<case>` is a folder with

page.html     the page
source.yaml   url and time of its fetch, and for each article the fields to be asserted
expected.txt  the text file of each article, several parted by `* * *`
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from collector.errors import ConfigError
from collector.extract import extract
from storage.export.text import render
from storage.records import Article, Result

BETWEEN = "\n\n* * *\n\n"  # the articles of one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a case gave: `text` and `fields` as read and as wanted; `extractor` and `revision` that read them."""

    text: str
    wanted_text: str
    fields: list[dict[str, Any]]
    wanted_fields: list[dict[str, Any]]
    extractor: str
    revision: str
    wanted_extractor: str

    @property
    def passed(self) -> bool:
        return (
            self.text == self.wanted_text
            and self.fields == self.wanted_fields
            and self.extractor == self.wanted_extractor
        )


@dataclass(frozen=True, slots=True)
class Case:
    """One case folder."""

    folder: Path

    @property
    def rule(self) -> str:
        """The name of the rule that it is for."""
        return self.folder.parent.name

    @property
    def name(self) -> str:
        """`<rule>/<case>`."""
        return f"{self.rule}/{self.folder.name}"

    def source(self) -> dict[str, Any]:
        """What source.yaml says. Raises ConfigError."""
        path = self.folder / "source.yaml"
        try:
            found = yaml.load(path.read_text("utf-8"), Loader=_Source)  # noqa: S506 - a SafeLoader
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise ConfigError([f"{path}: cannot be read: {error}"]) from error
        if not isinstance(found, dict) or not {"url", "fetched_at", "articles"} <= found.keys():
            raise ConfigError([f"{path}: needs url, fetched_at and articles"])
        return found

    def read(self) -> Result:
        """What the installed rules read of the page."""
        told = self.source()
        return extract(
            (self.folder / "page.html").read_bytes(), told["url"], fetched_at=datetime.fromisoformat(told["fetched_at"])
        )

    def outcome(self) -> Outcome:
        """What is read, beside what is wanted. Raises ConfigError where the case is not whole."""
        result, wanted = self.read(), self.source()["articles"]
        articles = [article.as_json() for article in result.articles]
        asked = [*wanted, *([{}] * (len(articles) - len(wanted)))]
        path = self.folder / "expected.txt"
        return Outcome(
            text=text_of(result.articles),
            wanted_text=path.read_text("utf-8") if path.exists() else "",
            fields=[{key: one[key] for key in keys if key in one} for one, keys in zip(articles, asked, strict=False)],
            wanted_fields=wanted,
            extractor=result.extractor,
            revision=result.rule_revision,
            wanted_extractor=f"site:{self.rule}",
        )

    def accept(self) -> None:
        """Rewrite expected.txt from what is read now."""
        write_text(self.folder / "expected.txt", text_of(self.read().articles))


def cases_in(folder: Path) -> list[Case]:
    """All cases of a folder, by name."""
    return [Case(page.parent) for page in sorted(folder.glob("*/*/page.html"))]


def text_of(articles: Sequence[Article]) -> str:
    """The text files of a page's articles."""
    return BETWEEN.join(map(_text_file, articles))


def source_text(url: str, fetched_at: datetime, articles: Sequence[Mapping[str, Any]]) -> str:
    """A source.yaml."""
    told = {"url": url, "fetched_at": fetched_at.isoformat().replace("+00:00", "Z"), "articles": list(articles)}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)


def write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def _text_file(article: Article) -> str:
    kinds = json.dumps([paragraph.kind for paragraph in article.paragraphs])
    return render({"title": article.title, "published": article.published_iso, "kinds": kinds, "text": article.text})


class _Source(yaml.SafeLoader):
    """YAML whose only values beside text are null, true and false: dates stay as they are written."""


_Source.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":bool"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
