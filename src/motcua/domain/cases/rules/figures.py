"""What reports count: spans of days, and when a dossier is late.

Source: Decision 766/QĐ-TTg (2022), criterion 2.1; Decree 09/2019/NĐ-CP art. 12 (report periods); the states are
grouped as in the reports of the national exchange. Plain functions; SQL in ``queries/figures`` says the same.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final

from motcua.domain.cases.types import NotASpan, Span
from motcua.kernel.calendar import PeriodKind, report_period

MONTHS_IN_QUARTER: Final = 3
_TEXT: Final = re.compile(
    r"(?P<report>bc)?(?P<year>\d{4})(-Q(?P<quarter>[1-4])|-(?P<month>\d{2})(-(?P<day>\d{2}))?)?"
)


def span_of(text: str) -> Span:
    """Return the span of ``2026``, ``2026-Q4``, ``2026-10``, ``2026-10-05``, or, from the 15th to the 14th of
    Decree 09/2019, ``bc2026``, ``bc2026-Q4``, ``bc2026-10``. Raises NotASpan.
    """
    found = _TEXT.fullmatch(text.strip())
    if found is None:
        raise NotASpan(text=text)
    year = int(found["year"])
    quarter, month, day = (int(found[part]) if found[part] else None for part in ("quarter", "month", "day"))
    try:
        first, last = (
            _reported(year, quarter, month, day) if found["report"] else _civil(year, quarter, month, day)
        )
    except ValueError as error:
        raise NotASpan(text=text) from error
    return Span(first, last, text.strip())


def _civil(year: int, quarter: int | None, month: int | None, day: int | None) -> tuple[date, date]:
    if day and month:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), _month_after(year, month) - timedelta(days=1)
    if quarter:
        last = quarter * MONTHS_IN_QUARTER
        return date(year, last - 2, 1), _month_after(year, last) - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def _reported(year: int, quarter: int | None, month: int | None, day: int | None) -> tuple[date, date]:
    if day:
        raise ValueError("a report covers at least a month")
    kind = PeriodKind.MONTH if month else PeriodKind.QUARTER if quarter else PeriodKind.YEAR
    period = report_period(kind, year, month or quarter or 1)
    return period.start, period.end


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def is_late(ended_at: datetime, due_at: datetime | None, *, appointments: int, requests: int) -> bool:
    """Return whether a finished dossier counts as late: after its appointment (equal is on time), or after a second
    appointment or a second request for papers whatever those said.
    """
    return appointments > 1 or requests > 1 or (due_at is not None and ended_at > due_at)
