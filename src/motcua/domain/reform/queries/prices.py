"""Read the prices of the Standard Cost Model."""

from motcua.domain.reform.models import PriceRow
from motcua.domain.reform.rules import prices as rules
from motcua.domain.reform.types import Prices, PricesView, SubjectKind


def prices() -> list[Prices]:
    """Return the prices that stand, by year and kind (one query)."""
    return [_prices(row) for row in PriceRow.objects.counting().order_by("year", "kind")]


def prices_history() -> list[PricesView]:
    """Return every price ever set, the latest year and setting first (one query)."""
    rows = PriceRow.objects.order_by("-year", "kind", "-set_at")
    return [PricesView(_prices(row), row.set_at, row.replaced_at) for row in rows]


def prices_for(*, year: int, kind: SubjectKind) -> Prices:
    """Return the prices of ``year``, or of the nearest year that has some."""
    return rules.for_year(prices(), year=year, kind=kind)


def _prices(row: PriceRow) -> Prices:
    return Prices(
        year=row.year,
        kind=SubjectKind(row.kind),
        income_per_year_dong=row.income_per_year_dong,
        days_per_month=row.days_per_month,
        hours_per_day=row.hours_per_day,
        online_percent=row.online_percent,
        source=row.source,
    )
