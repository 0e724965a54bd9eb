"""The table `alarms`: which troubles were told to whom, so that a restart tells none twice and forgets none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.archive.base import Base, moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One trouble. `told_at`: None while nobody was told; `over_at`: when it was no longer there."""

    key: str
    text: str
    since: datetime
    told_at: datetime | None = None
    over_at: datetime | None = None


class Alarms(Base):
    """What each channel (`webhook`, `email`) knows, apart from the others: one may be down while another is not."""

    def alarms(self, channel: str) -> list[Alarm]:
        """All that this channel has told, or will, and has not told the end of; oldest first."""
        rows = self.rows(
            """SELECT substr(key, ?) AS key, text, since, told_at, over_at FROM alarms
            WHERE key >= ? AND key < ? ORDER BY since, id""",
            [len(channel) + 2, f"{channel} ", f"{channel}!"],  # "!" follows the blank
        )
        return [
            Alarm(
                key=row["key"],
                text=row["text"],
                since=datetime.fromisoformat(row["since"]),
                told_at=moment(row["told_at"]),
                over_at=moment(row["over_at"]),
            )
            for row in rows
        ]

    def keep_alarms(self, channel: str, alarms: Iterable[Alarm]) -> None:
        """Make these what the channel knows; all others of it are settled and go."""
        known = {f"{channel} {alarm.key}": alarm for alarm in alarms}
        with self.transaction():
            for row in self.rows("SELECT key FROM alarms WHERE key >= ? AND key < ?", [f"{channel} ", f"{channel}!"]):
                if row["key"] not in known:
                    self.write("DELETE FROM alarms WHERE key = ?", [row["key"]])
            for key, alarm in known.items():
                self.write(
                    """INSERT INTO alarms (key, text, since, told_at, over_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (key) DO UPDATE SET text = excluded.text, since = excluded.since,
                    told_at = excluded.told_at, over_at = excluded.over_at""",
                    [key, alarm.text, stamp(alarm.since), stamp(alarm.told_at), stamp(alarm.over_at)],
                )
