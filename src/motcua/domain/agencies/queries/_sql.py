"""Small helpers of the queries."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import connection

from motcua.kernel.clock import local_date, now
from motcua.kernel.text import fold

Row = tuple[Any, ...]
V = TypeVar("V")


def today(on: date | None) -> date:
    """Return ``on``, or the present day in Vietnam."""
    return on or local_date(now())


def rows(sql: str, facts: Mapping[str, Any]) -> list[Row]:
    """Run one statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        found: list[Row] = cursor.fetchall()
    return found


def word_starts(text: str) -> list[str]:
    """Return a LIKE pattern for each word, to be met by ' ' || accent-free text."""
    return [f"% {word}%" for word in fold(text).split()]


def ids(values: Iterable[V]) -> list[V]:
    """Return distinct values as a list, for ``= ANY``."""
    return list(set(values))
