"""The ``motcua`` command: one file per subject, gathered here. Exit codes: see ``node.Exit``."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

import typer

#: Command → the module and the function, or group of commands, that answer it. Only the one asked for is
#: loaded: counting a deadline should not wait for Django. The help page loads all.
COMMANDS = {
    "demo": ("demo", "demo"),
    "sample": ("sample", "sample"),
    "serve": ("serve", "serve"),
    "worker": ("serve", "worker"),
    "migrate": ("operations", "migrate"),
    "check": ("operations", "check"),
    "createadmin": ("people", "createadmin"),
    "deadline": ("deadline", "deadline"),
    "id": ("identifiers", "identifier"),
    "backup": ("archive", "backup"),
    "restore": ("archive", "restore"),
    "settings": ("operations", "show_settings"),
    "ledger": ("ledger", "app"),
    "agencies": ("agencies", "app"),
    "cases": ("cases", "app"),
    "procedures": ("procedures", "app"),
    "exchange": ("exchange", "app"),
}


NODE_COMMANDS: Final = {"demo", "serve", "worker"}  #: they own MOTCUA_VAR and load everything


def prepare() -> None:
    """Point Django at the settings of the node; each command that needs the database sets it up itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")


def gathered(asked: str = "") -> typer.Typer:
    """Return the command line with the command asked for, or with all if there is none such."""
    app = typer.Typer(
        no_args_is_help=True,
        help="motcua: one door for a whole administration.",
        pretty_exceptions_enable=False,
    )
    app.callback()(prepare)
    for name in [asked] if asked in COMMANDS else COMMANDS:
        module, function = COMMANDS[name]
        answer = getattr(import_module(f"motcua.interfaces.cli.{module}"), function)
        if isinstance(answer, typer.Typer):
            app.add_typer(answer, name=name)
        else:
            app.command(name)(answer)
    return app


def keep_bytecode() -> None:
    """Keep compiled code under MOTCUA_VAR where Python was told not to leave it beside the source.

    Images and build machines say so to stay clean; compiling 2,400 files takes each process 3 s otherwise.
    """
    if sys.dont_write_bytecode and sys.pycache_prefix is None:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = str(Path(os.environ.get("MOTCUA_VAR", "var")).resolve() / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # children do the same
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


def run() -> None:
    """Entry point of the ``motcua`` script."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked in NODE_COMMANDS:
        keep_bytecode()
    gathered(asked)()


if __name__ == "__main__":
    run()
