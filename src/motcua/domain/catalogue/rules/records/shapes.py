"""The open shape of a record: the JSON of our exports and of published collections of procedures.

One object per procedure; ``to_open(from_open(x)) == x`` for every object without unknown keys. What the shape of the
collections lacks (decision dates, cases, forms, titles of instruments …) is written only where there is something to
say, so a record that came from a collection goes back exactly as it came.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from motcua.domain.catalogue.types.process import Channel
from motcua.domain.catalogue.types.record import Action, Level, ProcedureKind, Record, Subject, TimeUnit

CHANNELS: Final = {1: Channel.COUNTER, 2: Channel.ONLINE, 3: Channel.POST}
LEVELS: Final = {
    "bo": Level.MINISTRY,
    "tinh": Level.PROVINCE,
    "huyen": Level.DISTRICT,
    "xa": Level.COMMUNE,
    "khac": Level.OTHER,
}
SUBJECTS: Final = {
    "Công dân Việt Nam": Subject.CITIZEN,
    "Người Việt Nam định cư ở nước ngoài": Subject.OVERSEAS,
    "Người nước ngoài": Subject.FOREIGNER,
    "Cán bộ, công chức, viên chức": Subject.OFFICIAL,
    "Doanh nghiệp": Subject.ENTERPRISE,
    "Doanh nghiệp có vốn đầu tư nước ngoài": Subject.FOREIGN_ENTERPRISE,
    "Tổ chức (không bao gồm doanh nghiệp, HTX)": Subject.ORGANISATION,
    "Tổ chức nước ngoài": Subject.FOREIGN_ORGANISATION,
    "Hợp tác xã": Subject.COOPERATIVE,
}
KINDS: Final = {
    "": None,
    "TTHC được giao luật quy định chi tiết": ProcedureKind.DETAILED,
    "TTHC không được luật giao cho địa phương quy định": ProcedureKind.UNDELEGATED,
    "Loại khác": ProcedureKind.OTHER,
    "TTHC nội bộ": ProcedureKind.INTERNAL,
}
ACTIONS: Final = {
    "thêm mới": Action.NEW,
    "sửa đổi, bổ sung": Action.AMENDED,
    "thay thế": Action.REPLACED,
    "bãi bỏ": Action.ABOLISHED,
}
_LEVEL_NAMES: Final = {level: name for name, level in LEVELS.items()}
SUBJECT_NAMES: Final = {subject: name for name, subject in SUBJECTS.items()}
KIND_NAMES: Final = {kind: name for name, kind in KINDS.items()}
ACTION_NAMES: Final = {action: name for name, action in ACTIONS.items()}
CHANNEL_NUMBERS: Final = {channel: number for number, channel in CHANNELS.items()}

#: Key of the shape → place in the record, for texts that are the same in both.
_TEXTS: Final = ("name", "ministry", "field", "conditions", "source", "field_code", "description", "presence")
_ALWAYS: Final = frozenset({"name", "ministry", "field", "conditions", "source"})
_BODIES: Final = {
    "performing_agency": "performing",
    "competent_agency": "competent",
    "coordinating_agency": "coordinating",
    "delegated_agency": "delegated",
}
_LISTED: Final = ("related", "keywords")
_KNOWN: Final = frozenset(
    {"code", "agency", "decision", "action", "decided_on", "valid_from", "levels", "type", "subjects"}
    | {"receiving_address", "receiving_hours", "methods", "dossier", "sets", "legal", "results", "sequence"}
    | {*_TEXTS, *_BODIES, *_LISTED}
)


class Misread(ValueError):
    """A value that the shape does not know; ``field`` names the place."""

    def __init__(self, field: str, code: str, value: object = "") -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code, self.value = field, code, value


def from_open(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plain data of a record, ready to be validated. Raises Misread."""
    data: dict[str, Any] = {
        "code": _needed(raw, "code"),
        "announcement": {
            "number": raw.get("decision", ""),
            "action": _known(ACTIONS, raw["action"], "action") if raw.get("action") else None,
            "decided_on": raw.get("decided_on"),
            "valid_from": raw.get("valid_from"),
        },
        "kind": _known(KINDS, raw.get("type", ""), "type"),
        "levels": [_known(LEVELS, level, "levels") for level in listed(raw, "levels")],
        "subjects": [_known(SUBJECTS, who, "subjects") for who in listed(raw, "subjects")],
        "sequence": _sequence(raw.get("sequence", "")),
        "methods": [_method(i, m) for i, m in enumerate(objects(raw, "methods"))],
        "dossier": objects(raw, "dossier"),
        "legal_basis": [{"number": x} if isinstance(x, str) else x for x in listed(raw, "legal")],
        "results": objects(raw, "results"),
        "agencies": {place: _bodies(raw[key]) for key, place in _BODIES.items() if raw.get(key)}
        | {key: raw[key] for key in ("receiving_address", "receiving_hours") if key in raw},
        "unread": {key: raw[key] for key in raw if key not in _KNOWN},
    }
    _needed(raw, "name")
    for key in (*_TEXTS, *_LISTED, "agency", "sets"):
        if key in raw:
            data[key] = raw[key]
    return data


