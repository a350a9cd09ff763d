"""What a locality decides differently: changes laid over whatever national record is in force.

Source: Decree 63/2010/NĐ-CP art. 8 cl. 2 and art. 13 (localities detail what a law delegates: address, hours, fees of
the People's Council, shorter limits). A change names its place by a path of a short list and remembers the national
value it was made against, so that it survives the next national version and says when that has moved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from motcua.domain.catalogue.rules.records import levels, shapes
from motcua.domain.catalogue.types.record import Agencies, Body, Fee, Method, OnlineLevel, Record, TimeUnit
from motcua.domain.catalogue.types.refusals import BadLocalRule

JsonValue = Any
_TEXTS: Final = ("receiving_address", "receiving_hours")
_FEES: Final = TypeAdapter(tuple[Fee, ...])


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where, what holds locally, and the national value when it was decided."""

    path: str  #: receiving_address, receiving_hours, performing, online_level, methods/<channel>/<n>/limit | fees
    value: JsonValue
    was: JsonValue = None


class Fit(StrEnum):
    """How a change stands to the national record of today."""

    APPLIES = "applies"
    MOVED = "moved"  #: applies; the national value is another than when it was decided
    SAME = "same"  #: the national record says the same by now
    GONE = "gone"  #: the place no longer exists; the change rests


@dataclass(frozen=True, slots=True)
class Laid:
    """A change and how it fits."""

    change: Change
    national: JsonValue
    fit: Fit


@dataclass(frozen=True, slots=True)
class LaidOver:
    """A national record with local changes over it."""

    record: Record
    online_level: OnlineLevel
    changes: tuple[Laid, ...]


def places(record: Record) -> dict[str, JsonValue]:
    """Return every path that may be changed in this record, with its national value."""
    found: dict[str, JsonValue] = {name: getattr(record.agencies, name) for name in _TEXTS}
    found["performing"] = ", ".join(body.name for body in record.agencies.performing)
    found["online_level"] = levels.online_level(record).value
    for path, method in _methods(record.methods):
        found[f"{path}/limit"] = _limit(method)
        found[f"{path}/fees"] = [_fee(fee) for fee in method.fees]
    return found


def checked(record: Record, wanted: Mapping[str, JsonValue]) -> tuple[Change, ...]:
    """Return changes against the record of today. Raises BadLocalRule naming each path that cannot be changed so."""
    national = places(record)
    faults: dict[str, str] = {}
    changes = []
    for path, value in wanted.items():
        if path not in national:
            faults[path] = "not_allowed"
        elif fault := _fault(path, value):
            faults[path] = fault
        else:
            changes.append(Change(path, value, national[path]))
    if faults or not changes:
        raise BadLocalRule(fields=faults or {"": "missing"})
    return tuple(changes)


def laid_over(record: Record, changes: Sequence[Change]) -> LaidOver:
    """Return the record with the changes over it; one whose place is gone rests and is reported."""
    national = places(record)
    laid = tuple(_laid(change, national) for change in changes)
    holding = {each.change.path: each.change.value for each in laid if each.fit is not Fit.GONE}
    level = OnlineLevel(str(holding.get("online_level", national["online_level"])))
    changed = record.model_copy(
        update={
            "agencies": _agencies(record.agencies, holding),
            "methods": tuple(_method(path, method, holding) for path, method in _methods(record.methods)),
        }
    )
    return LaidOver(changed, level, laid)


def _laid(change: Change, national: Mapping[str, JsonValue]) -> Laid:
    if change.path not in national:
        return Laid(change, None, Fit.GONE)
    now = national[change.path]
    if now == change.value:
        return Laid(change, now, Fit.SAME)
    return Laid(change, now, Fit.APPLIES if now == change.was else Fit.MOVED)


def _methods(methods: Iterable[Method]) -> list[tuple[str, Method]]:
    """Return methods under a name that outlives reordering: the n-th way by its channel."""
    seen: dict[str, int] = {}
    found = []
    for method in methods:
        seen[method.channel] = number = seen.get(method.channel, 0) + 1
        found.append((f"methods/{method.channel}/{number}", method))
    return found


def _limit(method: Method) -> JsonValue:
    if method.time is None:
        return None
    return {"time": str(method.time.normalize()), "unit": method.unit and method.unit.value}


def _fee(fee: Fee) -> JsonValue:
    return {"amount": shapes.number(fee.amount), "currency": fee.currency, "text": fee.text}


def _fault(path: str, value: JsonValue) -> str:
    """Return what is wrong with a value, or nothing."""
    try:
        if path.endswith("/limit"):
            Method.model_validate({"channel": "counter", **value})
            return "" if value.get("unit") in set(TimeUnit) and value.get("time") else "missing"
        if path.endswith("/fees"):
            _FEES.validate_python(value)
        elif path == "online_level":
            OnlineLevel(value)
        elif not isinstance(value, str) or not value.strip() or "\x00" in value:
            return "missing"
    except (ValidationError, ValueError, TypeError, AttributeError):
        return "bad_value"
    return ""


def _agencies(agencies: Agencies, holding: Mapping[str, JsonValue]) -> Agencies:
    update: dict[str, Any] = {name: holding[name] for name in _TEXTS if name in holding}
    if "performing" in holding:
        update["performing"] = (Body(name=holding["performing"]),)
    return agencies.model_copy(update=update)


def _method(path: str, method: Method, holding: Mapping[str, JsonValue]) -> Method:
    data = method.model_dump()
    if limit := holding.get(f"{path}/limit"):
        data |= limit
    if f"{path}/fees" in holding:
        fees = holding[f"{path}/fees"]
        data |= {"fees": fees, "free": not fees, "note": ""}  # the national note told the national fee
    return Method.model_validate(data)
