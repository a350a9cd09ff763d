"""The Standard Cost Model, as Viet Nam counts the cost of complying with procedures.

For each activity of one performance: hours × hourly income + services + printing, copying, certification + travel.
Once: the sum of preparing each component, filing (by the share of each channel), receiving, fees and charges, other.
A year: once × times a year × applicants a year. Source: Circular 02/2017/TT-VPCP, 03/2022/TT-VPCP.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from motcua.domain.reform.types import Activity, Cost, CostLine, Saving, whole

_CENT: Final = Decimal("0.01")


def cost(
    activities: Iterable[Activity],
    *,
    hourly_income_dong: int,
    times_per_year: Decimal = Decimal(1),
    subjects_per_year: int = 0,
) -> Cost:
    """Return what a performance costs. Each line is whole đồng, so that the sum is what is shown."""
    lines = tuple(CostLine(each, _line_dong(each, hourly_income_dong)) for each in activities)
    return Cost(lines, times_per_year * subjects_per_year)


def saving(before_dong: int, after_dong: int) -> Saving:
    """Return what the change from ``before_dong`` to ``after_dong`` saves, in đồng and percent."""
    saved = before_dong - after_dong
    if not before_dong:
        return Saving(saved, None)
    percent = (Decimal(saved) * 100 / before_dong).quantize(_CENT, ROUND_HALF_UP)
    return Saving(saved, percent)


def _line_dong(activity: Activity, hourly_income_dong: int) -> int:
    return whole(activity.share * (activity.hours * hourly_income_dong + activity.money_dong))
