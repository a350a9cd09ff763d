"""Taking a request back. Source: Decree 118/2025/NĐ-CP art. 21; Circular 03/2025/TT-VPCP art. 7."""

from datetime import datetime

from django.db import transaction

from motcua.domain.cases.commands import _deed
from motcua.domain.cases.models import Supplement
from motcua.domain.cases.rules import papers
from motcua.domain.cases.types import DocumentKind, DossierId, DossierView, Step
from motcua.kernel.actors import Actor


@transaction.atomic
def ask_withdrawal(
    dossier_id: DossierId, reason: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Ask to take the dossier back, while no result exists. The clock stops until the desk decides.

    The citizen need not justify it; ``reason`` may be empty. Raises like ``accept``.
    """
    deed = _deed.begin(dossier_id, Step.ASK_WITHDRAWAL, actor=actor, at=at, seen=seen, reason=reason)
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def grant_withdrawal(
    dossier_id: DossierId, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Let the citizen take the dossier back, with form 05. Raises like ``accept``."""
    deed = _deed.begin(dossier_id, Step.GRANT_WITHDRAWAL, actor=actor, at=at, seen=seen)
    asked = deed.past[-1].reason or "Theo đề nghị của người nộp hồ sơ."
    Supplement.objects.filter(dossier=deed.dossier, answered_at__isnull=True).update(answered_at=at)
    _deed.settle(deed)
    _deed.issue(deed, DocumentKind.STOP_NOTICE, {"reason": asked, "stopped_at_text": papers.moment(at)})
    return _deed.record(deed)


@transaction.atomic
def deny_withdrawal(
    dossier_id: DossierId, reason: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Refuse the withdrawal; the dossier goes back to where it was. Raises ReasonMissing; else like ``accept``."""
    deed = _deed.begin(dossier_id, Step.DENY_WITHDRAWAL, actor=actor, at=at, seen=seen, reason=reason)
    _deed.refuse_without_reason(reason)
    _deed.settle(deed)
    return _deed.record(deed)
