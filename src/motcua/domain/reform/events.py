"""What simplification announces."""

from dataclasses import dataclass

from motcua.domain.reform.types import SubjectKind
from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesSet(Event):
    """An hour is reckoned at another price from now on."""

    year: int
    kind: SubjectKind
    hourly_income_dong: int
