"""The docs say what the code does."""

import re
from pathlib import Path

from motcua.domain.cases.rules import lifecycle
from motcua.domain.catalogue import queries

PAGE = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"
EXAMPLE = re.compile(r"<!-- example -->\n```yaml\n(.*?)```\n<!-- /example -->", re.DOTALL)
BLOCK = re.compile(r"<!-- lifecycle -->\n(.*?)<!-- /lifecycle -->", re.DOTALL)


def test_the_diagram_of_a_dossiers_life_is_drawn_from_the_table() -> None:
    drawn = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert drawn is not None
    assert drawn.group(1) == f"```mermaid\n{lifecycle.as_mermaid()}```\n", (
        "copy the output of as_mermaid() there"
    )


def test_the_example_of_a_definition_proves_and_passes_its_own_tests() -> None:
    page = PAGE.with_name("procedures.md").read_text(encoding="utf-8")
    found = EXAMPLE.search(page)
    assert found is not None
    assert queries.prove_text(found.group(1)).findings == ()
    assert all(trial.passed for trial in queries.tried(queries.read_definition(found.group(1))))
