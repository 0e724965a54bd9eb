"""`newskeep serve`: the archive in a browser, by Datasette, which is loaded for this command alone."""

import webbrowser
from contextlib import closing, suppress
from pathlib import Path

import click

from collector.commands.common import WRONG, command, config_option, end, load
from collector.pipeline.run import open_existing


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any free one.")
@click.option("--base-url", metavar="/PATH/", help="Where a proxy shows it, such as /news/, if not at its root.")
@click.option(
    "--setting", "said", nargs=2, multiple=True, metavar="NAME VALUE", help="A setting of Datasette; repeat for more."
)
@click.option(
    "--metadata",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of Datasette's metadata, which adds to ours: titles, who may see what, queries.",
)
@click.option("--open", "browse", is_flag=True, help="Open it in a browser.")
@config_option
@command
def serve(
    host: str,
    port: int,
    base_url: str | None,
    said: tuple[tuple[str, str], ...],
    metadata: Path | None,
    browse: bool,
    config_path: Path,
) -> None:
    """Show the archive in a browser until Ctrl-C: its pages, its tables, SQL. It is only read, also beside a run."""
    from storage.datasette import server  # noqa: PLC0415 - half a second that no other command should take

    with closing(open_existing(load(config_path), readonly=True)) as archive:
        path = archive.path
    if base_url is not None:
        said = (*said, ("base_url", _as_base(base_url)))
    try:
        datasette = server.built(path, server.settings(said), metadata)
        listening = server.listening(host, port)
    except server.CannotServe as error:
        end(f"newskeep: {error}", WRONG)
    with suppress(KeyboardInterrupt), closing(listening):
        address = server.address(listening) + datasette.setting("base_url")
        _tell(address, path, is_open=server.is_open(listening))
        if browse:
            webbrowser.open(address)
        server.run(datasette, listening)


def _as_base(text: str) -> str:
    """`/news/`, as Datasette takes it, of `news` and the like."""
    if any(sign in text for sign in ":?#"):
        raise click.UsageError(f"--base-url {text}: it is a path such as /news/, without a host")
    inner = text.strip("/")
    return f"/{inner}/" if inner else "/"


def _tell(address: str, path: Path, *, is_open: bool) -> None:
    click.echo(f"{path} is at {address} until Ctrl-C", err=True)
    if is_open:
        click.echo(
            "warning: whoever reaches this address can read the whole archive and run SQL on it; keep it behind a "
            "firewall, or behind a proxy that asks for a password",
            err=True,
        )
