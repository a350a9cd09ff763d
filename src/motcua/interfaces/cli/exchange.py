"""``motcua exchange``: look into edXML packages. Neither Django nor the database is touched.

``inspect`` ends with 0 if the file reads as a package and 1 if it was refused; what is refused is named by a stable
code and the element it is at.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from motcua.domain.exchange.queries import Anchors, inspect_file, read_anchors
from motcua.domain.exchange.types import ANSWERS, DocumentHeader, Finding, Inspection, PackageRefused
from motcua.interfaces.cli.node import Exit, leave, out
from motcua.kernel.clock import now

app = typer.Typer(no_args_is_help=True, help="Documents between agencies: edXML packages.")


@app.callback()
def exchange() -> None:
    """Documents between agencies: edXML packages."""


@app.command("inspect")
def inspect(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An edXML package.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    trust: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="PEM file of trusted authorities.")
    ] = None,
) -> None:
    """Print what a package says, what is odd about it, and whether its signature holds."""
    try:
        found = inspect_file(file, anchors=_anchors(trust), at=now())
    except PackageRefused as refusal:
        _tell_refusal(refusal, as_json=as_json)
        raise typer.Exit(Exit.FAILED) from refusal
    if as_json:
        typer.echo(json.dumps(_report(found), ensure_ascii=False, indent=2))
    else:
        _tell(found)


def _anchors(trust: Path | None) -> Anchors:
    if trust is None:
        return ()
    try:
        return read_anchors(trust.read_bytes())
    except ValueError:
        leave(Exit.USAGE, f"--trust {trust}: not a PEM file of certificates")


def _report(found: Inspection) -> dict[str, object]:
    package = plain(found.package)
    return {
        "readable": True,
        "acceptable": not found.faults,
        "message": "status" if found.package.is_status else "document",
        "operation": found.package.operation.name.lower(),
        "kind": found.kind,
        "model": package,
        "unpacked": {str(number): plain(content) for number, content in found.unpacked.items()},
        "faults": [_finding(each) for each in found.faults],
        "warnings": [_finding(each) for each in found.oddities],
        "signature": plain(found.signature),
        "original": plain(found.original),
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"code": finding.code.value, "element": finding.at, "found": finding.found}


def _tell_refusal(refusal: PackageRefused, *, as_json: bool) -> None:
    facts = {
        "readable": False,
        "code": refusal.code,
        **refusal.facts,
        "answer": ANSWERS[refusal.danger].value,
    }
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        rest = ", ".join(f"{name}={value}" for name, value in refusal.facts.items())
        typer.echo(f"✗ {refusal.code}: {rest}", err=True)


def _tell(found: Inspection) -> None:
    header = found.package.header
    if isinstance(header, DocumentHeader):
        out.print(f"{found.kind or 'document'} {header.document_id}: {header.subject}", markup=False)
        receivers = ", ".join(each.code for each in header.recipients)
        out.print(f"{header.sender.code} → {receivers}", markup=False)
    else:
        about = header.about.document_id if header.about else ""
        out.print(f"status {header.status} of {about} from {header.sender.code}", markup=False)
    for attachment in found.package.attachments:
        size = attachment.content.size_bytes if attachment.content else 0
        out.print(f"  {attachment.name} ({size:,} bytes)", markup=False)
    out.print(f"signature: {found.signature.state} {found.signature.reason}", markup=False)
    for mark, findings in (("✗", found.faults), ("!", found.oddities)):
        for each in findings:
            out.print(f"{mark} {each.code} {each.at} {each.found}".rstrip(), markup=False)


def plain(value: object) -> object:
    """Return frozen types as JSON knows them; what is empty is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((each.name, plain(getattr(value, each.name))) for each in fields(value))
        return {name: inner for name, inner in pairs if inner not in (None, "", [])}
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [plain(each) for each in value]
        case Mapping():
            return {str(name): plain(inner) for name, inner in value.items()}
        case _:
            return value
