"""What an expression may be about: the kinds of value."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Simple(StrEnum):
    BOOL = "bool"
    INT = "int"  #: whole number, safe in every language: |n| < 2**53
    DOUBLE = "double"  #: IEEE 754 binary64
    TEXT = "text"
    DATE = "date"  #: a day, ISO 8601 text
    NULL = "null"  #: the answer that is not there


@dataclass(frozen=True, slots=True)
class ListOf:
    each: "Kind"


@dataclass(frozen=True, slots=True)
class Record:
    """A value with named parts, e.g. an address or one row of a table."""

    parts: Mapping[str, "Kind"]

    def __init__(self, **parts: "Kind") -> None:
        object.__setattr__(self, "parts", MappingProxyType(parts))

    def __hash__(self) -> int:
        return hash(frozenset(self.parts))


Kind = Simple | ListOf | Record


def said(kind: Kind) -> str:
    """Return the name of ``kind`` as an administrator reads it in a fault."""
    match kind:
        case ListOf(each):
            return f"list of {said(each)}"
        case Record():
            return "record"
        case _:
            return str(kind)
