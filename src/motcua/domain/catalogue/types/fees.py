"""Fees – phí, lệ phí: what a dossier costs, by case and channel, with who is exempt."""

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from motcua.domain.catalogue.types.process import Channel
from motcua.domain.catalogue.types.words import Key, Part, Rule, Words


class Tier(Part):
    """Units up to and including ``up_to`` cost ``amount`` đồng each; the last tier has no ``up_to``."""

    amount: Annotated[int, Field(ge=0)]
    up_to: Annotated[int, Field(ge=1)] | None = None


class Reduction(Part):
    """Who pays less – miễn, giảm – and by what right. 100 percent is an exemption."""

    key: Key
    name: Words
    basis: str
    percent: Annotated[int, Field(ge=1, le=100)]
    when: Rule | None = None
    channels: tuple[Channel, ...] = ()


class FeeSpec(Part):
    """A fee: one amount, tiers over a counted answer, or a formula in đồng; capped, times another answer.

    It is owed when ``when`` holds and the dossier is of one of ``cases`` and came by one of ``channels``
    (empty: any). Of several reductions that apply, the greatest counts.
    """

    key: Key
    name: Words
    basis: str  #: the instrument that sets it
    amount: Annotated[int, Field(ge=0)] = 0
    tiers: tuple[Tier, ...] = ()
    formula: Rule | None = None
    units_field: Key | None = None
    times_field: Key | None = None
    maximum: Annotated[int, Field(ge=0)] | None = None
    when: Rule | None = None
    cases: tuple[Key, ...] = ()
    channels: tuple[Channel, ...] = ()
    reductions: tuple[Reduction, ...] = ()

    @model_validator(mode="after")
    def _one_way_to_price(self) -> Self:
        if sum(map(bool, (self.amount, self.tiers, self.formula))) > 1:
            raise PydanticCustomError("fee", "amount, tiers or formula: one of them")
        if bool(self.tiers) != bool(self.units_field):
            raise PydanticCustomError("fee", "tiers go with units_field, and only with it")
        bounds = [tier.up_to for tier in self.tiers]
        if None in bounds[:-1] or (bounds and bounds[-1] is not None):
            raise PydanticCustomError("fee", "the last tier alone has no up_to")
        if any(a is not None and b is not None and a >= b for a, b in pairwise(bounds)):
            raise PydanticCustomError("fee", "tiers rise")
        return self
