"""Keyset pagination: the price of a page does not grow with its depth, and no row is seen twice.

A cursor holds the keys of the last row shown, signed, so it cannot be forged into a query that fails.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from motcua.platform.database.types import BadCursor, Key, Page

T = TypeVar("T")
_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "UUID": UUID,
    "Decimal": Decimal,
    "str": str,
    "int": int,
    "bool": lambda text: text == "True",
}


def page(
    rows: QuerySet[Any, Any],
    *,
    order: Sequence[Key],
    after: str | None,
    size: int,
    view: Callable[[Any], T],
) -> Page[T]:
    """Return the ``size`` rows that follow the cursor ``after`` (the first ones if None), one query.

    ``rows`` may yield model instances, ``values()`` or ``values_list(named=True)``, and must carry every
    key; ``view`` turns a row into what the page holds. Raises BadCursor.
    """
    if after:
        rows = rows.filter(_beyond(order, decode(after, order)))
    found = list(rows.order_by(*map(_ordering, order))[: size + 1])
    shown = found[:size]
    more = len(found) > size
    cursor = encode([_read(shown[-1], key.name) for key in order], order) if more else None
    return Page(items=tuple(map(view, shown)), next_cursor=cursor)


def encode(values: Sequence[object], order: Sequence[Key]) -> str:
    """Return the cursor that stands behind a row with these key values."""
    tagged = [None if value is None else [type(value).__name__, _written(value)] for value in values]
    return _signer(order).sign_object(tagged, serializer=_Compact)


def decode(cursor: str, order: Sequence[Key]) -> list[Any]:
    """Return the key values in ``cursor``. Raises BadCursor."""
    try:
        tagged = _signer(order).unsign_object(cursor, serializer=_Compact)
    except BadSignature as fault:
        raise BadCursor(fields={"after": BadCursor.code}) from fault
    return [None if pair is None else _READERS[pair[0]](pair[1]) for pair in tagged]


class _Compact:
    """JSON without spaces, for the signer."""

    def dumps(self, obj: object) -> bytes:
        return json.dumps(obj, separators=(",", ":"), ensure_ascii=False).encode()

    def loads(self, data: bytes) -> object:
        return json.loads(data)


def _signer(order: Sequence[Key]) -> Signer:
    return Signer(salt="motcua.database.cursor:" + ",".join(f"{k.name}{'-' * k.descending}" for k in order))


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(row: object, name: str) -> object:
    if isinstance(row, dict):
        return row[name]
    if hasattr(row, name):
        return getattr(row, name)
    for step in name.split("__"):
        row = getattr(row, step)
    return row


def _ordering(key: Key) -> OrderBy:
    column = F(key.name)
    nulls_last = True if key.nullable else None
    return column.desc(nulls_last=nulls_last) if key.descending else column.asc(nulls_last=nulls_last)


def _beyond(order: Sequence[Key], values: Sequence[Any]) -> Q:
    """Return the condition "stands after the row with these values".

    ``(a, b) > (x, y)`` written out, because directions may differ and values may be missing; the leading
    bound on ``a`` alone lets an index on it serve the page.
    """
    key, value = order[0], values[0]
    after = _after(key, value)
    same = Q(**{f"{key.name}__isnull": True}) if value is None else Q(**{key.name: value})
    if len(order) == 1:
        return after
    return (after | same) & (after | (same & _beyond(order[1:], values[1:])))


def _after(key: Key, value: object) -> Q:
    if value is None:  # rows without a value are the last: nothing stands after them
        return Q(pk__in=[])
    after = Q(**{f"{key.name}__{'lt' if key.descending else 'gt'}": value})
    return after | Q(**{f"{key.name}__isnull": True}) if key.nullable else after
