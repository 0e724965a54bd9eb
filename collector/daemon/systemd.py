"""
What systemd is told of the daemon's life: sd_notify(3) in a few lines. Knows nothing of what the daemon does.

    ready -> alive, alive, alive … | reloading -> ready | stopping

Started by anything else than systemd, every call does nothing and says so by False.
"""

import os
import socket
import time
from collections.abc import Mapping

PATIENCE = 1.0  # seconds to wait for room in systemd's queue; it is full while systemd itself is started anew


class Systemd:
    """The service manager that started this process, as its environment names it."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._address = _address(environ.get("NOTIFY_SOCKET", ""))
        self.alive_every = _half_of_watchdog(environ)
        """Seconds between two calls of `alive`, half of what systemd waits for; None when it does not watch."""

    def ready(self, status: str = "") -> bool:
        """Start-up, or a reload, is over."""
        return self._tell("READY=1", *_status(status))

    def alive(self) -> bool:
        """Work goes on. Silent for longer than WatchdogSec, the daemon is killed and started anew."""
        return self._tell("WATCHDOG=1")

    def status(self, text: str) -> bool:
        """What `systemctl status` shows on one line."""
        return self._tell(*_status(text))

    def reloading(self) -> bool:
        """The configuration is being read again; `ready` must follow, whether the new one was taken or refused."""
        # systemd.service(5), Type=notify-reload: the time tells this reload from an earlier one.
        return self._tell("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")

    def stopping(self, status: str = "") -> bool:
        """The end has begun."""
        return self._tell("STOPPING=1", *_status(status))

    def _tell(self, *lines: str) -> bool:
        """One datagram; True when systemd has it. A manager that does not listen is no trouble of ours."""
        if not self._address or not lines:
            return False
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            sock.settimeout(PATIENCE)
            try:
                sock.sendto("\n".join(lines).encode(), self._address)
            except OSError:
                return False
        return True


def _address(name: str) -> str:
    """A path, or for `@…` an address in the abstract namespace; "" for what is no Unix socket (vsock:…)."""
    return "\0" + name[1:] if name.startswith("@") else name if name.startswith("/") else ""


def _status(text: str) -> tuple[str, ...]:
    """As one line: a second one would be read as another assignment."""
    return (f"STATUS={' '.join(text.split())}",) if text.strip() else ()


def _half_of_watchdog(environ: Mapping[str, str]) -> float | None:
    """Of WATCHDOG_USEC, where WATCHDOG_PID names this process or nobody: sd_watchdog_enabled(3)."""
    microseconds = environ.get("WATCHDOG_USEC", "")
    watched = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    if not watched or not (microseconds.isascii() and microseconds.isdigit()):
        return None
    return int(microseconds) / 2e6 or None
