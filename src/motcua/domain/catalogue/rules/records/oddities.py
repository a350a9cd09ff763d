"""What is odd in a record that is nevertheless taken as it is. Each has a stable code and names its place."""

import re
from collections.abc import Iterator
from typing import Final

from motcua.domain.catalogue.rules.records import dossiers, legal, notes
from motcua.domain.catalogue.types.record import Component, Level, Record
from motcua.domain.catalogue.types.record_views import Fault

_DECISION = re.compile(r"^\d+[a-zđ]?/QĐ-[A-ZĐ][A-ZĐ0-9]*(-[A-ZĐ0-9]+)*$")
#: Where a text ends exactly here it was probably cut by the source: (part of the record, characters).
_CUT: Final = {"sequence": 6000, "conditions": 2000, "method": 400, "paper": 600, "group": 200}
_SHOWN: Final = 80


def found(record: Record) -> tuple[Fault, ...]:
    """Return everything odd in the record, in its own order."""
    return tuple(_found(record))


def is_cut_name(line: Component) -> bool:
    """Tell whether the source cut the name of a paper short."""
    return len(line.name) == _CUT["paper"]


def _found(record: Record) -> Iterator[Fault]:
    if record.announcement.number and not _DECISION.match(record.announcement.number):
        yield Fault("decision", "unusual_decision_number", record.announcement.number[:_SHOWN])
    if record.kind is None:
        yield Fault("type", "no_kind")
    if Level.DISTRICT in record.levels:
        yield Fault("levels", "district_level")
    yield from _methods(record)
    yield from _dossier(record)
    for index, instrument in enumerate(record.legal_basis):
        if legal.true_number(instrument.number) != instrument.number:
            yield Fault(f"legal.{index}", "glued_number", instrument.number[:_SHOWN])
    yield from _cut_texts(record)
    for key in record.unread:
        yield Fault(key, "unread_part")


def _methods(record: Record) -> Iterator[Fault]:
    seen = set()
    for index, method in enumerate(record.methods):
        where = f"methods.{index}"
        if notes.fee_ran_into_time(method):
            yield Fault(f"{where}.time", "fee_in_time", f"{method.time}{method.note[:20]}")
        elif method.time is not None and method.unit is None:
            yield Fault(f"{where}.unit", "no_time_unit", str(method.time))
        if method.free and method.fees:
            yield Fault(f"{where}.free", "free_with_fees")
        if method in seen:
            yield Fault(where, "repeated_method")
        seen.add(method)


def _dossier(record: Record) -> Iterator[Fault]:
    for index, line in enumerate(record.dossier):
        if dossiers.is_remark(line):
            yield Fault(f"dossier.{index}", "remark_line", line.name[:_SHOWN])
        if not line.name.strip():
            yield Fault(f"dossier.{index}.name", "nameless_line")


def _cut_texts(record: Record) -> Iterator[Fault]:
    if any(len(step) == _CUT["sequence"] for case in record.sequence for step in case.steps):
        yield Fault("sequence", "text_cut")
    if len(record.conditions) == _CUT["conditions"]:
        yield Fault("conditions", "text_cut")
    for index, method in enumerate(record.methods):
        if len(method.note) == _CUT["method"]:
            yield Fault(f"methods.{index}.note", "text_cut")
    for index, line in enumerate(record.dossier):
        if is_cut_name(line):
            yield Fault(f"dossier.{index}.name", "text_cut")
        if len(line.group) == _CUT["group"]:
            yield Fault(f"dossier.{index}.group", "text_cut")
