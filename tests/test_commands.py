"""Every public command of a domain app is one transaction and is told who acts and when.

Checked from the source: Django's TestCase wraps each test in a transaction and would hide a missing
``@transaction.atomic``.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "src" / "motcua" / "domain"


def command_files() -> list[Path]:
    return sorted([*ROOT.glob("*/commands.py"), *ROOT.glob("*/commands/[!_]*.py")])


def public_functions(file: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def faults(command: ast.FunctionDef) -> Iterator[str]:
    if not any(ast.unparse(each).startswith("transaction.atomic") for each in command.decorator_list):
        yield "is not @transaction.atomic"
    told = {argument.arg for argument in command.args.kwonlyargs}
    if missing := {"actor", "at"} - told:
        yield f"does not take {', '.join(sorted(missing))} as keyword-only"
    if not ast.get_docstring(command):
        yield "does not say what it does"


def test_commands_are_transactions_of_someone_at_some_time() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{command.lineno} {command.name} {fault}"
        for file in command_files()
        for command in public_functions(file)
        for fault in faults(command)
    ]

    assert found == []
