"""Ids of the catalogue and views of what is published."""

from dataclasses import dataclass
from datetime import date
from typing import NewType
from uuid import UUID

from motcua.domain.catalogue.types.definition import Definition, Words

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
class FeeLine:
    """One line of what a dossier costs, in đồng, with the instrument that says so."""

    key: str
    name: Words
    dong: int
    basis: str
