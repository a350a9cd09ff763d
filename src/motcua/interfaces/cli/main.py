"""The ``motcua`` command: one file per subject, gathered here. Exit codes: see ``node.Exit``."""

import os

import typer

from motcua.interfaces.cli import archive, operations, serve
from motcua.interfaces.cli.deadline import deadline
from motcua.interfaces.cli.demo import demo
from motcua.interfaces.cli.identifiers import identifier

app = typer.Typer(
    no_args_is_help=True,
    help="motcua: one door for a whole administration.",
    pretty_exceptions_enable=False,
)
app.command()(demo)
app.command()(serve.serve)
app.command()(serve.worker)
app.command()(operations.migrate)
app.command()(operations.check)
app.command()(deadline)
app.command("id")(identifier)
app.command()(archive.backup)
app.command()(archive.restore)
app.command("settings")(operations.show_settings)


@app.callback()
def prepare() -> None:
    """Point Django at the settings of the node; each command that needs the database sets it up itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def run() -> None:
    """Entry point of the ``motcua`` script."""
    app()


if __name__ == "__main__":
    run()
