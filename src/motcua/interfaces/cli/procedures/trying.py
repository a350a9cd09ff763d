"""``motcua procedures test``: run the test cases a definition carries. Needs no database."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from motcua.interfaces.cli.node import Exit, err, leave, out, settings_or_leave
from motcua.kernel.errors import Refusal


def add_to(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command("test")(test)


def test(
    what: Annotated[
        list[str] | None, typer.Argument(help="Files, or codes of shipped definitions; none: all shipped.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Run the test cases of definitions. Exit 1 when one fails, or a definition cannot be read or has none."""
    settings_or_leave()
    import django

    django.setup()
    from motcua.domain.catalogue import queries

    reports = [_report(each) for each in what or queries.shipped_codes()]
    if as_json:
        out.print_json(json.dumps(reports[0] if len(what or ()) == 1 else reports, default=str))
    else:
        _tell(reports)
    if not all(report["ok"] for report in reports):
        raise typer.Exit(Exit.FAILED)


def _report(what: str) -> dict[str, Any]:
    from motcua.domain.catalogue import queries

    path = Path(what)
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else queries.shipped_text(what)
        definition = queries.read_definition(text)
    except OSError as fault:
        leave(Exit.USAGE, f"{what}: {fault}")
    except UnicodeDecodeError:
        return {
            "code": what,
            "ok": False,
            "refused": "catalogue.bad_definition",
            "facts": {"what": "not_utf8"},
        }
    except Refusal as refusal:
        return {"code": what, "ok": False, "refused": refusal.code, "facts": refusal.facts}
    trials = queries.tried(definition)
    cases = [
        {
            "name": trial.name,
            "passed": trial.passed,
            "differences": [
                {"what": each.what, "expected": each.expected, "got": each.got} for each in trial.differences
            ],
        }
        for trial in trials
    ]
    return {
        "code": definition.code,
        "ok": bool(trials) and all(trial.passed for trial in trials),
        "passed": sum(trial.passed for trial in trials),
        "failed": sum(not trial.passed for trial in trials),
        "cases": cases,
    }


def _tell(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        if "refused" in report:
            err.print(f"[red]✗[/] {report['code']}: {report['refused']}")
            for fault in report["facts"].get("faults", ()):
                err.print(f"  {fault['where']}: {fault['what']} {fault['says']}", markup=False)
            continue
        mark = "[green]✓[/]" if report["ok"] else "[red]✗[/]"
        out.print(f"{mark} {report['code']}: {report['passed']} passed, {report['failed']} failed")
        for case in report["cases"]:
            for each in case["differences"]:
                line = f"  {case['name']}: {each['what']}: expected {each['expected']!r}, got {each['got']!r}"
                out.print(line, markup=False)
