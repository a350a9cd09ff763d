"""Amounts of đồng. The đồng has no subunit, so money is an integer and never a float."""

from dataclasses import dataclass
from typing import Self

from motcua.kernel.errors import Invalid


class NotMoney(Invalid):
    """An amount is negative, fractional or not a number."""

    code = "kernel.not_money"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A non-negative amount in đồng."""

    dong: int

    def __post_init__(self) -> None:
        if isinstance(self.dong, bool) or not isinstance(self.dong, int) or self.dong < 0:
            raise NotMoney(value=repr(self.dong))

    def __add__(self, other: Self) -> "Money":
        return Money(self.dong + other.dong)

    def __mul__(self, times: int) -> "Money":
        return Money(self.dong * times)

    def __bool__(self) -> bool:
        return self.dong > 0

    def __str__(self) -> str:
        """Return the amount in Vietnamese custom: ``150.000 ₫``."""
        return f"{self.dong:,}".replace(",", ".") + " ₫"


FREE = Money(0)
