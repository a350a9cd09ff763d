"""``motcua procedures import | export | report``: public records in and out, and what they lack."""

import json
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from motcua.interfaces.cli.node import Exit, err, leave, out, refusals_end_with_a_line
from motcua.interfaces.cli.procedures.texts import migrated_node, published_text_of
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import local_date, now

_BY_NAME = {".json": "json", ".jsonl": "jsonl", ".xlsx": "xlsx", ".jsonld": "cpsv"}
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands about records to the group."""
    app.command("import")(import_records)
    app.command("export")(export_records)
    app.command("report")(report)


def import_records(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="JSON, JSON lines (.gz or not), LayThuTuc, Excel."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    rows_to: Annotated[
        Path | None, typer.Option("--report", help="Write what happened to each row, one JSON line a row.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring public records in; a bad row is told and skipped, the same file again changes nothing.

    Exit code 1 when rows were refused.
    """
    migrated_node()
    from motcua.domain.catalogue import commands, queries

    begun = perf_counter()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    told = rows_to.open("w", encoding="utf-8") if rows_to else None
    try:
        with (
            refusals_end_with_a_line(),
            file.open("rb") as stream,
            Progress(*columns, console=err, transient=True) as shown,
        ):
            task = shown.add_task(file.name)

            def progress(rows: int) -> None:
                shown.update(task, description=f"{file.name}: {rows:,}")

            def tell(row: Any) -> None:  # noqa: ANN401  # RowOutcome, known once Django is ready
                if told:
                    told.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")

            if dry_run:
                counts = queries.preview_import(stream, on=local_date(now()), tell=tell, progress=progress)
            else:
                counts = commands.import_records(stream, tell=tell, progress=progress, actor=SYSTEM, at=now())
    finally:
        if told:
            told.close()
    facts: dict[str, Any] = {"dry_run": dry_run, "rows": counts.rows, **asdict(counts)}
    facts["seconds"] = round(perf_counter() - begun, 2)
    _print(facts, as_json=as_json)
    raise typer.Exit(Exit.FAILED if counts.refused else Exit.DONE)


def export_records(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to write.")],
    kind: Annotated[
        str, typer.Option("--format", help="json, jsonl, xlsx or cpsv; by the name of the file if left out.")
    ] = "",
    template: Annotated[bool, typer.Option("--template", help="Only the empty Excel workbook.")] = False,
    definition: Annotated[
        str,
        typer.Option("--definition", help="Instead: the definition of this CODE or CODE@VERSION, exactly."),
    ] = "",
) -> None:
    """Write every record in force: JSON and Excel come back the same, CPSV-AP is linked data."""
    if definition:
        file.write_bytes(published_text_of(definition).encode())
        return
    wanted = kind or _BY_NAME.get(file.suffix.lower(), "")
    if wanted not in _BY_NAME.values():
        leave(Exit.USAGE, f"--format {kind or file.suffix}: one of json, jsonl, xlsx, cpsv")
    migrated_node()
    from django.conf import settings

    from motcua.domain.catalogue import queries

    with file.open("wb") as target:
        if template:
            queries.export_template(target)
            return
        base = settings.NODE.base_url.rstrip("/")
        count = queries.export_records(
            target, kind=queries.ExportFormat(wanted), base=base, on=local_date(now())
        )
    out.print(f"{count:>8}  procedures")


def report(as_json: AsJson = False) -> None:
    """Say how many procedures the node serves, and which mandatory parts their records lack."""
    migrated_node()
    from motcua.domain.catalogue import queries

    counts = queries.record_counts(on=local_date(now()))
    _print(
        {
            "procedures": counts.total,
            "complete": counts.complete,
            "with_definition": counts.with_definition,
            "missing": dict(counts.by_missing),
            "online_level": dict(counts.by_online_level),
        },
        as_json=as_json,
    )


def _print(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        if isinstance(value, dict):
            out.print(name.replace("_", " "))
            for inner, count in value.items():
                out.print(f"{count:>10}  {inner.replace('_', ' ')}")
        else:
            out.print(f"{value!s:>8}  {name.replace('_', ' ')}")
