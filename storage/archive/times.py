"""Times across all tables: those that only a wrong clock can have set, and the newest that was written."""

from datetime import datetime, timedelta

from storage.archive.base import Base, moment, stamp

COLUMNS = {
    "poll": ("sources", "next_poll"),
    "visit": ("entries", "next_visit"),
    "look": ("articles", "next_look"),
    "closed": ("hosts", "closed_until"),
}


class Times(Base):
    """Times: too far ahead, newest."""

    def mend_times(
        self, now: datetime, *, poll: timedelta, visit: timedelta, look: timedelta, closed: timedelta
    ) -> int:
        """Bring what is due later than any rule of ours could say back to `now`. Returns how many times that were.

        poll, visit, look, closed: how far ahead the next poll, visit and look, and the end of a host's peace, can be.
        """
        longest = {"poll": poll, "visit": visit, "look": look, "closed": closed}
        with self.transaction():
            return sum(self._mend(*COLUMNS[name], now, now + ahead) for name, ahead in longest.items())

    def _mend(self, table: str, column: str, now: datetime, latest: datetime) -> int:
        sql = f"UPDATE {table} SET {column} = ? WHERE {column} > ?"  # noqa: S608 - our own words
        return self.write(sql, [stamp(now), stamp(latest)])

    def last_captured_at(self) -> datetime | None:
        """When the newest capture was made; a time that is still to come means that the clock went back."""
        return moment(self.value("SELECT fetched_at FROM captures WHERE id = (SELECT max(id) FROM captures)"))
