"""The docs say what the code does."""

import re
from pathlib import Path

import pytest

from motcua.domain.cases.rules import lifecycle as dossiers
from motcua.domain.catalogue import queries
from motcua.domain.exchange.rules import lifecycle as exchange

PAGE = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"
EXAMPLE = re.compile(r"<!-- example -->\n```yaml\n(.*?)```\n<!-- /example -->", re.DOTALL)
BLOCK = re.compile(r"<!-- lifecycle -->\n(.*?)<!-- /lifecycle -->", re.DOTALL)


@pytest.mark.parametrize(
    ("page", "diagram"),
    [("architecture.md", dossiers.as_mermaid()), ("exchange.md", exchange.as_mermaid())],
)
def test_the_diagram_of_a_life_is_drawn_from_its_table(page: str, diagram: str) -> None:
    drawn = BLOCK.search(PAGE.with_name(page).read_text(encoding="utf-8"))
    assert drawn is not None
    assert drawn.group(1) == f"```mermaid\n{diagram}```\n", "copy the output of as_mermaid() there"


def test_the_example_of_a_definition_proves_and_passes_its_own_tests() -> None:
    page = PAGE.with_name("procedures.md").read_text(encoding="utf-8")
    found = EXAMPLE.search(page)
    assert found is not None
    assert queries.prove_text(found.group(1)).findings == ()
    assert all(trial.passed for trial in queries.tried(queries.read_definition(found.group(1))))
