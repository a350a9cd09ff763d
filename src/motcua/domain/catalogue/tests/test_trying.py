"""A definition carries its own test cases, and blocks are laid out when it is read."""

from typing import Any

import pytest

from motcua.domain.catalogue.rules import blocks, definitions, trying
from motcua.domain.catalogue.testing import BIRTH, GOOD_ANSWERS
from motcua.domain.catalogue.tests.test_definitions import changed
from motcua.domain.catalogue.types import BadDefinition


def with_case(**expect: object) -> Any:
    case = {
        "name": "a child",
        "answers": GOOD_ANSWERS[BIRTH],
        "received_at": "2026-02-12T15:30:00+07:00",
        "expect": expect,
    }
    return definitions.validated(changed(BIRTH, tests=[case]))


def test_a_case_that_holds_passes() -> None:
    definition = with_case(
        fee_dong=0,
        papers=["birth_record"],
        steps=["reception", "handling", "decision"],
        due_at="2026-02-13T17:00:00+07:00",
        result_says=["Rơ Châm Gia Bảo", "Nam"],
    )

    assert [trial.passed for trial in trying.tried(definition)] == [True]


@pytest.mark.parametrize(
    ("expect", "what"),
    [
        ({"fee_dong": 1}, "fee_dong"),
        ({"papers": []}, "papers"),
        ({"steps": ["reception"]}, "steps"),
        ({"due_at": "2026-02-12T17:00:00+07:00"}, "due_at"),
        ({"result_says": ["Nữ"]}, "result_says"),
        ({"faults": {"child_name": "required"}}, "faults"),
        ({"answers": {"child_sex": "female"}}, "answers.child_sex"),
    ],
)
def test_a_case_that_does_not_hold_says_what_differs(expect: dict[str, object], what: str) -> None:
    (trial,) = trying.tried(with_case(**expect))

    assert [difference.what for difference in trial.differences] == [what]


def test_a_block_is_laid_out_with_its_prefix() -> None:
    section = {"key": "old_home", "use": "house", "prefix": "old_", "without": ["house_address"]}

    laid = blocks.laid_out({"sections": [section]})

    (found,) = laid["sections"]  # type: ignore[index]  # a definition is a mapping
    assert [field["key"] for field in found["fields"]] == ["old_house_ownership", "old_house_owner_name"]
    assert found["fields"][1]["show_when"] == 'old_house_ownership != "own"'
    assert found["key"] == "old_home"


def test_an_unknown_block_is_refused() -> None:
    with pytest.raises(BadDefinition):
        blocks.laid_out({"sections": [{"use": "castle"}]})


@pytest.mark.parametrize("name", sorted(blocks.shipped()))
def test_every_block_can_stand_in_a_definition(name: str) -> None:
    sections = changed(BIRTH)["sections"]
    assert isinstance(sections, list)
    extra = {"use": name, "key": "extra", "prefix": "x_"}

    definition = definitions.validated(changed(BIRTH, sections=[*sections, extra]))

    assert definition.sections[-1].fields[0].key.startswith("x_")
