"""Read the catalogue. A published version never changes, so its parsed definition is kept in the process."""

from datetime import date
from functools import lru_cache

from motcua.domain.catalogue.models import Procedure, Version
from motcua.domain.catalogue.rules import definitions
from motcua.domain.catalogue.types import (
    Definition,
    ProcedureId,
    ProcedureView,
    UnknownProcedure,
    VersionId,
)


def procedures(*, on: date) -> list[ProcedureView]:
    """Return every procedure in force on ``on``, by code."""
    rows = Version.objects.in_force(on).order_by("procedure__code").values_list("id", "valid_to")
    return [_with_end(version(VersionId(pk)), valid_to) for pk, valid_to in rows]


def procedure(code: str, *, on: date) -> ProcedureView:
    """Return the version of procedure ``code`` in force on ``on``. Raises UnknownProcedure."""
    row = Version.objects.in_force(on).filter(procedure__code=code).values_list("id", "valid_to").first()
    if row is None:
        raise UnknownProcedure(code=code, on=on)
    return _with_end(version(VersionId(row[0])), row[1])


@lru_cache(maxsize=4096)
def version(version_id: VersionId) -> ProcedureView:
    """Return one version by id; ``valid_to`` is left out, since it alone may still change.

    Raises UnknownProcedure.
    """
    row = (
        Version.objects.filter(pk=version_id)
        .values_list("procedure_id", "number", "procedure__code", "definition", "valid_from")
        .first()
    )
    if row is None:
        raise UnknownProcedure(version_id=version_id)
    procedure_id, number, code, raw, valid_from = row
    return ProcedureView(
        ProcedureId(procedure_id), version_id, number, code, definitions.validated(raw), valid_from, None
    )


def definition_text(what: str, *, on: date) -> str:
    """Return the definition of ``what`` as it was written: "CODE", in force ``on`` that day, or "CODE@VERSION".

    Versions published before texts were kept are written out anew. Raises UnknownProcedure.
    """
    code, _, number = what.partition("@")
    rows = Version.objects.filter(procedure__code=code)
    numbered = rows.filter(number=int(number)) if number.isdecimal() else rows.none()
    rows = numbered if number else rows.in_force(on)
    row = rows.values_list("source", "definition").first()
    if row is None:
        raise UnknownProcedure(code=what, on=on)
    source, raw = row
    return source or definitions.written(definitions.validated(raw))


def names(codes: set[str], *, on: date) -> dict[str, Definition]:
    """Return the definitions of several procedures in one query, by code."""
    rows = Version.objects.in_force(on).filter(procedure__code__in=codes).values_list("procedure__code", "id")
    return {code: version(VersionId(pk)).definition for code, pk in rows}


def definitions_in_force(codes: set[str], *, on: date) -> dict[str, ProcedureView]:
    """Return the versions of several procedures in force on a day, by code, in one query."""
    rows = Version.objects.in_force(on).filter(procedure__code__in=codes)
    return {
        code: _with_end(version(VersionId(pk)), valid_to)
        for code, pk, valid_to in rows.values_list("procedure__code", "id", "valid_to")
    }


def successions(*, since: date, until: date) -> list[tuple[ProcedureView, ProcedureView]]:
    """Return each version that took over between two days, after the one it replaced; the latest first."""
    rows = list(
        Version.objects.filter(valid_from__gte=since, valid_from__lte=until, number__gt=1)
        .order_by("-valid_from", "procedure__code", "-number")
        .values_list("id", "procedure_id", "number")
    )
    procedure_ids = {procedure_id for _pk, procedure_id, _number in rows}
    known = Version.objects.filter(procedure__in=procedure_ids).values_list("procedure_id", "number", "id")
    by_number = {(procedure_id, number): pk for procedure_id, number, pk in known}
    return [
        (version(VersionId(by_number[procedure_id, number - 1])), version(VersionId(pk)))
        for pk, procedure_id, number in rows
        if (procedure_id, number - 1) in by_number
    ]


def codes() -> list[str]:
    """Return the codes of all procedures ever published."""
    return list(Procedure.objects.order_by("code").values_list("code", flat=True))


def _with_end(view: ProcedureView, valid_to: date | None) -> ProcedureView:
    if valid_to is None:
        return view
    return ProcedureView(
        view.id, view.version_id, view.version, view.code, view.definition, view.valid_from, valid_to
    )
