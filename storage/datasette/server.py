"""Datasette over an archive, on a port, until a signal ends it. Knows no configuration, and prints nothing."""

import asyncio
import errno
import ipaddress
import signal
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import DEFAULT_SETTINGS, Datasette
from datasette.utils import BadMetadataError, ValueAsBooleanError, parse_metadata, value_as_boolean

# Where we want it otherwise than Datasette does; its limits of time and of rows stay.
HABITS: dict[str, Any] = {
    "allow_download": False,  # a file in WAL mode that is being written is no whole one
    "default_page_size": 50,
    "suggest_facets": False,  # every column of a table would be counted for them; the metadata has the useful ones
    "truncate_cells_html": 300,  # characters: a text is read on its page
}
ENDS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 5  # seconds that a request in hand is waited for at the end


class CannotServe(OSError):
    """What was asked for is no setting, no metadata or no port to be had: says what to ask for instead."""


def settings(said: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Names and values as they were typed -> Datasette's settings, with our habits. Raises CannotServe."""
    return HABITS | {name: _setting(name, text) for name, text in said}


def _setting(name: str, text: str) -> Any:
    default = DEFAULT_SETTINGS.get(name)
    if isinstance(default, bool):
        try:
            return value_as_boolean(text)
        except ValueAsBooleanError as error:
            raise CannotServe(f"--setting {name} {text}: it is on or off") from error
    if isinstance(default, int):
        if not text.isdecimal():
            raise CannotServe(f"--setting {name} {text}: it is a whole number")
        return int(text)
    if default is None:
        raise CannotServe(f"--setting {name}: no such setting; there are {', '.join(DEFAULT_SETTINGS)}")
    return text


def built(archive: Path, settings: dict[str, Any], metadata: Path | None = None) -> Datasette:
    """Datasette over one file. metadata: JSON or YAML, as for `datasette --metadata`. Raises CannotServe, OSError."""
    said = None
    if metadata is not None:
        try:
            said = parse_metadata(metadata.read_text("utf-8"))
        except (BadMetadataError, UnicodeDecodeError) as error:
            raise CannotServe(f"{metadata}: neither JSON nor YAML") from error
        if not isinstance(said, dict):
            raise CannotServe(f"{metadata}: not what Datasette takes for metadata, a mapping")
    return Datasette([str(archive)], settings=settings, metadata=said)


def listening(host: str, port: int) -> socket.socket:
    """A port that is ours from now on; who asks waits until Datasette is up. 0: any free one. Raises CannotServe."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        made = socket.create_server(address[:2], family=family, backlog=128)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # asyncio does, but for sockets of its own alone
        return made
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "another program listens there; choose another with --port" if taken else error.strerror
        raise CannotServe(f"{host}, port {port}: {why}") from error


def address(listening: socket.socket) -> str:
    """`http://127.0.0.1:8001`"""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if listening.family == socket.AF_INET6 else f"http://{host}:{port}"


def is_open(listening: socket.socket) -> bool:
    """Can other machines reach it?"""
    return not ipaddress.ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback


def run(datasette: Datasette, listening: socket.socket) -> None:
    """Answer until SIGINT or SIGTERM, in the main thread. It may end as Ctrl-C does, by KeyboardInterrupt."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # one that met a half-made event loop would break it
    try:
        asyncio.run(_answer(datasette, listening))
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


async def _answer(datasette: Datasette, listening: socket.socket) -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
    await datasette.invoke_startup()
    config = uvicorn.Config(
        datasette.app(), lifespan="off", log_level="warning", access_log=False, timeout_graceful_shutdown=PATIENCE
    )
    await uvicorn.Server(config).serve(sockets=[listening])
