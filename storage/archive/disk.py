"""What archive.db itself takes on disk, and whose the bodies of a month are. Reads only."""

from collections.abc import Iterator

from storage.archive.base import Base


class Disk(Base):
    """Bytes of tables, hosts of bodies."""

    def table_sizes(self) -> dict[str, int] | None:
        """Bytes of each table with its indexes, the largest first; None where SQLite was built without `dbstat`.

        Reads the whole file. https://sqlite.org/dbstat.html
        """
        if not self.value("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'"):
            return None
        rows = self.rows(
            """SELECT coalesce(tbl_name, pages.name) AS name, sum(pgsize) AS size FROM dbstat AS pages
            LEFT JOIN sqlite_schema AS things ON things.name = pages.name
            WHERE aggregate = TRUE GROUP BY 1 ORDER BY 2 DESC"""
        )
        return {row["name"]: row["size"] for row in rows}

    def hosts_of_bodies(self, month: str) -> Iterator[tuple[str, str | None, str]]:
        """SHA-256, host and final address of what was captured in a month (`2026-11`), the oldest first."""
        sql = (
            "SELECT sha256, host, final_url FROM captures WHERE fetched_at >= ? AND fetched_at < ? ORDER BY fetched_at"
        )
        yield from self.db.conn.execute(sql, [month, f"{month}~"])  # `~` comes after `-` and all digits