def to_open(record: Record) -> dict[str, Any]:
    """Return the record in the open shape, in the order of published collections."""
    said = record.announcement
    agencies = record.agencies
    data: dict[str, Any] = {
        "code": record.code,
        "name": record.name,
        "decision": said.number,
        "ministry": record.ministry,
        "field": record.field,
        "levels": [_LEVEL_NAMES[level] for level in record.levels],
        "type": KIND_NAMES[record.kind],
        "subjects": [SUBJECT_NAMES[subject] for subject in record.subjects],
        "performing_agency": _named(agencies.performing),
        "competent_agency": _named(agencies.competent),
        "coordinating_agency": _named(agencies.coordinating),
        "delegated_agency": _named(agencies.delegated),
        "methods": [_method_out(method.model_dump(mode="python")) for method in record.methods],
        "dossier": [
            _lean(line.model_dump(), {"group", "name", "originals", "copies"}) for line in record.dossier
        ],
        "legal": [
            _bare(x.model_dump(mode="json", exclude_defaults=True), "number") for x in record.legal_basis
        ],
        "results": [_lean(result.model_dump(), {"name", "code"}) for result in record.results],
        "sequence": _sequence_out(record),
        "conditions": record.conditions,
        "source": record.source,
    }
    more: dict[str, Any] = {
        "agency": record.agency,
        "action": ACTION_NAMES[said.action] if said.action else "",
        "decided_on": said.decided_on and said.decided_on.isoformat(),
        "valid_from": said.valid_from and said.valid_from.isoformat(),
        "receiving_address": agencies.receiving_address,
        "receiving_hours": agencies.receiving_hours,
        "sets": record.sets,
        "related": list(record.related),
        "keywords": list(record.keywords),
        **{key: getattr(record, key) for key in _TEXTS if key not in _ALWAYS},
    }
    return data | {key: value for key, value in more.items() if value} | dict(record.unread)


def listed(raw: Mapping[str, Any], key: str) -> list[Any]:
    """Return the list under ``key``, empty if absent. Raises Misread for anything else."""
    value = raw.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Misread(key, "not_a_list", value)
    return value


def objects(raw: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the list of objects under ``key``. Raises Misread."""
    found = listed(raw, key)
    for index, each in enumerate(found):
        if not isinstance(each, dict):
            raise Misread(f"{key}.{index}", "not_an_object", each)
    return found


def _needed(raw: Mapping[str, Any], key: str) -> object:
    if not raw.get(key):
        raise Misread(key, "missing")
    return raw[key]


def _known(table: Mapping[Any, Any], value: object, field: str) -> Any:  # noqa: ANN401  # what the table holds
    try:
        return table[value]
    except (KeyError, TypeError):
        raise Misread(field, "unknown_value", value) from None


def _bodies(said: object) -> list[dict[str, Any]]:
    if isinstance(said, str):
        return [{"name": said}]
    if isinstance(said, list):
        return [{"name": each} if isinstance(each, str) else each for each in said]
    raise Misread("agencies", "not_a_text", said)


def _named(bodies: Iterable[Any]) -> object:
    """Return one nameless-coded body as the text it was, several or coded ones as objects."""
    found = [_bare(body.model_dump(exclude_defaults=True), "name") for body in bodies]
    if not found:
        return ""
    return found[0] if len(found) == 1 and isinstance(found[0], str) else found


def _sequence(said: object) -> list[dict[str, Any]]:
    if isinstance(said, str):
        return [{"steps": [said]}] if said else []
    if isinstance(said, list) and all(isinstance(each, dict) for each in said):
        return said
    raise Misread("sequence", "not_a_text", said)


def _sequence_out(record: Record) -> object:
    if not record.sequence:
        return ""
    only = record.sequence[0]
    if len(record.sequence) == 1 and not only.case and len(only.steps) == 1 and only.steps[0]:
        return only.steps[0]
    return [case.model_dump(mode="json", exclude_defaults=True) for case in record.sequence]


def _method(index: int, raw: dict[str, Any]) -> dict[str, Any]:
    where = f"methods.{index}"
    unit = raw.get("unit")
    return {
        **raw,
        "channel": _known(CHANNELS, raw.get("channel"), f"{where}.channel"),
        "unit": None if unit is None else _known(_UNITS, unit, f"{where}.unit"),
        "note": raw.get("note") or "",
        "fees": objects(raw, "fees"),
    }


_UNITS: Final = {unit.value: unit for unit in TimeUnit}


def _method_out(method: dict[str, Any]) -> dict[str, Any]:
    data = {
        "channel": CHANNEL_NUMBERS[method["channel"]],
        "time": number(method["time"]),
        "unit": method["unit"],
        "free": method["free"],
        "fees": [
            _lean({**fee, "amount": number(fee["amount"])}, {"amount", "currency"}) for fee in method["fees"]
        ],
        "note": method["note"],
    }
    return data | ({"case": method["case"]} if method["case"] else {})


def number(value: Decimal | None) -> int | float | None:
    """Return a whole number as int, a fraction as float: 0.5 days stay 0.5."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _lean(data: dict[str, Any], always: set[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key in always or value not in ("", None)}


def _bare(data: dict[str, Any], key: str) -> object:
    """Return the value of ``key`` alone where nothing else is said."""
    return data[key] if set(data) == {key} else data
