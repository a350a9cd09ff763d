"""The ``motcua`` command: one file per subject, gathered here."""

import os

import typer

from motcua.interfaces.cli.deadline import deadline

app = typer.Typer(no_args_is_help=True, help="motcua: one door for a whole administration.")

app.command("deadline")(deadline)


@app.callback()
def prepare() -> None:
    """Point Django at the settings of the node; each command that needs the database sets it up itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def run() -> None:
    """Entry point of the ``motcua`` script."""
    app()
