"""Which of the mandatory parts a record lacks. Source: index 766, metric 1.3 "đầy đủ bộ phận tạo thành"."""

from collections.abc import Callable, Mapping
from typing import Final

from motcua.domain.catalogue.rules.records import dossiers
from motcua.domain.catalogue.types.record import Part, Record


def _has_limit(record: Record) -> bool:
    """A time limit counts when value and unit are both said for at least one way."""
    return any(method.time is not None and method.unit is not None for method in record.methods)


def _has_dossier(record: Record) -> bool:
    """The papers and how many of each, or how many sets."""
    papers = [line for line in record.dossier if not dossiers.is_remark(line)]
    return bool(papers) or (bool(record.dossier) and record.sets is not None)


_HAS: Final[Mapping[Part, Callable[[Record], bool]]] = {
    Part.NAME: lambda record: bool(record.name.strip()),
    Part.SEQUENCE: lambda record: any(step.strip() for case in record.sequence for step in case.steps),
    Part.METHODS: lambda record: bool(record.methods),
    Part.DOSSIER: _has_dossier,
    Part.LIMIT: _has_limit,
    Part.SUBJECTS: lambda record: bool(record.subjects),
    Part.PERFORMER: lambda record: bool(record.agencies.performing),
}


def missing(record: Record) -> tuple[Part, ...]:
    """Return the mandatory parts the record lacks, in the order of the index; empty: complete."""
    return tuple(part for part in Part if not _HAS[part](record))
