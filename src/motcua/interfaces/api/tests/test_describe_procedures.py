"""Procedures are found, described whole, and their forms are schemas that mean what the node checks."""

from datetime import date

import jsonschema_rs
import pytest

from motcua.domain.catalogue import commands as catalogue_deeds
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.testing import (
    BIRTH,
    CERTIFIED_COPY,
    EVERYTHING_ANSWERS,
    EVERYTHING_CODE,
    GOOD_ANSWERS,
    LONG_AGO,
    everything,
    everything_text,
    the_procedures,
)
from motcua.domain.catalogue.types import BadAnswers, FieldType
from motcua.interfaces.api.form_schema import form_schema
from motcua.interfaces.api.tests.callers import Program, problem, said
from motcua.kernel.actors import SYSTEM

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


def test_the_schema_of_definitions_is_published() -> None:
    schema = said(Program(None).get("/procedures/schema.json"))

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$defs"]["Section"]["properties"]["use"]["description"]


def test_a_procedure_is_told_whole_in_both_languages() -> None:
    told = said(Program(None).get(f"/procedures/{BIRTH}"))

    assert told["definition"]["sections"][0]["title"]["en"] == "About your child"
    assert told["definition"]["result"]["facts"]["child.born_on_text"] == {
        "of": "child_born_on",
        "as": "date",
        "optional": False,
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
    assert {paper["key"] for paper in theirs} - {paper["key"] for paper in mine} == {"authorisation"}
    assert mine[0]["key"] == "birth_record"
    wrong = program.post(f"/procedures/{CERTIFIED_COPY}/fees", {"answers": {"pages": "ba"}})
    assert problem(wrong) == (422, "catalogue.bad_answers")


def test_the_schema_of_a_form_with_every_type_means_what_the_node_checks() -> None:
    definition, today = everything(), date(2026, 3, 2)
    checked = catalogue.checked_answers(definition, EVERYTHING_ANSWERS, today=today)
    schema = form_schema(definition, language="vi")

    jsonschema_rs.meta.validate(schema)
    jsonschema_rs.validate(schema, checked)
    assert {field.type for field in definition.fields} == set(FieldType)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("area", "rộng"),
        ("area", -1),
        ("floors", 51),
        ("grandmother_born", "1938-3"),
        ("spouse", {"personal_id": "064093001235"}),
        ("spouse", {"full_name": "Siu Thơ", "personal_id": "1"}),
        ("account", {"bank": "Vietcombank", "number": "12", "holder": "A"}),
        ("rooms", [{"called": "Phòng khách"}]),
        ("rooms", [{"called": "Phòng khách", "size": 3.0, "use": "sleeping"}]),
        ("rooms", [{"called": f"Phòng {n}", "size": 3.0, "use": "living"} for n in range(6)]),
        ("rooms", []),
        ("ethnicity", "people_99"),
        ("declared", False),
    ],
)
def test_what_the_schema_refuses_the_node_refuses_too(key: str, wrong: object) -> None:
    definition, today = everything(), date(2026, 3, 2)
    answers = EVERYTHING_ANSWERS | {key: wrong}

    assert not jsonschema_rs.is_valid(form_schema(definition, language="vi"), answers)
    with pytest.raises(BadAnswers) as refused:
        catalogue.checked_answers(definition, answers, today=today)
    assert key in str(refused.value.facts["fields"])


def test_answers_of_every_shape_are_taken() -> None:
    catalogue_deeds.publish(everything_text(), actor=SYSTEM, at=LONG_AGO)
    program = Program(None)

    fees = said(program.post(f"/procedures/{EVERYTHING_CODE}/fees", {"answers": EVERYTHING_ANSWERS}))
    assert fees["total_dong"] == 12_000 + 30_125
    assert [step["what"] for step in fees["lines"][1]["steps"]] == ["formula", "reduction"]
    wrong = {"answers": EVERYTHING_ANSWERS | {"rooms": [{"called": "Bếp", "size": "rộng", "use": "living"}]}}
    refused = program.post(f"/procedures/{EVERYTHING_CODE}/fees", wrong)
    assert problem(refused) == (422, "catalogue.bad_answers")
