"""``motcua cases``: recompute from the ledger whether dossiers were on time, and compare the tables with it."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from motcua.interfaces.cli.node import Exit, err, leave, open_node, refusals_end_with_a_line
from motcua.kernel.actors import Actor, Role

if TYPE_CHECKING:
    from motcua.domain.cases.types import CasesAudit, Span
    from motcua.platform.ledger.types import Report

app = typer.Typer(no_args_is_help=True, help="Dossiers – hồ sơ.")

OPERATOR = Actor(person_id=None, role=Role.ADMIN)  #: whoever may run commands on this machine
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def cases() -> None:
    """Keep the subcommands a group, however few."""


@app.command()
def audit(
    period: Annotated[
        str, typer.Option(help="2026-10, 2026-Q4, 2026, 2026-10-05; bc2026-10 for the 15th to the 14th.")
    ],
    as_json: AsJson = False,
) -> None:
    """Recompute on-time rates from the ledger alone; exit 1 and name whatever the tables tell otherwise."""
    open_node()
    from motcua.domain.cases import queries
    from motcua.platform.ledger import queries as ledger

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with refusals_end_with_a_line(), Progress(*columns, console=err, transient=True) as bar:
        span = queries.span_of(period)
        proving, comparing = bar.add_task("ledger", total=None), bar.add_task("dossiers", total=None)
        report = ledger.verify(progress=lambda done, total: bar.update(proving, completed=done, total=total))
        found = queries.audit(
            span, actor=OPERATOR, progress=lambda done: bar.update(comparing, completed=done)
        )
    is_whole = report.is_intact and not found.count
    if as_json:
        typer.echo(json.dumps(_as_json(span, report, found), default=str, ensure_ascii=False))
    else:
        _print(report, found)
    if not is_whole:
        leave(Exit.FAILED)


def _as_json(span: "Span", report: "Report", found: "CasesAudit") -> dict[str, Any]:
    return {
        "period": {"text": span.text, "first": span.first, "last": span.last},
        "agrees": report.is_intact and not found.count,
        "ledger": {
            "intact": report.is_intact,
            "leaves": report.leaves,
            "heads": report.heads,
            "pending": report.pending,
            "fault_count": report.fault_count,
            "faults": [asdict(fault) for fault in report.faults],
        },
        "dossiers": found.dossiers,
        "leaves": found.leaves,
        "leaves_not_under_a_head": found.unproven,
        "dossiers_without_limit": found.undated,
        "by_ledger": [asdict(rate) | {"percent": rate.percent} for rate in found.by_ledger],
        "by_tables": [asdict(rate) | {"percent": rate.percent} for rate in found.by_tables],
        "disagreement_count": found.count,
        "moved_by_calendar": found.moved_by_calendar,
        "disagreements": [asdict(one) for one in found.disagreements],
    }


def _print(report: "Report", found: "CasesAudit") -> None:
    for fault in report.faults:
        where = "no place yet" if fault.position is None else f"position {fault.position}"
        typer.echo(f"ledger {fault.kind}: {where}, row {fault.row or '–'}: {fault.detail}")
    for one in found.disagreements:
        typer.echo(
            f"{one.kind} {one.dossier_code} {one.field}:"
            f" ledger {one.ledger or 'nothing'}, tables {one.table or 'nothing'}"
        )
    for rate in found.by_ledger:
        typer.echo(f"{rate.agency_id}: {rate.on_time:,} of {rate.finished:,} on time, {rate.percent} %")
    verdict = "agrees" if report.is_intact and not found.count else "DISAGREES"
    typer.echo(
        f"{verdict}: {found.dossiers:,} dossiers, {found.leaves:,} leaves ({found.unproven:,} not under a head),"
        f" {report.fault_count:,} fault(s) of the ledger, {found.count:,} disagreement(s),"
        f" {found.moved_by_calendar:,} moved by the calendar, {found.undated:,} without a limit"
    )
