"""Read the catalogue. A published version never changes, so its parsed definition is kept in the process."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from motcua.domain.catalogue.models import Procedure, Version
from motcua.domain.catalogue.rules import answers, definitions, fees, results
from motcua.domain.catalogue.types import (
    Definition,
    FeeLine,
    PaperSpec,
    ProcedureId,
    ProcedureView,
    UnknownProcedure,
    VersionId,
)
from motcua.kernel.text import fold

checked_answers = answers.checked
partly_checked_answers = answers.partly_checked
visible_fields = answers.visible_fields
visible_papers = answers.visible_papers
missing_papers = answers.missing_papers
fee_lines = fees.lines
total_fee_dong = fees.total_dong
result_facts = results.facts
communes_named = results.communes_named

__all__ = [
    "Definition",
    "FeeLine",
    "PaperSpec",
    "checked_answers",
    "codes",
    "communes_named",
    "fee_lines",
    "missing_papers",
    "names",
    "partly_checked_answers",
    "procedure",
    "procedures",
    "result_facts",
    "search",
    "total_fee_dong",
    "version",
    "visible_fields",
    "visible_papers",
]


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


def names(codes: set[str], *, on: date) -> dict[str, Definition]:
    """Return the definitions of several procedures in one query, by code."""
    rows = Version.objects.in_force(on).filter(procedure__code__in=codes).values_list("procedure__code", "id")
    return {code: version(VersionId(pk)).definition for code, pk in rows}


def search(words: str, *, on: date, limit: int = 20) -> list[ProcedureView]:
    """Return the procedures in force whose name, summary or keywords hold the most of ``words``.

    Accents and case are ignored; a word may be the beginning of one. Best match first.
    """
    wanted = fold(words).split()
    if not wanted:
        return []
    scored: list[tuple[int, str, UUID]] = []
    for pk, code, text in Version.objects.in_force(on).values_list("id", "procedure__code", "search_text"):
        present = text.split()
        score = sum(2 * (word in present) + any(p.startswith(word) for p in present) for word in wanted)
        if score * 2 >= 3 * len(wanted):
            scored.append((-score, code, pk))
    return [version(VersionId(pk)) for _, _, pk in sorted(scored)[:limit]]


def codes() -> list[str]:
    """Return the codes of all procedures ever published."""
    return list(Procedure.objects.order_by("code").values_list("code", flat=True))


def _with_end(view: ProcedureView, valid_to: date | None) -> ProcedureView:
    if valid_to is None:
        return view
    return ProcedureView(
        view.id, view.version_id, view.version, view.code, view.definition, view.valid_from, valid_to
    )
