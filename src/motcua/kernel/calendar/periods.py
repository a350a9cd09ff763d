"""Reporting periods – *kỳ báo cáo*: every period runs from the 15th to the 14th.

Source: Decree 09/2019/NĐ-CP, article 12, as used by the provinces' reporting systems.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.kernel.errors import Invalid

_OPENS_ON, _CLOSES_ON = 15, 14
_MONTHS_IN_YEAR = 12


class PeriodKind(StrEnum):
    MONTH = "month"  #: tháng
    QUARTER = "quarter"  #: quý
    HALF = "half"  #: 6 tháng
    NINE_MONTHS = "nine_months"  #: 9 tháng
    YEAR = "year"  #: năm


#: kind → (months it covers, how many there are in a year)
_SHAPES = {
    PeriodKind.MONTH: (1, 12),
    PeriodKind.QUARTER: (3, 4),
    PeriodKind.HALF: (6, 2),
    PeriodKind.NINE_MONTHS: (9, 1),
    PeriodKind.YEAR: (12, 1),
}


class NotAPeriod(Invalid):
    """There is no period with this number in that year."""

    code = "calendar.not_a_period"


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day whose data a report covers."""

    start: date
    end: date


def report_period(kind: PeriodKind, year: int, index: int = 1) -> Period:
    """Return the ``index``-th period of that kind in the year, counted from 1. Raises NotAPeriod."""
    months, how_many = _SHAPES[kind]
    if not 1 <= index <= how_many or not date.min.year < year <= date.max.year:
        raise NotAPeriod(kind=kind.value, year=year, index=index)
    last_month = index * months
    before = last_month - months  # the month before the period; December of the year before is 0
    start = date(year, before, _OPENS_ON) if before else date(year - 1, _MONTHS_IN_YEAR, _OPENS_ON)
    return Period(start, date(year, last_month, _CLOSES_ON))
