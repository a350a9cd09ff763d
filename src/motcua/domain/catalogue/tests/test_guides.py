"""Every way through every guide ends in procedures that exist."""

import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.rules import guides as rules
from motcua.domain.catalogue.testing import BIRTH, the_procedures
from motcua.domain.catalogue.types.guides import Guide
from motcua.domain.catalogue.types.refusals import UnknownGuide

RECORDS = Path(os.environ.get("BENCH_PROCEDURES", "../../shared/data/procedures/procedures_full.jsonl.gz"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("guide", queries.guides(), ids=lambda guide: guide.key)
def test_every_way_ends_in_procedures(guide: Guide) -> None:
    ways = list(rules.paths(guide))
    assert len(ways) >= 2
    for way in ways:
        codes = [step.code for stage in rules.stages(guide, way) for step in stage]
        assert codes and len(codes) == len(set(codes)), way


@pytest.mark.parametrize("guide", queries.guides(), ids=lambda guide: guide.key)
def test_every_step_and_question_is_reached_by_some_way(guide: Guide) -> None:
    ways = list(rules.paths(guide))
    reached = {id(step) for way in ways for stage in rules.stages(guide, way) for step in stage}
    assert all(id(step) in reached for step in guide.steps)
    assert all(any(question.key in way for way in ways) for question in guide.questions)


@pytest.mark.parametrize("guide", queries.guides(), ids=lambda guide: guide.key)
def test_conditions_name_answers_that_exist(guide: Guide) -> None:
    known = {question.key: {answer.key for answer in question.answers} for question in guide.questions}
    for when in [each.when for each in guide.questions] + [each.when for each in guide.steps]:
        for question, answers in when.items():
            assert set(answers) <= known[question]


@pytest.mark.skipif(not RECORDS.exists(), reason="the open data of the national portal is not here")
def test_codes_and_names_are_those_of_the_national_portal() -> None:
    with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
        names = {(row := json.loads(line))["code"]: " ".join(row["name"].split()) for line in lines}
    for step in (step for guide in queries.guides() for step in guide.steps):
        assert names[step.code].startswith(step.name), step.code


def test_answers_that_no_longer_belong_are_dropped() -> None:
    said = {"foreign": "yes", "married": "yes", "together": "yes", "insured": "no", "odd": "x"}
    assert rules.understood(queries.guide("sinh-con"), said) == {
        "foreign": "yes",
        "married": "yes",
        "insured": "no",
    }


@pytest.mark.django_db
def test_a_plan_asks_then_lists_and_names_each_paper_once() -> None:
    the_procedures()
    begun = queries.plan("sinh-con", {"foreign": "no"}, on=TODAY)
    assert begun.question is not None and begun.question.key == "married"
    said = {"foreign": "no", "married": "yes", "together": "no", "insured": "no"}
    done = queries.plan("sinh-con", said, on=TODAY)
    (first,), (second,) = done.stages
    assert first.step.code == BIRTH and first.record is not None
    assert second.record is None and second.step.name == "Đăng ký thường trú"
    assert len({name for name, _codes in done.papers}) == len(done.papers) > 0


def test_there_is_no_such_guide() -> None:
    with pytest.raises(UnknownGuide):
        queries.guide("khong-co")
