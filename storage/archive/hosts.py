"""The table `hosts`: robots.txt with its age, and until when a host asked for peace."""

from storage.archive.base import Base, moment, stamp
from storage.records import HostState


class Hosts(Base):
    """What politeness must not forget when the process ends."""

    def hosts(self) -> dict[str, HostState]:
        """All that is remembered, by origin."""
        return {
            row["origin"]: HostState(
                **row
                | {
                    "robots_fetched_at": moment(row["robots_fetched_at"]),
                    "closed_until": moment(row["closed_until"]),
                }
            )
            for row in self.rows("SELECT * FROM hosts")
        }

    def remember_host(self, host: HostState) -> None:
        self.write(
            """INSERT INTO hosts (origin, robots_status, robots_body, robots_fetched_at, closed_until, closed_reason)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE SET
            robots_status = excluded.robots_status, robots_body = excluded.robots_body,
            robots_fetched_at = excluded.robots_fetched_at,
            closed_until = excluded.closed_until, closed_reason = excluded.closed_reason""",
            [
                *(host.origin, host.robots_status, host.robots_body, stamp(host.robots_fetched_at)),
                *(stamp(host.closed_until), host.closed_reason),
            ],
        )
