"""``motcua procedures report``: what the catalogue holds."""

import json
from typing import Annotated

import typer

from motcua.interfaces.cli.node import open_node, out

AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands about records to the group."""
    app.command("report")(report)


def report(as_json: AsJson = False) -> None:
    """Say how many procedures the node has."""
    open_node()
    from motcua.domain.catalogue import queries

    facts = {"procedures": len(queries.codes())}
    if as_json:
        out.print_json(json.dumps(facts))
        return
    for name, value in facts.items():
        out.print(f"{value:>8}  {name}")
