"""The working calendar of Vietnam's state offices, as a starting point that agencies amend by rows.

Source: Labour Code 2019, article 112 (days off), as listed by the ``holidays`` library; the Prime Minister's
notices on Tết, National Day and swapped days of each year (2026: Notice 9441/TB-BNV and Official letter
9859/VPCP-KGVX of 13/10/2025).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from motcua.kernel.calendar.working_time import OFFICE_HOURS, WorkCalendar

#: Saturdays worked in exchange for a weekday off – *ngày làm bù*.
MAKEUP_DAYS = (
    date(2024, 5, 4),  # for Monday 29/04/2024
    date(2025, 4, 26),  # for Friday 02/05/2025
    date(2026, 8, 22),  # for Monday 31/08/2026
)

#: Days the library counts as off and the published plan as worked.
WORKED_AFTER_ALL = (date(2027, 2, 4),)  # Tết 2027 is planned for 5–10 February


def vietnam(years: Iterable[int]) -> WorkCalendar:
    """Return the calendar with the days off of these years: 08:00–12:00, 13:00–17:00, Monday to Friday.

    Years beyond the published notices hold what the law and the lunar calendar give; the swaps are not known
    yet.
    """
    return _vietnam(frozenset(years))


@lru_cache(maxsize=64)
def _vietnam(years: frozenset[int]) -> WorkCalendar:
    # Loading the library takes longer than most commands; only those who need it pay.
    from holidays.countries.vietnam import Vietnam

    # The library carries no annotations.
    library: Mapping[date, str] = Vietnam(years=sorted(years), language="vi")  # type: ignore[no-untyped-call]
    days = {on: name for on, name in library.items() if on.year in years}
    return WorkCalendar(
        hours=OFFICE_HOURS,
        holidays={on: name for on, name in days.items() if on not in WORKED_AFTER_ALL},
        makeup_days=frozenset(on for on in MAKEUP_DAYS if on.year in years),
    )
