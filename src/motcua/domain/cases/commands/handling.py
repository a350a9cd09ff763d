"""What the deciding unit does: take, propose, decide, promise a new date."""

from datetime import datetime

from django.db import transaction

from motcua.domain.cases.commands import _deed
from motcua.domain.cases.models import History
from motcua.domain.cases.rules import papers
from motcua.domain.cases.types import (
    AlreadyReappointed,
    BadAppointment,
    ClockEffect,
    DocumentKind,
    DossierId,
    DossierView,
    NotYourStep,
    Step,
)
from motcua.kernel.actors import Actor
from motcua.kernel.calendar import is_working_day
from motcua.kernel.clock import local_date


@transaction.atomic
def claim(dossier_id: DossierId, *, actor: Actor, at: datetime, seen: int | None = None) -> DossierView:
    """Take a dossier that nobody holds. Raises NotYourStep if somebody does; else like ``accept``."""
    deed = _deed.begin(dossier_id, Step.CLAIM, actor=actor, at=at, seen=seen)
    if deed.dossier.holder_seat_id is not None:
        raise NotYourStep(step=Step.CLAIM, holder=deed.dossier.holder_seat_id)
    _hold(deed)
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def propose(
    dossier_id: DossierId, proposal: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Lay the dossier before the leader with what the handler proposes. An unclaimed one is claimed by this.

    Raises ReasonMissing when the proposal says nothing; else like ``accept``.
    """
    deed = _deed.begin(dossier_id, Step.PROPOSE, actor=actor, at=at, seen=seen, reason=proposal)
    _deed.refuse_without_reason(proposal)
    _hold(deed)
    deed.dossier.proposal = deed.reason
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def send_back(
    dossier_id: DossierId, reason: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Return a proposal to its handler. Raises ReasonMissing; else like ``accept``."""
    deed = _deed.begin(dossier_id, Step.SEND_BACK, actor=actor, at=at, seen=seen, reason=reason)
    _deed.refuse_without_reason(reason)
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def approve(dossier_id: DossierId, *, actor: Actor, at: datetime, seen: int | None = None) -> DossierView:
    """Decide for the citizen: the result is numbered and issued, the clock stops. Raises like ``accept``."""
    deed = _deed.begin(dossier_id, Step.APPROVE, actor=actor, at=at, seen=seen)
    _deed.settle(deed)
    _deed.issue_result(deed)
    return _deed.record(deed)


@transaction.atomic
def reject(
    dossier_id: DossierId, reason: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Decide against the citizen, with the reason on form 03. Raises ReasonMissing; else like ``accept``."""
    deed = _deed.begin(dossier_id, Step.REJECT, actor=actor, at=at, seen=seen, reason=reason)
    _deed.refuse_without_reason(reason)
    _deed.settle(deed)
    _deed.issue(deed, DocumentKind.REFUSAL, {"reason": deed.reason})
    return _deed.record(deed)


@transaction.atomic
def require_payment(
    dossier_id: DossierId, reason: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Ask the citizen to meet a financial obligation; the clock stops. Raises ReasonMissing; else like ``accept``."""
    deed = _deed.begin(dossier_id, Step.REQUIRE_PAYMENT, actor=actor, at=at, seen=seen, reason=reason)
    _deed.refuse_without_reason(reason)
    _hold(deed)
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def confirm_payment(
    dossier_id: DossierId, receipt_no: str, *, actor: Actor, at: datetime, seen: int | None = None
) -> DossierView:
    """Note that the obligation is met; the clock runs on. Raises like ``accept``."""
    deed = _deed.begin(dossier_id, Step.CONFIRM_PAYMENT, actor=actor, at=at, seen=seen, reason=receipt_no)
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def reappoint(
    dossier_id: DossierId,
    new_due_at: datetime,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> DossierView:
    """Apologise and promise a new date, once, on form 04. The first date stays for statistics.

    Raises AlreadyReappointed, BadAppointment, ReasonMissing; else like ``accept``.
    """
    deed = _deed.begin(dossier_id, Step.REAPPOINT, actor=actor, at=at, seen=seen, reason=reason)
    _deed.refuse_without_reason(reason)
    _refuse_second_appointment(deed.past)
    old_due = deed.dossier.due_at
    if (
        old_due is None
        or new_due_at <= max(old_due, at)
        or not is_working_day(deed.calendar, local_date(new_due_at))
    ):
        raise BadAppointment(old=old_due, new=new_due_at)
    deed.promised_at = new_due_at
    _deed.settle(deed)
    apology = {"old_due": papers.moment(old_due), "new_due": papers.moment(new_due_at), "reason": deed.reason}
    _deed.issue(deed, DocumentKind.APOLOGY, {"apology": apology})
    return _deed.record(deed)


def _hold(deed: _deed.Deed) -> None:
    deed.dossier.holder_seat_id = deed.actor.seat_id


def _refuse_second_appointment(past: list[History]) -> None:
    if any(row.clock == ClockEffect.REAPPOINT for row in past):
        raise AlreadyReappointed()
