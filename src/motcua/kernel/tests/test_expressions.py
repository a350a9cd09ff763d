"""Expressions mean what cel-spec says, are checked before use, and cannot run for ever."""

import cel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.expressions import (
    BadExpression,
    Kind,
    ListOf,
    NoValue,
    Reason,
    Record,
    Simple,
    checked,
    holds,
    names,
    read,
    value,
)

KINDS: dict[str, Kind] = {
    "age": Simple.INT,
    "area": Simple.DOUBLE,
    "name": Simple.TEXT,
    "born_on": Simple.DATE,
    "married": Simple.BOOL,
    "rows": ListOf(Record(n=Simple.INT, kind=Simple.TEXT)),
    "home": Record(commune_code=Simple.TEXT),
}


def evaluated(source: str, **answers: object) -> object:
    return value(checked(read(source), KINDS)[0], answers)


@pytest.mark.parametrize(
    ("source", "answers", "expected"),
    [
        ("age >= 18 && !married", {"age": 20, "married": False}, True),
        ('name.startsWith("Nguyễn") ? size(name) : 0', {"name": "Nguyễn An"}, 9),
        ("sum(rows.map(r, r.n)) * 2", {"rows": [{"n": 2}, {"n": 3}]}, 10),
        ('rows.exists(r, r.kind in ["a", "b"])', {"rows": [{"kind": "b"}]}, True),
        ('home.commune_code == "23575"', {"home": {"commune_code": "23575"}}, True),
        ('born_on < "2008-01-01"', {"born_on": "2007-12-31"}, True),
        ("round(area * 1.5)", {"area": 3.0}, 5),
        ('days_between(date("2026-02-28"), date("2026-03-01"))', {}, 1),
        ("rows.filter(r, r.n > 1).size() + rows[0].n", {"rows": [{"n": 7}, {"n": 1}]}, 8),
        ("age == null", {}, True),
    ],
)
def test_a_rule_reads_the_answers(source: str, answers: dict[str, object], expected: object) -> None:
    assert evaluated(source, **answers) == expected


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2026-05-01", "2026-04-30", 0),
        ("2030-01-01", "2026-01-01", -4),
    ],
)
def test_an_age_is_counted_in_whole_years(born: str, today: str, age: int) -> None:
    assert evaluated(f'years_between(date("{born}"), date("{today}"))') == age


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("age > 3", Reason.UNANSWERED),
        ("1 / 0", Reason.DIVISION_BY_ZERO),
        ("1 % 0", Reason.DIVISION_BY_ZERO),
        ("9007199254740991 + 1", Reason.OVERFLOW),
        ("[1][2]", Reason.OUT_OF_RANGE),
    ],
)
def test_what_has_no_value_says_why(source: str, reason: Reason) -> None:
    with pytest.raises(NoValue) as fault:
        evaluated(source)
    assert fault.value.reason is reason


def test_a_side_that_decides_wins_over_an_unanswered_one() -> None:
    assert evaluated("age > 3 || true") is True
    assert evaluated("false && age > 3") is False
    assert not holds(checked(read("age > 3"), KINDS)[0], {})


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("nobody == 1", "unknown_name"),
        ("home.street", "unknown_part"),
        ('age > "3"', "kinds_differ"),
        ("age * 1.5", "kinds_differ"),
        ("age && true", "not_a_condition"),
        ("age.all(a, true)", "not_a_list"),
        ('name.matches("(a+)+")', "unknown_function"),
        ('born_on < "tomorrow"', "not_a_date"),
        ("age ? 1", "unreadable"),
        ("", "unreadable"),
        ("age ==", "unreadable"),
        ("99999999999999999999", "too_large"),
        ("rows.all(1, true)", "macro"),
        ("1" + "+1" * 990, "too_complex"),
        ("(" * 900 + "1" + ")" * 900 + " + x" * 100, "too_long"),
        ("!" * 1900 + "true", "too_complex"),
    ],
)
def test_a_faulty_rule_is_refused_before_it_is_used(source: str, what: str) -> None:
    with pytest.raises(BadExpression) as refusal:
        checked(read(source), KINDS)
    assert refusal.value.facts["what"] == what


def test_a_rule_cannot_run_for_ever() -> None:
    source = "rows.all(a, rows.all(b, rows.all(c, a.n + b.n + c.n >= 0)))"

    with pytest.raises(NoValue) as fault:
        evaluated(source, rows=[{"n": 1}] * 100)

    assert fault.value.reason is Reason.TOO_MUCH


def test_a_macro_hides_the_name_it_binds() -> None:
    assert names(read("rows.exists(age, age.n > limit)")) == {"rows", "limit"}


numbers = st.recursive(
    st.integers(-50, 50).map(lambda n: f"({n})") | st.sampled_from(["a", "b"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/%"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=6,
)
conditions = st.recursive(
    st.tuples(numbers, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), numbers).map(" ".join),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
        | inner.map(lambda c: f"!({c})")
        | inner.map(lambda c: f"[1, 2, a].exists(x, x > b || ({c}))")
    ),
    max_leaves=5,
)


@given(conditions, st.integers(-9, 9), st.integers(-9, 9))
def test_values_agree_with_another_implementation_of_the_language(source: str, a: int, b: int) -> None:
    node, _ = checked(read(source), {"a": Simple.INT, "b": Simple.INT})
    try:
        ours: object = value(node, {"a": a, "b": b})
    except NoValue:
        ours = "no value"
    try:
        theirs = cel.evaluate(source, {"a": a, "b": b})
    except (RuntimeError, ValueError, TypeError, OverflowError, ArithmeticError):
        theirs = "no value"

    assert ours == theirs


def test_a_record_may_be_compared_with_nothing_and_with_nothing_else() -> None:
    kinds: dict[str, Kind] = {"home": Record(street=Simple.TEXT)}

    assert value(checked(read("home == null"), kinds)[0], {}) is True
    for source in ("home < 3", "home + 1", "home == 3"):
        with pytest.raises(BadExpression):
            checked(read(source), kinds)


def test_doubles_end_where_whole_numbers_do() -> None:
    for source in ("9007199254740991.0 + 1.0", "4.0e15 * 4.0", "sum([9007199254740991.0, 1.0, -1.0])"):
        with pytest.raises(NoValue):
            value(checked(read(source), {})[0], {})
