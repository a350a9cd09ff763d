"""Procedures are found, described whole, and their forms are schemas that mean what the node checks."""

import jsonschema_rs
import pytest

from motcua.domain.catalogue.testing import BIRTH, CERTIFIED_COPY, GOOD_ANSWERS, the_procedures
from motcua.interfaces.api.tests.callers import Program, problem, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published() -> None:
    the_procedures()


def test_procedures_are_listed_and_found_without_accents() -> None:
    program = Program(None)

    assert len(said(program.get("/procedures"))["items"]) == 3
    found = said(program.get("/procedures", q="khai sinh cho con"))["items"]
    assert found[0]["code"] == BIRTH
    assert found[0]["name"] == {"vi": "Đăng ký khai sinh", "en": "Birth registration"}
    assert problem(program.get("/procedures/9.999999")) == (404, "catalogue.unknown_procedure")


def test_a_procedure_is_told_whole_in_both_languages() -> None:
    told = said(Program(None).get(f"/procedures/{BIRTH}"))

    assert told["definition"]["sections"][0]["title"]["en"] == "About your child"
    assert told["definition"]["result"]["facts"]["child.born_on_text"] == {
        "of": "child_born_on",
        "as": "date",
    }


@pytest.mark.parametrize("code", GOOD_ANSWERS)
def test_a_form_is_a_schema_that_good_answers_pass(code: str) -> None:
    schema = said(Program(None).get(f"/procedures/{code}/form"))

    jsonschema_rs.meta.validate(schema)
    jsonschema_rs.validate(schema, GOOD_ANSWERS[code])
    for key in schema["required"]:
        with pytest.raises(jsonschema_rs.ValidationError):
            jsonschema_rs.validate(schema, {k: v for k, v in GOOD_ANSWERS[code].items() if k != key})


def test_a_question_that_depends_on_another_is_asked_by_the_schema_too() -> None:
    schema = said(Program(None).get(f"/procedures/{BIRTH}/form"))

    with pytest.raises(jsonschema_rs.ValidationError, match="father_name"):
        jsonschema_rs.validate(schema, GOOD_ANSWERS[BIRTH] | {"has_father": True})


def test_fees_and_papers_follow_the_answers() -> None:
    program = Program(None)

    fees = said(program.post(f"/procedures/{CERTIFIED_COPY}/fees", {"answers": {"pages": 3, "copies": 2}}))
    assert fees["total_dong"] == sum(line["dong"] for line in fees["lines"]) > 0
    papers = f"/procedures/{BIRTH}/papers"
    mine = said(program.post(papers, {"answers": {"applicant_relation": "mother"}}))["items"]
    theirs = said(program.post(papers, {"answers": {"applicant_relation": "other"}}))["items"]
    assert [paper["key"] for paper in mine] == ["birth_record"]
    assert [paper["key"] for paper in theirs] == ["birth_record", "authorisation"]
    wrong = program.post(f"/procedures/{CERTIFIED_COPY}/fees", {"answers": {"pages": "ba"}})
    assert problem(wrong) == (422, "catalogue.bad_answers")
