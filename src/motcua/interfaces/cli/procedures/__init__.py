"""``motcua procedures``: bring records in and out, find, check and prove. One file per subject, gathered here."""

import typer

from motcua.interfaces.cli.procedures import cost, definitions, paper_form, records, search, trying

app = typer.Typer(no_args_is_help=True, help="Administrative procedures: records, search, definitions.")
records.add_to(app)
search.add_to(app)
trying.add_to(app)
definitions.add_to(app)
cost.add_to(app)
paper_form.add_to(app)

__all__ = ["app"]
