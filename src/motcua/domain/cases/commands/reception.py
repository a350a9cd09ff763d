"""What the one-stop desk does: accept, decline, forward, collect, hand over."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from motcua.domain.cases.commands import _deed
from motcua.domain.cases.models import Dossier
from motcua.domain.cases.types import (
    DocumentKind,
    DossierId,
    DossierView,
    FeeAlreadyPaid,
    FeeUnpaid,
    Step,
)
from motcua.kernel.actors import Actor


@transaction.atomic
def accept(dossier_id: DossierId, *, actor: Actor, at: datetime, seen: int | None = None) -> DossierView:
    """Accept a dossier filed online; the limit starts and form 01 is issued.

    Raises UnknownDossier, IllegalStep, NotYourStep, MovedOn. Announces DossierMoved.
    """
    deed = _deed.begin(dossier_id, Step.ACCEPT, actor=actor, at=at, seen=seen)
    deed.dossier.accepted_at = at
    _deed.settle(deed)
    _deed.issue_receipt(deed, Counter(deed.dossier.attachments.values_list("paper", flat=True)))
    return _deed.record(deed)


@transaction.atomic
def decline(
    dossier_id: DossierId, reason: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Refuse to take a dossier in, with the reason on form 03. Raises ReasonMissing besides those of ``accept``."""
    deed = _deed.begin(dossier_id, Step.DECLINE, actor=actor, at=at, seen=seen, reason=reason)
    _deed.refuse_without_reason(reason)
    _deed.settle(deed)
    _deed.issue(deed, DocumentKind.REFUSAL, {"reason": deed.reason})
    return _deed.record(deed)


@transaction.atomic
def forward(dossier_id: DossierId, *, actor: Actor, at: datetime, seen: int | None = None) -> DossierView:
    """Hand an accepted dossier to the unit that decides. Raises like ``accept``."""
    deed = _deed.begin(dossier_id, Step.FORWARD, actor=actor, at=at, seen=seen)
    deed.dossier.holder_seat = None
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def collect_fee(
    dossier_id: DossierId, receipt_no: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Note that the fee was paid at the desk under ``receipt_no``. Raises FeeAlreadyPaid; else like ``accept``."""
    deed = _deed.begin(dossier_id, Step.COLLECT_FEE, actor=actor, at=at, seen=seen, reason=receipt_no)
    if deed.dossier.fee_paid_at is not None or not deed.dossier.fee_dong:
        raise FeeAlreadyPaid(paid_at=deed.dossier.fee_paid_at)
    deed.dossier.fee_paid_at = at
    deed.facts |= {"fee_dong": deed.dossier.fee_dong}
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def hand_over(dossier_id: DossierId, *, actor: Actor, at: datetime, seen: int | None = None) -> DossierView:
    """Give the result to the citizen. Raises FeeUnpaid; else like ``accept``."""
    deed = _deed.begin(dossier_id, Step.HAND_OVER, actor=actor, at=at, seen=seen)
    _refuse_if_unpaid(deed.dossier)
    _deed.settle(deed)
    return _deed.record(deed)


def _refuse_if_unpaid(dossier: Dossier) -> None:
    if dossier.fee_dong and dossier.fee_paid_at is None:
        raise FeeUnpaid(fee_dong=dossier.fee_dong)
