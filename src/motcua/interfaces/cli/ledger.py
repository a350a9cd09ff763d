"""``motcua ledger``: recompute it, read its signed head, take receipts away; create and rotate node keys."""

import base64
import json
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from motcua.interfaces.cli.node import Exit, err, leave, open_node, refusals_end_with_a_line
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role

if TYPE_CHECKING:
    from motcua.platform.ledger.types import Fault, HeadView, InclusionProof, Report
    from motcua.platform.signing.types import PublicKey

app = typer.Typer(no_args_is_help=True, help="The append-only log of every deed – sổ cái.")
keys = typer.Typer(no_args_is_help=True, help="The keys under which the node vouches for its records.")
app.add_typer(keys, name="keys")

OPERATOR = Actor(person_id=None, role=Role.ADMIN)  #: whoever may run commands on this machine
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Recompute every leaf, the whole tree and every signed head; exit 1 and name what was altered."""
    open_node()
    from motcua.platform.ledger import queries

    columns = (TextColumn("verifying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=None)
        report = queries.verify(progress=lambda done, total: bar.update(task, completed=done, total=total))
    if as_json:
        typer.echo(json.dumps(_report(report)))
    else:
        _print_report(report)
    if not report.is_intact:
        leave(Exit.FAILED)


@app.command()
def head(as_json: AsJson = False) -> None:
    """Print the latest signed tree head, as it may be published and kept."""
    open_node()
    from motcua.platform.ledger import queries

    with refusals_end_with_a_line():
        signed = queries.head()
    typer.echo(json.dumps(_head(signed)) if as_json else signed.note, nl=as_json)


@app.command()
def prove(leaf_id: UUID, as_json: AsJson = False) -> None:
    """Print the receipt of a leaf; ``docs/ledger.md`` says how an outsider checks it."""
    open_node()
    from motcua.platform.ledger import queries

    with refusals_end_with_a_line():
        proof = queries.inclusion(leaf_id)
    if as_json:
        typer.echo(json.dumps(_receipt(proof), ensure_ascii=False))
        return
    typer.echo(f"leaf      {proof.leaf}")
    typer.echo(f"position  {proof.position} of {proof.head.checkpoint.size}")
    for step in proof.path:
        typer.echo(f"path      {_base64(step)}")
    typer.echo(f"\n{proof.head.note}", nl=False)


@app.command()
def consistency(old: int, new: int) -> None:
    """Print, as JSON, the proof that the tree of NEW leaves begins with the tree of OLD ones."""
    open_node()
    from motcua.platform.ledger import queries

    with refusals_end_with_a_line():
        proof = queries.consistency(old, new)
    typer.echo(json.dumps({"old": old, "new": new, "path": [_base64(step) for step in proof.path]}))


@keys.command("create")
def create_key() -> None:
    """Create the first key of the node and print its public half."""
    open_node()
    from motcua.platform.signing import commands

    with refusals_end_with_a_line():
        _print_key(commands.create_node_key(actor=OPERATOR, at=clock.now()))


@keys.command("rotate")
def rotate_key() -> None:
    """Retire the key in use, create its successor and print its public half."""
    open_node()
    from motcua.platform.signing import commands

    with refusals_end_with_a_line():
        _print_key(commands.rotate_node_key(actor=OPERATOR, at=clock.now()))


@keys.command("list")
def list_keys() -> None:
    """Print every public key the node ever had, oldest first."""
    open_node()
    from motcua.platform.signing import queries

    for key in queries.public_keys():
        _print_key(key)


def _print_report(report: "Report") -> None:
    for fault in report.faults:
        typer.echo(_sentence(fault))
    if report.fault_count > len(report.faults):
        typer.echo(f"… and {report.fault_count - len(report.faults):,} more")
    verdict = "intact" if report.is_intact else f"NOT INTACT, {report.fault_count:,} fault(s)"
    typer.echo(
        f"{verdict}: {report.leaves:,} leaves, {report.heads:,} signed heads, {report.pending:,} waiting,"
        f" root {_base64(report.root)}"
    )


def _sentence(fault: "Fault") -> str:
    where = "no place yet" if fault.position is None else f"position {fault.position}"
    return f"{fault.kind}: {where}, row {fault.row or '–'}: {fault.detail}"


def _report(report: "Report") -> dict[str, Any]:
    return {
        "intact": report.is_intact,
        "leaves": report.leaves,
        "pending": report.pending,
        "heads": report.heads,
        "root": _base64(report.root),
        "fault_count": report.fault_count,
        "faults": [
            {
                "kind": fault.kind,
                "position": fault.position,
                "row": None if fault.row is None else str(fault.row),
                "detail": fault.detail,
            }
            for fault in report.faults
        ],
    }


def _head(signed: "HeadView") -> dict[str, Any]:
    stated = signed.checkpoint
    return {
        "origin": stated.origin,
        "size": stated.size,
        "root": _base64(stated.root),
        "at": stated.at.isoformat(),
        "key_id": signed.key_id,
        "note": signed.note,
    }


def _receipt(proof: "InclusionProof") -> dict[str, Any]:
    return {
        "leaf": proof.leaf,
        "position": proof.position,
        "path": [_base64(step) for step in proof.path],
        "head": proof.head.note,
    }


def _print_key(key: "PublicKey") -> None:
    from motcua.platform.signing import queries

    until = key.valid_to.isoformat() if key.valid_to else "now"
    typer.echo(f"# {key.id}, {key.algorithm}, {key.valid_from.isoformat()} until {until}")
    typer.echo(queries.public_key_pem(key.id), nl=False)


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
