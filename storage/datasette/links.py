"""Where each page is: the one place that knows addresses. Behind a proxy they begin with Datasette's base_url."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Links:
    """`urls`: Datasette's. In templates it is `link`: `{{ link.article(7) }}`."""

    urls: Any
    database: str

    def front(self, **asked: object) -> str:
        """asked: `day`, the last one that is told of; `days`, of the charts."""
        return str(self.urls.instance()) + _query(asked)

    def search(self, form: str = "", /, **asked: object) -> str:
        """form: "", "json", "csv", "atom". asked: as the form's fields; empty ones are left out."""
        return self._path(f"search{_ending(form)}", asked)

    def article(self, article_id: int, form: str = "", /, version: int | None = None) -> str:
        """version: its number. form: "", "txt", "json", "warc"."""
        return self._path(f"article/{article_id}{_ending(form)}", {"version": version})

    def compare(self, article_id: int, old: int | None = None, new: int | None = None) -> str:
        """Two versions by their numbers; without them its last edit."""
        return self._path(f"article/{article_id}/compare", {"old": old, "new": new})

    def capture(self, capture_id: int) -> str:
        return self._path(f"capture/{capture_id}")

    def capture_source(self, capture_id: int) -> str:
        """Its bytes as text."""
        return self._path(f"capture/{capture_id}/source")

    def capture_view(self, capture_id: int) -> str:
        """The page that shows it in a frame."""
        return self._path(f"capture/{capture_id}/view")

    def capture_page(self, capture_id: int) -> str:
        """What stands in the frame."""
        return self._path(f"capture/{capture_id}/page")

    def capture_body(self, capture_id: int) -> str:
        """Its bytes, to be saved."""
        return self._path(f"capture/{capture_id}/body")

    def capture_warc(self, capture_id: int) -> str:
        """It with its headers, as web archives keep it."""
        return self._path(f"capture/{capture_id}.warc")

    def sources(self) -> str:
        """All sources and sites."""
        return self._path("sources")

    def source(self, source_id: int, since: date | None = None) -> str:
        """since: the first day of its calendar."""
        return self._path(f"source/{source_id}", {"since": since})

    def source_coverage(self, source_id: int, since: date | None = None) -> str:
        return self._path(f"source/{source_id}/coverage", {"since": since})

    def site(self, site: str, since: date | None = None) -> str:
        """since: the first day of its calendar."""
        return self._path(f"site/{quote(site, safe='')}", {"since": since})

    def site_coverage(self, site: str, since: date | None = None) -> str:
        return self._path(f"site/{quote(site, safe='')}/coverage", {"since": since})

    def attention(self) -> str:
        """What needs attention, all of it, with what to do."""
        return self._path("attention")

    def changes(self, **asked: object) -> str:
        """What publishers edited, newest first."""
        return self._path("changes", asked)

    def functions(self) -> str:
        """The SQL functions, with examples."""
        return self._path("functions")

    def tables(self) -> str:
        """Datasette's own page of the archive: its tables, its queries, SQL."""
        return str(self.urls.database(self.database))

    def sql(self, query: str) -> str:
        """Datasette's page of a query, filled in and run."""
        return self.tables() + _query({"sql": query})

    def table(self, table: str, **filters: object) -> str:
        return str(self.urls.table(self.database, table)) + _query(filters)

    def row(self, table: str, key: object) -> str:
        return str(self.urls.row(self.database, table, str(key)))

    def static(self, name: str) -> str:
        return str(self.urls.static_plugins("newskeep", name))

    def _path(self, path: str, asked: Mapping[str, object] | None = None) -> str:
        return str(self.urls.path(f"/-/{path}")) + _query(asked or {})


def _ending(form: str) -> str:
    return f".{form}" if form else ""


def _query(asked: Mapping[str, object]) -> str:
    said = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"?{urlencode(said, doseq=True)}" if said else ""
