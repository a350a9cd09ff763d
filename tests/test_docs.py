"""The docs say what the code does."""

import re
from pathlib import Path

from motcua.domain.cases.rules import lifecycle

PAGE = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"
BLOCK = re.compile(r"<!-- lifecycle -->\n(.*?)<!-- /lifecycle -->", re.DOTALL)


def test_the_diagram_of_a_dossiers_life_is_drawn_from_the_table() -> None:
    drawn = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert drawn is not None
    assert drawn.group(1) == f"```mermaid\n{lifecycle.as_mermaid()}```\n", (
        "copy the output of as_mermaid() there"
    )
