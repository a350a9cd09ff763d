"""Every class of fault, planted by one change to a sound definition, is found at its place – and nothing else."""

from collections.abc import Mapping

import pytest

from motcua.domain.catalogue.tests.proof.sound import finding, proved, question, told, words
from motcua.domain.catalogue.types import FindingClass, Severity

HOUSE = "sections.0.fields"
REDUCTION = {"key": "far", "name": words("Vùng xa"), "basis": "1/2026/NĐ-CP", "percent": 30}
SECOND_FEE = {"key": "again", "name": words("Lệ phí cấp phép"), "basis": "1/2026/NĐ-CP", "amount": 5000}
STEP = {"stage": "handling", "role": "handler", "name": words("Bước thêm"), "hours": 1}
MORE = {"rule": "copies > 100", "message": words("Quá ít")}


def test_the_sound_definition_has_no_finding() -> None:
    proof = proved({})
    assert (told(proof), proof.ok, proof.code) == ([], True, "1.000001")


FAULTS: list[tuple[Mapping[str, object], tuple[str, str, str]]] = [
    # conditions that never hold
    ({"sections.1.show_when": "area > 9000"}, ("unreachable", "never_section", "sections.1.show_when")),
    (
        {f"{HOUSE}.3.show_when": 'kind == "wood" && kind == "brick"'},
        ("unreachable", "never_question", f"{HOUSE}.3.show_when"),
    ),
    (
        {f"{HOUSE}.8.require_when": "area < 1"},
        ("unreachable", "never_require_when", f"{HOUSE}.8.require_when"),
    ),
    ({"papers.1.show_when": "is_poor && !is_poor"}, ("unreachable", "never_paper", "papers.1.show_when")),
    (
        {"cases.0.when": "area > 5000", "papers.0.cases": [], "limits": [], "tests": []},
        ("unreachable", "never_case", "cases.0.when"),
    ),
    ({"fees.1.when": "copies > 20"}, ("unreachable", "never_fee", "fees.1.when")),
    ({"fees.1.channels": ["post"]}, ("unreachable", "never_fee", "fees.1.when")),
    (
        {"fees.0.reductions.0.when": "is_poor && area > 5000"},
        ("unreachable", "never_reduction", "fees.0.reductions.0.when"),
    ),
    (
        {
            "limits.+": {
                "cases": ["large"],
                "limit": {"value": 3, "unit": "working_day"},
                "hours": {"handling": 20},
            }
        },
        ("unreachable", "never_limit", "limits.1"),
    ),
    # questions nobody can answer
    ({f"{HOUSE}.7.checks": [MORE]}, ("unanswerable", "checks_never_pass", f"{HOUSE}.7")),
    (
        {f"{HOUSE}.7.maximum": 0, f"{HOUSE}.7.minimum": None, "fees": [], f"{HOUSE}.9.columns.0.maximum": -1},
        ("unanswerable", "no_allowed_answer", f"{HOUSE}.9"),
    ),
    ({f"{HOUSE}.0.minimum": 3, f"{HOUSE}.0.maximum": 2}, ("unreadable", "bounds", f"{HOUSE}.0")),
    # dead ends
    ({"steps.2.when": "is_poor"}, ("dead_end", "no_decision", "steps")),
    ({"steps.1.when": "area > 20"}, ("dead_end", "no_handling", "steps")),
    (
        {"steps.2.after": ["reception"], "limit.value": 14, "limit.unit": "working_hour", "limits": []},
        ("dead_end", "never_joined", "steps.1"),
    ),
    # hours
    ({"limit.value": 1}, ("hours_differ", "hours_differ", "limit")),
    ({"limits.0.hours": {"handling": 19}}, ("hours_differ", "hours_differ", "limits.0")),
    # fees
    ({"fees.+": SECOND_FEE}, ("fee", "same_fee_twice", "fees.2")),
    ({"fees.0.basis": " "}, ("fee", "no_basis", "fees.0.basis")),
    ({"fees.0.formula": "area * 100 - 1000"}, ("fee", "negative", "fees.0.formula")),
    ({"fees.1.units_field": "note"}, ("fee", "not_a_count", "fees.1.units_field")),
    (
        {"fees.0.times_field": "copies", f"{HOUSE}.7.required": False},
        ("fee", "count_missing", "fees.0.times_field"),
    ),
    ({f"{HOUSE}.7.maximum": 2}, ("fee", "tier_never", "fees.1.tiers.1")),
    ({f"{HOUSE}.7.minimum": -5}, ("fee", "tier_gap", "fees.1.tiers")),
    (
        {"fees.0.reductions.+": {**REDUCTION, "name": words("Hộ nghèo"), "when": "area > 50"}},
        ("fee", "reductions_disagree", "fees.0.reductions.1"),
    ),
    (
        {
            "fees.0.reductions.0.when": None,
            "fees.0.reductions.0.channels": ["online"],
            "fees.0.reductions.+": {**REDUCTION, "channels": ["online"]},
        },
        ("fee", "reductions_disagree", "fees.0.reductions.1"),
    ),
    (
        {"fees.0.reductions.+": {**REDUCTION, "key": "poor", "percent": 50}},
        ("fee", "key_twice", "fees.0.reductions"),
    ),
    # rules that fail
    (
        {"fees.0.formula": "10000000 / (area - 5) + 9000000"},
        ("rule_fails", "division_by_zero", "fees.0.formula"),
    ),
    ({f"{HOUSE}.6.compute": "area * 9007199254740991"}, ("rule_fails", "overflow", f"{HOUSE}.6.compute")),
    ({f"{HOUSE}.6.compute": "rooms[0].size"}, ("rule_fails", "out_of_range", f"{HOUSE}.6.compute")),
    ({f"{HOUSE}.6.compute": "size(note)"}, ("rule_fails", "unanswered", f"{HOUSE}.6.compute")),
    (
        {
            "papers.1.show_when": "sum(rooms.map(a, sum(rooms.map(b, a.size * b.size + a.size)))) > 10",
            f"{HOUSE}.9.maximum": 200,
            "tests": [],
        },
        ("rule_fails", "too_much", "papers.1.show_when"),
    ),
    # parts
    ({"decision": " "}, ("missing_part", "blank", "decision")),
    ({"result.symbol": ""}, ("missing_part", "blank", "result.symbol")),
    ({"legal_basis.0.title": ""}, ("missing_part", "blank", "legal_basis.0.title")),
    ({"papers.0.originals": 0}, ("missing_part", "no_copies", "papers.0")),
    ({"result.signatures": []}, ("missing_part", "nobody_signs", "result.signatures")),
    ({"name": words("Cấp giấy phép thử", "Cấp giấy phép thử")}, ("missing_part", "not_translated", "name")),
    ({"name": {"vi": "Cấp giấy phép"}}, ("unreadable", "missing", "name.en")),
    # the printed result
    ({"result.paragraphs": ["Gỗ từ {wood_from}."]}, ("result_hole", "place_empty", "result.paragraphs.0")),
    ({"result.paragraphs": ["Số {number}."]}, ("result_hole", "unknown_place", "result.paragraphs.0")),
    ({"result.template": "none_such"}, ("result_hole", "unknown_template", "result.template")),
    ({"result.paragraphs": [], "result.lines": []}, ("result_hole", "says_nothing", "result")),
    ({"result.facts": {"title": {"of": "note"}}}, ("result_hole", "fact_missing", "result.facts.title")),
    (
        {"result.facts": {"child.name": {"of": "area"}}},
        ("result_hole", "fact_not_printed", "result.facts.child.name"),
    ),
    # asking
    ({"sections.1.fields.0.prefill": None}, ("held_by_register", "held", "sections.1.fields.0")),
    ({f"{HOUSE}.8.label": words("Câu area")}, ("asked_twice", "same_words", f"{HOUSE}.8")),
    # the grammar
    ({f"{HOUSE}.8.show_when": "nobody > 1"}, ("unreadable", "unknown_name", f"{HOUSE}.8.show_when")),
    ({f"{HOUSE}.8.show_when": 'area > "x"'}, ("unreadable", "kinds_differ", f"{HOUSE}.8.show_when")),
    (
        {f"{HOUSE}.8.show_when": "wood_from == note", f"{HOUSE}.3.show_when": 'note == "x"'},
        ("unreadable", "circular", "sections"),
    ),
    ({f"{HOUSE}.8.show_when": "a >"}, ("unreadable", "bad_expression", f"{HOUSE}.8.show_when")),
    ({"limit_s": 3}, ("unreadable", "extra_forbidden", "limit_s")),
]


