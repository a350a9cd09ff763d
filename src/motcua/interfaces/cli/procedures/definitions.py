"""``motcua procedures prove | schema | diff | clone | publish``: definitions as files."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from motcua.interfaces.cli.node import Exit, err, leave, out, refusals_end_with_a_line
from motcua.interfaces.cli.procedures.texts import migrated_node, ready, text_of
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import now
from motcua.kernel.errors import Refusal

AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]

What = Annotated[str, typer.Argument(help="A file, or the code of a procedure.")]
Language = Annotated[Literal["en", "vi"], typer.Option("--in", help="Language of what is said.")]


_SIGNS: Final = {"added": "+", "removed": "-", "changed": "~", "moved": "↕"}
_LONGEST: Final = 160  #: characters of a part that are shown


def add_to(app: typer.Typer) -> None:
    """Add the commands about definitions to the group."""
    app.command("prove")(prove)
    app.command("schema")(schema)
    app.command("diff")(diff)
    app.command("clone")(clone)
    app.command("publish")(publish)


def prove(what: What, as_json: AsJson = False, language: Language = "en") -> None:
    """Prove a definition: every fault with its place and the answers that show it. Exit 1 when it has faults.

    A file, or the code of a definition that ships with the package, needs no database.
    """
    ready()
    text = text_of(what)
    from django.utils.translation import override

    from motcua.domain.catalogue import queries
    from motcua.interfaces.design.proof_words import said

    proof = queries.prove_text(text)
    with override(language):
        facts: dict[str, Any] = {
            "code": proof.code or (what if not Path(what).is_file() else ""),
            "ok": proof.ok,
            "searched": proof.searched,
            "exhaustive": proof.exhaustive,
            "findings": [
                {
                    "class": found.kind.value,
                    "what": found.what,
                    "where": found.where,
                    "says": said(found),
                    "input": found.input,
                    "severity": found.severity.value,
                }
                for found in proof.findings
            ],
        }
    if as_json:
        out.print_json(json.dumps(facts, ensure_ascii=False, default=str))
    else:
        _tell(facts)
    raise typer.Exit(Exit.DONE if proof.ok else Exit.FAILED)


def schema() -> None:
    """Print the JSON Schema of a definition file."""
    ready()
    from motcua.domain.catalogue import queries

    typer.echo(json.dumps(queries.schema_of_definitions(), ensure_ascii=False, indent=2))


def diff(
    one: What,
    other: Annotated[str, typer.Argument(help="A file, a code, or CODE@VERSION.")],
    as_json: AsJson = False,
) -> None:
    """Say what differs between two definitions, part by part. Exit 1 when anything does."""
    ready()
    from motcua.domain.catalogue import queries

    with refusals_end_with_a_line():
        found = queries.differences_between(text_of(one), text_of(other))
    if as_json:
        out.print_json(json.dumps([asdict(each) for each in found], ensure_ascii=False, default=str))
    else:
        for each in found:
            out.print(f"{_SIGNS[each.change]} {each.where}", markup=False)
            for sign, part in (("-", each.before), ("+", each.after)):
                if part is not None:
                    out.print(f"    {sign} {_short(part)}", markup=False)
    raise typer.Exit(Exit.FAILED if found else Exit.DONE)


def clone(
    what: What,
    code: Annotated[str, typer.Argument(help="The code of the new procedure.")],
    to: Annotated[
        Path | None, typer.Option("--out", dir_okay=False, help="Where to write; printed if left out.")
    ] = None,
) -> None:
    """Write the definition of one procedure as the beginning of another's."""
    ready()
    from motcua.domain.catalogue import queries

    with refusals_end_with_a_line():
        text = queries.cloned_definition(text_of(what), code)
    if to is None:
        typer.echo(text, nl=False)
    else:
        to.write_bytes(text.encode())


def publish(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], as_json: AsJson = False
) -> None:
    """Publish a definition on this node; it must prove. Exit 4 when it is refused."""
    migrated_node()
    from motcua.domain.catalogue import commands

    try:
        view = commands.publish(file.read_bytes().decode(), actor=SYSTEM, at=now())
    except UnicodeDecodeError as fault:
        leave(Exit.USAGE, f"{file}: {fault}")
    except Refusal as refusal:
        facts: dict[str, Any] = {"refused": refusal.code, **refusal.facts}
        if as_json:
            out.print_json(json.dumps(facts, ensure_ascii=False, default=str))
        told = facts.get("findings") or facts.get("faults") or [{"where": "", "what": str(refusal.facts)}]
        for each in told:
            err.print(f"  {each['where']}: {each['what']}", markup=False)
        leave(Exit.REFUSED, refusal.code)
    done = {"code": view.code, "version": view.version, "valid_from": view.valid_from.isoformat()}
    if as_json:
        out.print_json(json.dumps(done))
    else:
        out.print(f"[green]✓[/] {view.code}@{view.version} from {view.valid_from}")


def _short(part: object) -> str:
    text = json.dumps(part, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _tell(facts: dict[str, Any]) -> None:
    mark = "[green]✓[/]" if facts["ok"] else "[red]✗[/]"
    searched = "all inputs that differ" if facts["exhaustive"] else "within a budget, not all inputs"
    out.print(f"{mark} {facts['code']}: {facts['searched']:,} inputs searched, {searched}")
    for found in facts["findings"]:
        out.print(f"  {found['severity']:>7}  {found['class']}  {found['where']}", markup=False)
        out.print(f"           {found['says']}", markup=False)
        if found["input"]:
            shown = json.dumps(found["input"], ensure_ascii=False, default=str)
            out.print(f"           e.g. {shown}", markup=False)
