"""``motcua procedures cost``: what a procedure takes of people, alone or beside a draft or another version."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motcua.interfaces.cli.node import Exit, leave, out, refusals_end_with_a_line
from motcua.interfaces.cli.procedures.texts import migrated_node, text_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date, now

if TYPE_CHECKING:
    from motcua.domain.reform.types import BurdenView, ComparisonView

OPERATOR = Actor(
    person_id=None, role=Role.AUDITOR
)  #: whoever may run commands on the node may read all of it


def add_to(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("cost")(cost)


def cost(
    code: Annotated[str, typer.Argument(help="The code of a procedure.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Compare with the draft that is being written.")
    ] = False,
    against: Annotated[
        str | None, typer.Option("--against", metavar="CODE@N", help="Compare with this version, or a file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Reckon what one performance of a procedure and a year of them cost, by the Standard Cost Model.

    With --draft or --against the version in force stands before, or CODE@N before the version in force.
    """
    if draft and against:
        leave(Exit.USAGE, "give --draft or --against, not both")
    migrated_node()
    from motcua.domain.reform import queries

    on = local_date(now())
    with refusals_end_with_a_line():
        if draft:
            _show_comparison(queries.draft_compared(code, on=on, actor=OPERATOR), as_json)
        elif against:
            _show_comparison(_against(code, against, on), as_json)
        else:
            _show(queries.burden(code, on=on), as_json)


def _against(code: str, other: str, on: date) -> "ComparisonView":
    from motcua.domain.catalogue import queries as catalogue
    from motcua.domain.reform import queries

    before = catalogue.read_definition(text_of(other))
    return queries.compared(before, catalogue.procedure(code, on=on).definition, on=on)


def _show(view: "BurdenView", as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(_facts(view), ensure_ascii=False, default=_plain))
        return
    out.print(f"{view.code} {view.name}", markup=False)
    for line in view.cost.lines:
        named = view.paper_names.get(line.activity.of, line.activity.of)
        out.print(f"{line.dong:>14,} đ  {line.activity.kind.value:<8} {named}", markup=False)
    out.print(
        f"{view.cost.once_dong:>14,} đ  once, an hour at {view.prices.hourly_income_dong:,} đ", markup=False
    )
    out.print(f"{view.cost.year_dong:>14,} đ  a year, {view.cost.performances:,} performances", markup=False)


def _show_comparison(view: "ComparisonView", as_json: bool) -> None:
    if as_json:
        facts = {
            "before": _facts(view.before),
            "after": _facts(view.after),
            "saving_once": asdict(view.once),
            "saving_year": asdict(view.year),
        }
        out.print_json(json.dumps(facts, ensure_ascii=False, default=_plain))
        return
    for when, each in (("before", view.before), ("after", view.after)):
        out.print(
            f"{when:>7}: {each.cost.once_dong:,} đ once, {each.cost.year_dong:,} đ a year", markup=False
        )
    percent = "" if view.year.percent is None else f" = {view.year.percent} %"
    out.print(f"  saves: {view.once.dong:,} đ once, {view.year.dong:,} đ a year{percent}", markup=False)


def _facts(view: "BurdenView") -> dict[str, Any]:
    return {
        "code": view.code,
        "version": view.version,
        "counts": asdict(view.counts),
        "activities": [
            {**asdict(line.activity), "kind": line.activity.kind.value, "dong": line.dong}
            for line in view.cost.lines
        ],
        "once_dong": view.cost.once_dong,
        "year_dong": view.cost.year_dong,
        "performances": view.cost.performances,
        "hourly_income_dong": view.prices.hourly_income_dong,
        "prices_of": view.prices.year,
        "assumed": view.is_assumed,
    }


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)
