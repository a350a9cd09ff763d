"""``motcua sample``: fill the node with a sample province and as many dossiers as asked for."""

from collections.abc import Callable
from time import perf_counter
from typing import Annotated

import typer

from motcua.interfaces.cli.node import err, open_node, out, refusals_end_with_a_line
from motcua.processes.sample_province.province import ACCOUNTS

__all__ = ["ACCOUNTS", "load_sample_province", "sample"]

Progress = Callable[[str, int, int], None]


def sample(
    dossiers: Annotated[int, typer.Option(help="Dossiers in the sample.", min=0)] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same dossiers.")] = 52,
    show_progress: Annotated[bool, typer.Option("--progress", help="Show how far it is.")] = False,
) -> None:
    """Load a sample province (Gia Lai) with invented people and dossiers. Running it again adds nothing.

    Tables that are missing are made first.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    open_node()
    from motcua.interfaces.cli.schema import migrate_database

    migrate_database()
    began = perf_counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with refusals_end_with_a_line(), Bars(*columns, console=err, disable=not show_progress) as bars:
        tasks = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        load_sample_province(dossiers=dossiers, seed=seed, progress=progress)
    out.print(f"sample of {dossiers} dossiers is there ({perf_counter() - began:.1f} s)")


def load_sample_province(*, dossiers: int, seed: int, progress: Progress) -> None:
    """Make the sample province with its dossiers, as far as it does not stand yet. Django must be ready."""
    from motcua.kernel.clock import now
    from motcua.processes.sample_province.loading import load

    load(dossiers, seed=seed, until=now(), progress=progress)
