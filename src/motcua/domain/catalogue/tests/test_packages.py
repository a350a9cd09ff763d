"""Every definition that ships with the package proves, passes its own test cases and survives the round trip."""

import pytest

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.rules import definitions, trying
from motcua.domain.catalogue.rules import proof as proving
from motcua.domain.catalogue.types import Severity


@pytest.mark.parametrize("code", queries.shipped_codes())
def test_a_package_passes_its_own_test_cases(code: str) -> None:
    trials = trying.tried(definitions.parse(queries.shipped_text(code)))

    assert {trial.name: trial.differences for trial in trials if not trial.passed} == {}


@pytest.mark.parametrize("code", queries.shipped_codes())
def test_a_package_survives_the_round_trip(code: str) -> None:
    definition = definitions.parse(queries.shipped_text(code))

    assert definitions.validated(definition.model_dump(mode="json")) == definition


def test_a_fraction_in_a_test_case_is_an_answer_as_a_form_gives_it() -> None:
    land = definitions.parse(queries.shipped_text("1.013831"))

    assert [type(case.answers["parcel_area"]) for case in land.tests] == [float] * len(land.tests)


@pytest.mark.parametrize("code", queries.shipped_codes())
def test_a_package_proves(code: str) -> None:
    proof = proving.prove_text(queries.shipped_text(code))

    assert [(each.where, each.what) for each in proof.findings if each.severity is Severity.FAULT] == []
