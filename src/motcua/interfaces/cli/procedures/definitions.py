"""``motcua procedures prove``: what is wrong with a definition before it is published."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from motcua.interfaces.cli.node import Exit, leave, open_node, out, settings_or_leave
from motcua.interfaces.cli.procedures.records import AsJson
from motcua.kernel.clock import local_date, now
from motcua.kernel.errors import Refusal

What = Annotated[str, typer.Argument(help="A file, or the code of a procedure.")]
Language = Annotated[Literal["en", "vi"], typer.Option("--in", help="Language of what is said.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands about definitions to the group."""
    app.command("prove")(prove)


def prove(what: What, as_json: AsJson = False, language: Language = "en") -> None:
    """Prove a definition: every fault with its place and the answers that show it. Exit 1 when it has faults.

    A file, or the code of a definition that ships with the package, needs no database.
    """
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


def text_of(what: str) -> str:
    """Return the definition in file ``what``, or of the code ``what`` or ``CODE@VERSION``.

    A code is looked for on the node's database where it stands in the package in no form; ends the command
    with code 2 when there is neither.
    """
    settings_or_leave()
    import django

    django.setup()
    from motcua.domain.catalogue import queries

    try:
        if Path(what).is_file():
            return Path(what).read_text(encoding="utf-8")
        if what in queries.shipped_codes():
            return queries.shipped_text(what)
        open_node()
        return queries.definition_text(what, on=local_date(now()))
    except (OSError, UnicodeDecodeError) as fault:
        leave(Exit.USAGE, f"{what}: {fault}")
    except Refusal as refusal:
        leave(Exit.USAGE, f"{what}: {refusal.code}")


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
