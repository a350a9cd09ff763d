"""Which prices apply in a year, and whether new ones make sense."""

from collections.abc import Iterable, Mapping
from typing import Final

from motcua.domain.reform.types import BadPrices, Prices, SubjectKind

RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "year": (2000, 2100),
    "income_per_year_dong": (1_000_000, 100_000_000_000),
    "days_per_month": (1, 31),
    "hours_per_day": (1, 24),
    "online_percent": (0, 100),
}


def refuse_if_unfit(prices: Prices) -> None:
    """Raise BadPrices naming every figure out of its range."""
    fields = {
        name: "out_of_range"
        for name, (low, high) in RANGES.items()
        if not low <= getattr(prices, name) <= high
    }
    if not prices.source.strip():
        fields["source"] = "required"
    if fields:
        raise BadPrices(fields=fields)


def for_year(known: Iterable[Prices], *, year: int, kind: SubjectKind) -> Prices:
    """Return the prices of ``year``, else of the last year before it, else of the first after it."""
    of_kind = sorted((each for each in known if each.kind is kind), key=lambda each: each.year)
    earlier = [each for each in of_kind if each.year <= year]
    return earlier[-1] if earlier else of_kind[0]
