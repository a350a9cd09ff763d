"""A definition says everything, and nothing that does not fit together."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import yaml

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.rules import definitions, fees, process
from motcua.domain.catalogue.rules.answers import checked, filled
from motcua.domain.catalogue.testing import (
    BIRTH,
    CERTIFIED_COPY,
    GOOD_ANSWERS,
    HOUSEHOLD_BUSINESS,
    the_procedures,
)
from motcua.domain.catalogue.types import (
    AlreadyPublished,
    BadAnswers,
    BadDefinition,
    Definition,
    PaperSpec,
    StepSpec,
)
from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role
from motcua.platform.ledger.testing import leaves_of

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)


def shipped(code: str) -> Definition:
    from importlib.resources import files

    folder = files("motcua.domain.catalogue") / "definitions"
    return definitions.parse((folder / f"{code}.yaml").read_text(encoding="utf-8"))


def changed(code: str, **parts: object) -> dict[str, object]:
    return shipped(code).model_dump(mode="json") | parts


@pytest.mark.parametrize("code", [BIRTH, CERTIFIED_COPY, HOUSEHOLD_BUSINESS])
def test_a_shipped_definition_survives_the_round_trip(code: str) -> None:
    definition = shipped(code)
    assert definitions.validated(definition.model_dump(mode="json")) == definition


@pytest.mark.parametrize("code", [BIRTH, CERTIFIED_COPY, HOUSEHOLD_BUSINESS])
def test_good_answers_pass_and_stay_as_they_are(code: str) -> None:
    assert checked(shipped(code), GOOD_ANSWERS[code], today=TODAY) == GOOD_ANSWERS[code]


def test_a_misspelt_key_is_named() -> None:
    with pytest.raises(BadDefinition) as refusal:
        definitions.validated(changed(BIRTH, limit_s={"value": 1}))
    assert {
        "where": "limit_s",
        "what": "extra_forbidden",
        "says": "Extra inputs are not permitted",
    } in refusal.value.facts["faults"]  # type: ignore[operator]


def test_steps_that_do_not_add_up_to_the_limit_are_refused() -> None:
    with pytest.raises(BadDefinition):
        definitions.validated(changed(BIRTH, limit={"value": 2, "unit": "working_day"}))


def test_every_fault_is_named_at_once() -> None:
    wrong = GOOD_ANSWERS[BIRTH] | {
        "child_name": "",
        "child_born_on": "2027-01-01",
        "child_sex": "none",
        "mother_personal_id": "12",
        "applicant_phone": "abc",
        "mother_address": {"street": "x", "commune_code": "1"},
        "copies": "99",
    }
    with pytest.raises(BadAnswers) as refusal:
        checked(shipped(BIRTH), wrong, today=TODAY)
    assert refusal.value.facts["fields"] == {
        "child_name": "required",
        "child_born_on": "in_the_future",
        "child_sex": "not_a_choice",
        "mother_personal_id": "wrong_form",
        "applicant_phone": "wrong_form",
        "mother_address": "wrong_form",
        "copies": "out_of_range",
    }


def test_a_question_that_does_not_apply_is_neither_asked_nor_kept() -> None:
    answers = GOOD_ANSWERS[BIRTH] | {"has_father": False, "father_name": "Ai đó"}
    assert "father_name" not in checked(shipped(BIRTH), answers, today=TODAY)
    with pytest.raises(BadAnswers) as refusal:
        checked(shipped(BIRTH), answers | {"has_father": True, "father_name": ""}, today=TODAY)
    assert set(refusal.value.facts["fields"]) == {"father_name", "father_personal_id", "father_born_on"}  # type: ignore[call-overload]


def test_answers_are_read_as_people_write_them() -> None:
    typed = GOOD_ANSWERS[HOUSEHOLD_BUSINESS] | {
        "business_capital": "80.000.000 ₫",
        "owner_born_on": "14/3/1995",
        "owner_phone": "0905 123 456",
        "premises_rented": "no",
    }
    assert checked(shipped(HOUSEHOLD_BUSINESS), typed, today=TODAY) == GOOD_ANSWERS[HOUSEHOLD_BUSINESS]


@pytest.mark.parametrize(
    ("pages", "copies", "dong"),
    [(1, 1, 2000), (2, 1, 4000), (3, 2, 10_000), (500, 1, 200_000), (500, 2, 400_000)],
)
def test_the_fee_of_a_certified_copy_follows_the_pages_and_is_capped(
    pages: int, copies: int, dong: int
) -> None:
    """Circular 226/2016/TT-BTC: 2,000 for pages 1 and 2, 1,000 from page 3, at most 200,000 a copy."""
    form = filled(shipped(CERTIFIED_COPY), {"pages": pages, "copies": copies}, today=TODAY)
    assert fees.total_dong(form) == dong


def test_papers_depend_on_the_case() -> None:
    definition, answers = shipped(HOUSEHOLD_BUSINESS), GOOD_ANSWERS[HOUSEHOLD_BUSINESS]

    def missing(given: dict[str, object], *present: str) -> list[PaperSpec]:
        return list(filled(definition, given, today=TODAY).missing_papers(present))

    assert missing(answers) == []
    rented = answers | {"premises_rented": True}
    assert [paper.key for paper in missing(rented)] == ["lease"]
    assert missing(rented, "lease") == []


@pytest.mark.django_db
def test_an_administrator_publishes_and_everybody_reads() -> None:
    the_procedures()

    assert [view.code for view in queries.procedures(on=TODAY)] == [BIRTH, HOUSEHOLD_BUSINESS, CERTIFIED_COPY]
    assert queries.procedure(BIRTH, on=TODAY).definition == shipped(BIRTH)
    assert leaves_of(queries.procedure(BIRTH, on=TODAY).version_id)


@pytest.mark.django_db
def test_publishing_the_same_again_changes_nothing() -> None:
    first = the_procedures()
    assert the_procedures() == first


@pytest.mark.django_db
def test_a_new_version_takes_over_on_its_date() -> None:
    the_procedures()
    raw = changed(BIRTH, valid_from="2026-06-01", decision="999/QĐ-BTP")
    commands.publish(yaml.safe_dump(raw), actor=SYSTEM, at=AT)

    assert queries.procedure(BIRTH, on=date(2026, 5, 31)).version == 1
    assert queries.procedure(BIRTH, on=date(2026, 6, 1)).definition.decision == "999/QĐ-BTP"
    with pytest.raises(AlreadyPublished):
        commands.publish(yaml.safe_dump(raw | {"decision": "x"}), actor=SYSTEM, at=AT)


@pytest.mark.django_db
def test_a_clerk_does_not_publish() -> None:
    with pytest.raises(NotPermitted):
        commands.publish("", actor=Actor(None, Role.CLERK), at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("khai sinh cho con", BIRTH),
        ("GKS", BIRTH),
        ("mo quan", HOUSEHOLD_BUSINESS),
        ("sao y", CERTIFIED_COPY),
        ("1.001612", HOUSEHOLD_BUSINESS),
    ],
)
def test_people_find_a_procedure_in_their_own_words(words: str, code: str) -> None:
    the_procedures()
    assert queries.search(words).hits[0].code == code


def test_a_step_left_out_takes_no_time_and_passes_the_wait_on() -> None:
    def step(key: str, stage: str, hours: int, *after: str) -> StepSpec:
        words = {"vi": key, "en": key}
        return StepSpec.model_validate(
            {"key": key, "stage": stage, "role": "clerk", "name": words, "hours": hours, "after": after}
        )

    steps = (step("a", "reception", 2), step("b", "handling", 4), step("c", "decision", 1, "b"))

    assert process.schedule(steps, {}, applying={"a", "c"})["c"] == (Decimal(2), Decimal(3))
    assert process.schedule(steps, {})["c"] == (Decimal(6), Decimal(7))
