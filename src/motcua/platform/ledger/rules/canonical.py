"""The one text of a leaf: what is hashed, byte for byte.

A leaf is a JSON object (RFC 8259, within the limits of RFC 7493) in UTF-8 with sorted keys, no spaces,
no floats, integers below 2⁵³, instants in UTC to the microsecond and ids in their usual text. A value
that has two spellings has no place in a hash, so everything else is refused.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from json.encoder import encode_basestring
from typing import Final
from uuid import UUID

from motcua.platform.ledger.types import NotCanonical, Statement

LARGEST_INTEGER: Final = 2**53 - 1  #: RFC 7493 § 2.2: what every JSON reader understands exactly


def leaf_text(leaf: Statement) -> str:
    """Return the canonical text of a leaf, given that ``leaf.facts`` already is canonical."""
    return (
        f'{{"actor":{{"agency":{_id(leaf.agency_id)},"person":{_id(leaf.person_id)},'
        f'"role":{_text(leaf.role)},"seat":{_id(leaf.seat_id)}}},"at":"{instant(leaf.at)}",'
        f'"deed":{_text(leaf.deed)},"facts":{leaf.facts},"id":"{leaf.id}","subject":{_text(leaf.subject)}}}'
    )


def facts_text(facts: Mapping[str, object]) -> str:
    """Return the canonical text of the facts of a deed.

    Raises NotCanonical with the path of the first value that has no single spelling.
    """
    return _object(facts, "facts")


def instant(at: datetime) -> str:
    """Return an aware instant as ``2026-02-11T02:00:00.000000Z``."""
    if at.utcoffset() is None:
        raise NotCanonical(f"{at!r} has no time zone")
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def refuse_unwritable(value: str, path: str) -> None:
    """Raise NotCanonical if a text has no UTF-8 form or cannot be stored."""
    if "\0" in value:
        raise NotCanonical(f"{path}: text holds a NUL")
    if value.isascii():
        return
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotCanonical(f"{path}: text holds half of a surrogate pair") from None


def _value(value: object, path: str) -> str:
    if type(value) is str:  # nearly all of them
        return _string(value, path)
    if value is None:
        return "null"
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value, path)
    raise NotCanonical(f"{path}: {type(value).__name__} has no canonical spelling")


def _object(value: Mapping[str, object], path: str) -> str:
    for key in value:
        if not isinstance(key, str):
            raise NotCanonical(f"{path}: key {key!r} is not text")
    rows = (f"{_string(key, path)}:{_value(value[key], f'{path}.{key}')}" for key in sorted(value))
    return f"{{{','.join(rows)}}}"


def _array(value: list[object] | tuple[object, ...], path: str) -> str:
    return f"[{','.join(_value(item, f'{path}[{place}]') for place, item in enumerate(value))}]"


def _string(value: str, path: str) -> str:
    refuse_unwritable(value, path)
    return _text(value)


def _integer(value: int, path: str) -> str:
    if abs(value) > LARGEST_INTEGER:
        raise NotCanonical(f"{path}: {value} is beyond 2**53; write it as text")
    return int.__repr__(value)


def _boolean(value: object, _path: str) -> str:
    return "true" if value else "false"


def _text(value: str) -> str:
    return encode_basestring(value)


def _id(value: UUID | None) -> str:
    return "null" if value is None else f'"{value}"'


#: In this order: a bool is an int, a datetime is a date.
_WRITERS: Final[tuple[tuple[type | tuple[type, ...], Callable[..., str]], ...]] = (
    (str, _string),
    (bool, _boolean),
    (int, _integer),
    (UUID, lambda value, _path: f'"{value}"'),
    (datetime, lambda value, _path: f'"{instant(value)}"'),
    (date, lambda value, _path: f'"{value.isoformat()}"'),
    (Mapping, _object),
    ((list, tuple), _array),
)
