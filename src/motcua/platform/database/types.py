"""Vocabulary of the database service: pages of lists, and what can go wrong at the start."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from motcua.kernel.errors import Conflict, Invalid

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One stretch of a list. Lists are walked forward by cursor; there are no page numbers and no totals."""

    items: tuple[T, ...]
    next_cursor: str | None  #: give it back as ``after`` for the next stretch; None at the end


@dataclass(frozen=True, slots=True)
class Key:
    """One column of a list's order. The keys of a list together must tell any two rows apart."""

    name: str  #: field or annotation
    descending: bool = False
    nullable: bool = False  #: rows without a value stand last, whichever the direction


class BadCursor(Invalid):
    """The cursor was not made by this list, or was tampered with."""

    code = "database.bad_cursor"


class DatabaseUnavailable(Conflict):
    """The database cannot be started or reached; ``facts["why"]`` says it in one line for the operator."""

    code = "database.unavailable"

    def __str__(self) -> str:
        return str(self.facts.get("why", self.code))