@pytest.mark.parametrize(("changes", "expected"), FAULTS, ids=[f"{e[1]} {e[2]}" for _, e in FAULTS])
def test_a_planted_fault_is_found(changes: Mapping[str, object], expected: tuple[str, str, str]) -> None:
    proof = proved(changes)
    assert expected in told(proof, Severity.FAULT)
    assert not proof.ok


WARNINGS: list[tuple[Mapping[str, object], tuple[str, str, str]]] = [
    (
        {"sections.1.fields.+": question("again", "text", prefill="account.full_name")},
        ("asked_twice", "same_source", "sections.1.fields.2"),
    ),
    (
        {f"{HOUSE}.3.show_when": 'kind == "wood" || kind != "wood"'},
        ("always", "always_holds", f"{HOUSE}.3.show_when"),
    ),
    (
        {f"{HOUSE}.0.checks": [{"rule": "area > 0", "message": words("Sai")}]},
        ("always", "always_holds", f"{HOUSE}.0.checks.0.rule"),
    ),
    ({"sections.1.show_when": "area >= 1"}, ("always", "always_holds", "sections.1.show_when")),
    ({"fees.0.basis": "2/2020/TT-BTC"}, ("fee", "basis_not_listed", "fees.0.basis")),
    (
        {
            "fees.1.when": None,
            "fees.1.tiers": [],
            "fees.1.units_field": None,
            "fees.1.formula": "copies * 1000",
        },
        ("fee", "zero", "fees.1.formula"),
    ),
    (
        {"fees.+": {**SECOND_FEE, "name": words("Khác"), "amount": 0}},
        ("fee", "costs_nothing", "fees.2.amount"),
    ),
    ({f"{HOUSE}.6.require_when": "area > 50"}, ("unanswerable", "computed_required", f"{HOUSE}.6")),
    (
        {"sections.1.fields.0.prefill": "account.weight"},
        ("held_by_register", "no_source", "sections.1.fields.0.prefill"),
    ),
    ({"papers": [], "tests.0.expect": {}}, ("missing_part", "no_papers", "papers")),
    ({"ministry": ""}, ("missing_part", "blank", "ministry")),
    ({"tests": []}, ("untested", "no_tests", "tests")),
    ({"tests.0.answers.area": 50}, ("untested", "case", "cases.0")),
    ({"tests.0.answers.is_poor": False}, ("untested", "paper", "papers.1")),
    ({"tests.0.answers.copies": 0, "tests.1.answers.copies": 0}, ("untested", "fee", "fees.1")),
]


