"""``motcua procedures form``: the paper form of a definition."""

from pathlib import Path
from typing import Annotated

import typer

from motcua.interfaces.cli.node import refusals_end_with_a_line
from motcua.interfaces.cli.procedures.texts import ready, text_of


def add_to(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("form")(form)


def form(
    what: Annotated[str, typer.Argument(help="A file, a code, or CODE@VERSION.")],
    to: Annotated[Path, typer.Option("--out", dir_okay=False, help="Where to write the PDF.")],
) -> None:
    """Print the form of a definition as PDF/A, to be filled in by hand. Files and shipped codes need no database."""
    ready()
    from motcua.domain.catalogue import queries
    from motcua.interfaces.design import paper_forms

    number = what.rpartition("@")[2]
    with refusals_end_with_a_line():
        definition = queries.read_definition(text_of(what))
        to.write_bytes(paper_forms.printed(definition, int(number) if number.isdecimal() else 0))
    typer.echo(str(to))
