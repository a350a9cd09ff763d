"""Find procedures by the words people use."""

from datetime import date
from uuid import UUID

from motcua.domain.catalogue.models import Version
from motcua.domain.catalogue.queries.procedures import version
from motcua.domain.catalogue.types import ProcedureView, VersionId
from motcua.kernel.text import fold


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
