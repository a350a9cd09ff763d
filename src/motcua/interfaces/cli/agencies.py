"""``motcua agencies``: load the country's territory, level-one codes and days off; look up an old name."""

import csv
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Annotated, Final

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from motcua.interfaces.cli.node import Exit, err, leave, open_node, out, refusals_end_with_a_line
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import now

app = typer.Typer(no_args_is_help=True, help="Agencies, territory, codes and working days.")
imports = typer.Typer(no_args_is_help=True, help="Load tables; every import may be repeated.")
app.add_typer(imports, name="import")

AsJson = Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")]
_FIRST_YEAR: Final = 1995  #: the library knows the days of these years
_LAST_YEAR: Final = 2099


def _report(facts: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        out.print(f"{value!s:>8}  {name.replace('_', ' ')}")


@imports.command("vietnam")
def import_vietnam(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load the 34 provinces, 3,321 communes and the units before July 2025, with their lineage."""
    open_node()
    from motcua.domain.agencies import commands, queries

    begun = perf_counter()
    plan = queries.pending_territory()
    facts: dict[str, object] = {
        "provinces": plan.provinces,
        "communes": plan.communes,
        "former_units": plan.former_units,
        "to_open" if dry_run else "opened": len(plan.to_open),
        "to_correct" if dry_run else "corrected": len(plan.to_correct),
        "lineage_to_write" if dry_run else "lineage_written": plan.lineage,
    }
    if not dry_run:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with refusals_end_with_a_line(), Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("territory", total=len(plan.to_open) + plan.lineage)
            commands.import_vietnam(
                progress=lambda rows: progress.advance(task, rows), actor=SYSTEM, at=now()
            )
    facts["seconds"] = round(perf_counter() - begun, 2)
    _report(facts, as_json=as_json)


@imports.command("level1")
def import_level1(as_json: AsJson = False) -> None:
    """Open ministries and provinces with their level-one codes, names and mergers."""
    open_node()
    from motcua.domain.agencies import commands

    with refusals_end_with_a_line():
        report = commands.import_level_one(actor=SYSTEM, at=now())
    _report({"opened": report.opened, "unchanged": report.unchanged}, as_json=as_json)


@imports.command("calendar")
def import_calendar(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV with date, name, kind, source.")
    ],
    as_json: AsJson = False,
) -> None:
    """Write national days off and make-up days from a file; they overrule what stood. All rows or none."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            rows, columns = list(table), set(table.fieldnames or ())
    except (UnicodeDecodeError, csv.Error) as fault:
        leave(Exit.REFUSED, f"{file}: not a CSV file in UTF-8 ({fault})")
    if missing := {"date", "name", "kind"} - columns:
        leave(Exit.REFUSED, f"{file}: no column {', '.join(sorted(missing))}")
    open_node()
    from motcua.domain.agencies import commands

    with refusals_end_with_a_line():
        report = commands.import_calendar_days(rows, actor=SYSTEM, at=now())
    _report(asdict(report), as_json=as_json)


@app.command("fill-calendar")
def fill_calendar(
    years: Annotated[list[int], typer.Argument(min=_FIRST_YEAR, max=_LAST_YEAR, help="E.g. 2026 2027.")],
    as_json: AsJson = False,
) -> None:
    """Write the usual national days of these years where nothing is said of the day yet."""
    open_node()
    from motcua.domain.agencies import commands

    with refusals_end_with_a_line():
        report = commands.fill_calendar(years, actor=SYSTEM, at=now())
    _report({"opened": report.opened, "unchanged": report.unchanged}, as_json=as_json)


@app.command("find")
def find(
    text: Annotated[str, typer.Argument(help="A name, old or new, with or without accents.")],
    on: Annotated[str, typer.Option(help="The day to answer for, YYYY-MM-DD; today if left out.")] = "",
    as_json: AsJson = False,
) -> None:
    """Find provinces and communes by a present or former name."""
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        leave(Exit.USAGE, f"--on {on}: not a date; write YYYY-MM-DD")
    open_node()
    from motcua.domain.agencies import queries

    found = queries.find_units(text, day)
    if as_json:
        shown = [asdict(unit) for unit in found]
        out.print_json(json.dumps(shown, ensure_ascii=False, default=str))
        return
    table = Table("code", "name", "in", "formerly", box=None)
    for unit in found:
        table.add_row(unit.code, unit.name, unit.parent_code, ", ".join(unit.formerly))
    out.print(table)
