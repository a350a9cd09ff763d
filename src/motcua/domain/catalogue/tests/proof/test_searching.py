"""The search is right where it claims to be, and says where it is not."""

from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.rules import definitions
from motcua.domain.catalogue.rules.proof import prove
from motcua.domain.catalogue.rules.proof.values import MOST_WHOLE
from motcua.domain.catalogue.tests.proof.sound import SOUND, changed, finding, proved, question, told
from motcua.domain.catalogue.types import Severity

NEVER = ("unreachable", "never_question", "sections.0.fields.3.show_when")
bounds = st.integers(-5, 200) | st.integers(0, MOST_WHOLE)


@given(low=bounds, high=bounds)
@settings(max_examples=150, deadline=None)
def test_a_range_is_unreachable_if_and_only_if_no_number_lies_in_it(low: int, high: int) -> None:
    rule = f"copies > {low} && copies < {high}"
    plain = {"sections.0.fields.7": question("copies", "integer"), "fees": [], "tests": []}
    proof = proved({**plain, "sections.0.fields.3.show_when": rule})

    inside = range(max(low + 1, 0), min(high, MOST_WHOLE + 1))
    assert (NEVER in told(proof, Severity.FAULT)) is (len(inside) == 0)


@given(least=st.integers(0, 90), age=st.integers(0, 120))
@settings(max_examples=40, deadline=None)
def test_ages_are_searched_around_the_years_that_rules_name(least: int, age: int) -> None:
    """Born at the earliest in 1900: in 2026 nobody of the form is older than 126."""
    rule = f"years_between(begun_on, today) >= {least} && years_between(begun_on, today) < {age}"
    past = question("begun_on", "date", not_future=True)
    proof = proved({"sections.0.fields.4": past, "sections.0.fields.3.show_when": rule})

    assert (NEVER in told(proof, Severity.FAULT)) is (least >= age)


@pytest.mark.parametrize(
    ("rule", "reachable"),
    [
        ("area * 3 + copies * 7 == 5011", True),
        ("area + copies > 5019", True),
        ('kind in ["wood"] && is_poor && copies == 13 && area == 4321', True),
        ("size(rooms) == 7 && rooms.exists(r, r.size > 999)", True),
        ("ended_on < begun_on", False),
        ('note.startsWith("A") && size(note) > 3', True),
        ("applicant_name == note && area > 10", True),
    ],
)
def test_the_search_finds_what_there_is(rule: str, reachable: bool) -> None:
    proof = proved({"papers.1.show_when": rule, "tests": []})
    missed = {"never_paper", "not_found"} & {found.what for found in proof.findings}
    assert bool(missed) is not reachable


def test_a_condition_that_counts_and_is_not_found_is_only_a_warning() -> None:
    proof = proved({"papers.1.show_when": "(area * area) % 4 == 2", "sections.0.fields.0.maximum": 5000})
    assert finding(proof, "not_found").severity is Severity.WARNING
    assert not proof.exhaustive


def test_a_proof_says_the_same_every_time() -> None:
    changes = {"papers.1.show_when": "area * 3 + copies * 7 == 5011"}
    assert proved(changes) == proved(changes)


@pytest.mark.parametrize("code", queries.shipped_codes())
def test_what_ships_proves(code: str) -> None:
    proof = queries.prove_text(queries.shipped_text(code))
    assert [found for found in proof.findings if found.severity is Severity.FAULT] == []


def large(questions: int) -> dict[str, Any]:
    """A definition of many questions: each fourth shown by the choice before it, each fifth with a check."""
    fields = []
    for n in range(questions):
        match n % 4:
            case 0:
                choices = [{"value": v, "label": {"vi": f"Loại {v}", "en": v}} for v in ("a", "b", "c")]
                fields.append(question(f"kind_{n}", "choice", choices=choices))
            case 1:
                fields.append(
                    question(f"count_{n}", "integer", show_when=f'kind_{n - 1} == "a"', maximum=900)
                )
            case 2:
                check = {"rule": f"sum_{n} >= 5", "message": {"vi": "Ít quá", "en": "Too few"}}
                fields.append(question(f"sum_{n}", "integer", maximum=10_000, checks=[check]))
            case _:
                shown = f'kind_{n - 3} != "b" && sum_{n - 1} > 20'
                fields.append(question(f"text_{n}", "text", required=False, show_when=shown))
    raw = changed({"fees": [], "papers": [], "tests": [], "cases": [], "limits": [], "result.paragraphs": []})
    for first in range(0, questions, 20):
        part = {"key": f"part_{first}", "title": {"vi": f"Phần {first}", "en": f"Part {first}"}}
        raw["sections"].append({**part, "fields": fields[first : first + 20]})
    total = " + ".join(f"sum_{n}" for n in range(2, questions, 20))
    raw["papers"] = [
        {"key": f"paper_{n}", "name": {"vi": f"Giấy {n}", "en": f"Paper {n}"}, "show_when": f"sum_{n} > {n}"}
        for n in range(2, questions, 8)
    ]
    raw["papers"].append(
        {"key": "plan", "name": {"vi": "Bản vẽ", "en": "Plan"}, "show_when": f"{total} > 50000"}
    )
    return raw


def test_two_hundred_questions_are_proved_in_seconds() -> None:
    definition = definitions.modelled(large(200))
    begun = perf_counter()
    proof = prove(definition)
    seconds = perf_counter() - begun

    assert proof.ok
    assert seconds < 20


def test_a_usual_definition_is_proved_in_seconds() -> None:
    definition = definitions.modelled(dict(SOUND))
    begun = perf_counter()
    prove(definition)
    assert perf_counter() - begun < 3
