"""What proves to the holder of a receipt that the acceptance was recorded then, and not later."""

from typing import Final

from motcua.domain.cases.models import Dossier
from motcua.domain.cases.queries.dossiers import track
from motcua.platform.ledger import queries as ledger
from motcua.platform.ledger.types import InclusionProof, NoHead, NotYetProvable

_ACCEPTANCES: Final = frozenset({"cases.accept", "cases.register"})


def receipt_proof(code: str, secret: str) -> InclusionProof | None:
    """Return the proof of the acceptance of a dossier; None before it was accepted and a head covers it.

    Raises UnknownDossier, as ``track`` does.
    """
    seen = track(code, secret)
    pk = Dossier.objects.values_list("id", flat=True).get(code=seen.code)
    leaves = ledger.leaves_about([str(pk)], app="cases").get(str(pk), [])
    accepted = next((one for one in leaves if one.statement.deed in _ACCEPTANCES), None)
    if accepted is None:
        return None
    try:
        return ledger.inclusion(accepted.statement.id)
    except (NoHead, NotYetProvable):
        return None
