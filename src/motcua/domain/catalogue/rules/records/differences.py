"""What differs between two records, and between a definition and the record it should follow."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from motcua.domain.catalogue.rules.records import shapes
from motcua.domain.catalogue.types.record import Record
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs; an empty side was not there."""

    part: str  #: key of the open shape
    before: str
    after: str


def differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """Return every part that differs, line by line in lists, in the order of the open shape."""
    old, new = shapes.to_open(before), shapes.to_open(after)
    return tuple(found for part in {**old, **new} for found in _in_part(part, old.get(part), new.get(part)))


def disagreements(announced: Record, implied: Record) -> tuple[Difference, ...]:
    """Return where a definition does otherwise than its procedure was announced: what citizens would notice."""
    pairs = {
        "name": (fold(announced.name), fold(implied.name), announced.name, implied.name),
        "channels": _same(_channels(announced), _channels(implied)),
        "limit": _same(_limits(announced), _limits(implied)),
        "fees": _same(_fees(announced), _fees(implied)),
        "papers": _same(_papers(announced), _papers(implied)),
    }
    return tuple(
        Difference(part, was, now) for part, (left, right, was, now) in pairs.items() if left != right
    )


def _in_part(part: str, before: object, after: object) -> Iterator[Difference]:
    if before == after:
        return
    if not isinstance(before, list) or not isinstance(after, list):
        yield Difference(part, _text(before), _text(after))
        return
    old, new = [_text(each) for each in before], [_text(each) for each in after]
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal":
            longest = max(i2 - i1, j2 - j1)
            for offset in range(longest):
                was = old[i1 + offset] if i1 + offset < i2 else ""
                now = new[j1 + offset] if j1 + offset < j2 else ""
                yield Difference(part, was, now)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(
            f"{key}: {_text(inner)}" for key, inner in value.items() if inner not in ("", None, [], False)
        )
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _same(announced: str, implied: str) -> tuple[str, str, str, str]:
    return announced, implied, announced, implied


def _channels(record: Record) -> str:
    return ", ".join(sorted({method.channel for method in record.methods}))


def _limits(record: Record) -> str:
    found = {f"{m.time.normalize():f} {m.unit}" for m in record.methods if m.time is not None and m.unit}
    return ", ".join(sorted(found))


def _fees(record: Record) -> str:
    amounts: set[Any] = {
        (fee.amount, fee.currency) for method in record.methods for fee in method.fees if fee.amount
    }
    return ", ".join(f"{amount.normalize():f} {currency}" for amount, currency in sorted(amounts))


def _papers(record: Record) -> str:
    return str(sum(1 for line in record.dossier if line.originals or line.copies))
