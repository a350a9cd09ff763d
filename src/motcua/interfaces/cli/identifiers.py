"""``motcua id``: is this a valid number or code, and what does it say. One by arguments, or many by lines.

Neither Django nor the database is touched: whether the number was ever issued is another question.
"""

import json
import sys
from typing import Annotated

import typer

from motcua.interfaces.design.identifiers import sentence
from motcua.kernel.identifiers import KINDS, NotAnIdentifier, UnknownKind, parse, parts

_UNKNOWN_KIND = {"vi": "Không có loại này; các loại: {kinds}.", "en": "No such kind; the kinds are {kinds}."}
_WORDS = {"vi": ("hợp lệ", "không hợp lệ"), "en": ("valid", "not valid")}


def identifier(
    kind: Annotated[str | None, typer.Argument(help=", ".join(KINDS))] = None,
    value: Annotated[str | None, typer.Argument(help="The number, code or payload.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read KIND<TAB>VALUE lines, answer in JSON.")
    ] = False,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Check an identifier and take it apart – kiểm tra số định danh, mã số. Exit 0 if valid, 1 if not."""
    if stdin:
        raise typer.Exit(0 if _answer_lines(lang) else 1)
    if kind is None or value is None:
        raise typer.BadParameter("KIND and VALUE are needed, or --stdin")
    answer = examine(kind, value, lang)
    if as_json:
        typer.echo(_json(answer))
    else:
        _tell(answer, lang)
    raise typer.Exit(0 if answer["valid"] else 1)


def examine(kind: str, value: str, lang: str = "vi") -> dict[str, object]:
    """Return whether the value is valid and its parts, or the reason in a code and a sentence."""
    try:
        found = parse(kind, value)
    except NotAnIdentifier as refusal:
        facts = {key: fact for key, fact in refusal.facts.items() if key != "reason"}
        return _refused(kind, refusal.reason.value, sentence(refusal, lang), refusal.code, facts)
    except UnknownKind as refusal:
        words = _UNKNOWN_KIND.get(lang, _UNKNOWN_KIND["vi"]).format(kinds=", ".join(KINDS))
        return _refused(kind, "unknown_kind", words, refusal.code, {})
    return {"valid": True, "kind": kind, "reason": None, "formatted": str(found), **parts(found)}


def _refused(kind: str, reason: str, message: str, error: str, facts: dict[str, object]) -> dict[str, object]:
    refusal: dict[str, object] = {
        "valid": False,
        "kind": kind,
        "reason": reason,
        "message": message,
        "error": error,
    }
    return refusal | ({"facts": facts} if facts else {})


def _answer_lines(lang: str) -> bool:
    """Answer every line of standard input; return whether all were valid."""
    all_valid = True
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if not line.strip():
            continue
        kind, _, value = line.partition("\t")
        answer = examine(kind.strip(), value, lang)
        all_valid = all_valid and bool(answer["valid"])
        sys.stdout.write(_json(answer) + "\n")
    sys.stdout.flush()
    return all_valid


def _tell(answer: dict[str, object], lang: str) -> None:
    valid, invalid = _WORDS.get(lang, _WORDS["vi"])
    if not answer["valid"]:
        typer.echo(f"{invalid}: {answer['message']}")
        return
    typer.echo(f"{valid}: {answer['formatted']}")
    for name, part in answer.items():
        if name not in ("valid", "kind", "reason", "formatted") and part not in ("", [], None):
            typer.echo(f"  {name}: {part}")


def _json(answer: dict[str, object]) -> str:
    """Return the answer on one line; half a surrogate pair, which no output can carry, stays escaped."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