@pytest.mark.parametrize(("changes", "expected"), WARNINGS, ids=[f"{e[1]} {e[2]}" for _, e in WARNINGS])
def test_what_looks_odd_is_a_warning(changes: Mapping[str, object], expected: tuple[str, str, str]) -> None:
    proof = proved(changes)
    assert expected in told(proof, Severity.WARNING)
    assert proof.ok


def test_every_class_is_planted() -> None:
    assert {expected[0] for _, expected in (*FAULTS, *WARNINGS)} == {each.value for each in FindingClass}


def test_a_finding_names_the_answers_that_show_it() -> None:
    assert finding(
        proved({"fees.0.formula": "10000000 / (area - 5) + 9000000"}), "division_by_zero"
    ).input == {"area": 5}
    late = finding(proved({"limits.0.hours": {"handling": 19}}), "hours_differ")
    assert late.input is not None
    assert int(str(late.input["area"])) > 100
    assert late.facts["case"] == "large"


def test_a_leader_may_sign_for_a_question_that_is_asked_anyway() -> None:
    asked = {"field": "applicant_name", "reason": words("Vì sổ cũ"), "signed_by": "Lê A", "decision": "2/QĐ"}
    proof = proved({"sections.1.fields.0.prefill": None, "asked_anyway": [asked]})
    assert proof.ok
    assert finding(proof, "exempt").facts["reason"] == "Vì sổ cũ"


def test_a_step_that_works_beside_another_must_be_waited_for() -> None:
    beside = [
        {**STEP, "key": "one", "after": ["reception"], "hours": 5},
        {**STEP, "key": "other", "after": ["reception"], "hours": 12},
    ]
    both = {"steps.1": beside[0], "limits": [], "limit.value": 2, "steps.2.returns_to": None}
    raw_steps = {"key": "decision", "stage": "decision", "role": "leader", "name": words("Ký"), "hours": 2}
    joined = both | {"steps.2": beside[1], "steps.+": {**raw_steps, "after": ["one", "other"]}}
    alone = both | {"steps.2": beside[1], "steps.+": {**raw_steps, "after": ["other"]}}
    assert told(proved(joined), Severity.FAULT) == []
    assert ("dead_end", "never_joined", "steps.1") in told(proved(alone))


def test_work_goes_back_only_to_where_it_has_been() -> None:
    assert finding(
        proved(
            {
                "steps.2.returns_to": "extra",
                "limits": [],
                "steps.2.after": ["handling"],
                "steps.1": {**STEP, "key": "handling", "hours": 12},
                **_with_extra(when="area > 10"),
            }
        ),
        "returns_nowhere",
    ).where.endswith("returns_to")


def _with_extra(**more: object) -> dict[str, object]:
    decision = {
        "key": "decision",
        "stage": "decision",
        "role": "leader",
        "name": words("Ký"),
        "hours": 2,
        "returns_to": "extra",
    }
    return {"steps.2": {**STEP, "key": "extra", "hours": 0, **more}, "steps.+": decision}
