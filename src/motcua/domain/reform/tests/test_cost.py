"""The Standard Cost Model passes its vector, and holds for any figures."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.reform.rules.cost import cost, saving
from motcua.domain.reform.types import Activity, ActivityKind, Prices, SubjectKind

HOURLY = 44_000


def performance(prepare: str, submit: str, copying: int, fee: int) -> list[Activity]:
    return [
        Activity(kind=ActivityKind.PAPER, hours=Decimal(prepare)),
        Activity(kind=ActivityKind.SUBMIT, hours=Decimal(submit)),
        Activity(kind=ActivityKind.COPYING, copying_dong=copying),
        Activity(kind=ActivityKind.FEE, paid_dong=fee),
    ]


def test_the_vector_of_the_circular() -> None:
    before = cost(performance("4", "2", 20_000, 100_000), hourly_income_dong=HOURLY, subjects_per_year=1_000)
    after = cost(performance("2", "0.5", 0, 50_000), hourly_income_dong=HOURLY, subjects_per_year=1_000)

    assert (before.once_dong, before.year_dong) == (384_000, 384_000_000)
    assert (after.once_dong, after.year_dong) == (160_000, 160_000_000)
    change = saving(before.year_dong, after.year_dong)
    assert (change.dong, change.percent) == (224_000_000, Decimal("58.33"))


def test_an_hour_is_income_over_months_days_and_hours() -> None:
    prices = Prices(
        year=2024,
        kind=SubjectKind.INDIVIDUAL,
        income_per_year_dong=114_000_000,
        days_per_month=22,
        hours_per_day=8,
        online_percent=50,
        source="x",
    )

    assert prices.hourly_income_dong == 53_977


def test_nothing_saved_has_no_percent_of_nothing() -> None:
    assert saving(0, 0).percent is None
    assert saving(0, 100).dong == -100


dong = st.integers(0, 10**12)
hours = st.decimals(0, 1000, places=2)
activities = st.lists(
    st.builds(
        Activity,
        kind=st.sampled_from(ActivityKind),
        hours=hours,
        service_dong=dong,
        copying_dong=dong,
        travel_dong=dong,
        paid_dong=dong,
        share=st.decimals(0, 1, places=2),
    ),
    max_size=8,
)


@given(activities, activities, st.integers(1, 10**7))
def test_what_is_done_together_costs_what_its_parts_cost(
    one: list[Activity], other: list[Activity], hourly: int
) -> None:
    parts = [cost(each, hourly_income_dong=hourly).once_dong for each in (one, other)]

    assert cost([*one, *other], hourly_income_dong=hourly).once_dong == sum(parts)


@given(activities, st.integers(1, 10**7), st.integers(0, 10**6), st.decimals("0.1", 50, places=1))
def test_a_year_is_once_as_often_as_it_happens(
    done: list[Activity], hourly: int, subjects: int, times: Decimal
) -> None:
    found = cost(done, hourly_income_dong=hourly, times_per_year=times, subjects_per_year=subjects)

    assert abs(found.year_dong - found.once_dong * times * subjects) <= Decimal("0.5")


@given(st.lists(hours, min_size=1, max_size=5), st.integers(1, 10**6))
def test_dearer_hours_never_cost_less(spans: list[Decimal], hourly: int) -> None:
    done = [Activity(kind=ActivityKind.PAPER, hours=span) for span in spans]

    assert (
        cost(done, hourly_income_dong=hourly).once_dong <= cost(done, hourly_income_dong=hourly + 1).once_dong
    )


@given(dong, dong)
def test_what_is_saved_and_what_is_left_are_what_there_was(before: int, after: int) -> None:
    change = saving(before, after)

    assert change.dong + after == before
    assert change.percent is None or change.percent <= 100
