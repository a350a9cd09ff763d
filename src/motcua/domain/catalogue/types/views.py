"""Ids of the catalogue and views of what is published."""

from dataclasses import dataclass
from datetime import date
from typing import NewType
from uuid import UUID

from motcua.domain.catalogue.types.definition import Definition
from motcua.domain.catalogue.types.words import Words

ProcedureId = NewType("ProcedureId", UUID)
VersionId = NewType("VersionId", UUID)


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """One published version of a procedure."""

    id: ProcedureId
    version_id: VersionId
    version: int
    code: str
    definition: Definition
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class FeeStep:
    """One step of the way to a fee: ``what`` is amount, tier, formula, maximum, times or reduction.

    ``dong`` is the fee after the step; ``count`` the units, times or percent; ``each`` đồng for one unit.
    """

    what: str
    dong: int
    count: int = 0
    each: int = 0
    name: Words | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of what a dossier costs, in đồng, with the instrument that says so and how it came about."""

    key: str
    name: Words
    dong: int
    basis: str
    steps: tuple[FeeStep, ...] = ()
