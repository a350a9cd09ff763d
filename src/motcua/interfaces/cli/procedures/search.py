"""``motcua procedures search``: find a procedure in plain words, one question or a stream of them."""

import json
import sys
from typing import Annotated

import typer

from motcua.interfaces.cli.node import Exit, leave, open_node, out

AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON list of code, name and score.")]


def add_to(app: typer.Typer) -> None:
    """Add the command about searching to the group."""
    app.command("search")(search)


def search(
    words: Annotated[str, typer.Argument(help="A question, a word, a paper or a code.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many procedures at most.")] = 10,
    from_stdin: Annotated[
        bool, typer.Option("--stdin", help="One question a line; answers one JSON list a line.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Find procedures by the words people use, best first."""
    if not words.strip() and not from_stdin:
        leave(Exit.USAGE, "give words to look for, or --stdin")
    open_node()
    if from_stdin:
        for line in sys.stdin:
            sys.stdout.write(_as_json(line, limit) + "\n")
            sys.stdout.flush()
    elif as_json:
        sys.stdout.write(_as_json(words, limit) + "\n")
    else:
        _show(words, limit)


def _as_json(words: str, limit: int) -> str:
    from motcua.domain.catalogue import queries

    hits = queries.search(words.strip(), limit=limit).hits
    facts = [{"code": hit.code, "name": hit.name, "score": hit.score} for hit in hits]
    return json.dumps(facts, ensure_ascii=False)


def _show(words: str, limit: int) -> None:
    from motcua.domain.catalogue import queries

    found = queries.search(words, limit=limit)
    if found.did_you_mean:
        out.print(f"understood as: {found.did_you_mean}")
    for hit in found.hits:
        out.print(f"{hit.score:5.2f}  {hit.code}  {hit.name}", markup=False)
        why = "; ".join(f"{one.asked} → {one.found}" if one.found else one.asked for one in hit.reasons)
        out.print(f"       {why}", style="dim", markup=False)
    if not found.hits:
        out.print("nothing found")
