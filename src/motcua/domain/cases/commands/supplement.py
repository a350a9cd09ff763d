"""Asking for what is missing, once, and answering; closing what was never answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.domain.cases.commands import _deed
from motcua.domain.cases.models import Supplement
from motcua.domain.cases.rules import clock, papers
from motcua.domain.cases.types import (
    DocumentKind,
    DossierId,
    DossierView,
    IllegalStep,
    NotAnswerable,
    ReasonMissing,
    State,
    Step,
    SupplementAlreadyAsked,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date
from motcua.platform.files.types import FileId

UNANSWERED: Final = "Quá thời hạn bổ sung hồ sơ mà không nhận được hồ sơ bổ sung."


@transaction.atomic
def ask_supplement(
    dossier_id: DossierId,
    items: Sequence[tuple[str, str]],
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    answer_did_not_follow: bool = False,
) -> DossierView:
    """Ask the citizen for papers or corrections: form 02, complete, specific, in one request. The clock stops.

    ``items`` are (key of a field or paper of the procedure, what is needed). A second request is refused unless
    the answer did not follow the first. Raises SupplementAlreadyAsked, ReasonMissing, NotAnswerable; else like
    ``accept``.
    """
    deed = _deed.begin(dossier_id, Step.ASK_SUPPLEMENT, actor=actor, at=at, seen=seen, reason=reason)
    _deed.refuse_without_reason(reason)
    names = papers.names(deed.definition)
    if not items or any(not need.strip() for _, need in items):
        raise ReasonMissing(items=list(items))
    if unknown := [key for key, _ in items if key not in names]:
        raise NotAnswerable(keys=unknown)
    asked = deed.dossier.supplements.count()
    if asked >= deed.definition.supplement.maximum and not answer_did_not_follow:
        raise SupplementAlreadyAsked(times=asked)
    if actor.role is Role.HANDLER:
        deed.dossier.holder_seat_id = actor.seat_id
    last = clock.answer_by(deed.calendar, local_date(at), deed.definition.supplement.autoclose_working_days)
    _deed.settle(deed)
    _deed.issue(
        deed,
        DocumentKind.SUPPLEMENT_REQUEST,
        papers.supplement_request(deed.definition, items, reason=deed.reason, answer_by=last),
    )
    Supplement.objects.create(
        dossier=deed.dossier,
        asked_at=at,
        answer_by=last,
        items=[list(item) for item in items],
        reason=deed.reason,
    )
    return _deed.record(deed)


@transaction.atomic
def supplement(
    dossier_id: DossierId,
    answers: Mapping[str, object],
    files_by_paper: Mapping[str, list[FileId]],
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> DossierView:
    """Answer the open request with corrected answers and further papers; the clock runs again.

    Only what was asked for may be touched. Raises NotAnswerable, BadAnswers, UnknownFile; else like ``accept``.
    """
    deed = _deed.begin(dossier_id, Step.SUPPLEMENT, actor=actor, at=at, seen=seen)
    dossier = deed.dossier
    request = dossier.supplements.select_for_update().filter(answered_at__isnull=True).first()
    if request is None:
        raise IllegalStep(step=Step.SUPPLEMENT)
    asked = {key for key, _ in request.items}
    sent = set(answers) | {paper for paper, ids in files_by_paper.items() if ids}
    if not sent or not sent <= asked:
        raise NotAnswerable(keys=sorted(sent - asked))
    dossier.answers = catalogue.checked_answers(
        deed.definition, {**dossier.answers, **answers}, today=local_date(at)
    )
    dossier.fee_dong = catalogue.total_fee_dong(deed.form)
    Supplement.objects.filter(pk=request.pk).update(answered_at=at)
    _deed.attach(deed, files_by_paper)
    _deed.settle(deed)
    return _deed.record(deed)


@transaction.atomic
def close_unanswered(dossier_id: DossierId, *, actor: Actor, at: datetime) -> DossierView:
    """Close a dossier whose supplement did not come within the time, with form 05.

    Raises IllegalStep while the citizen still has time; else like ``accept``.
    """
    actor.require(Role.SYSTEM)
    deed = _deed.begin(dossier_id, Step.CLOSE_UNANSWERED, actor=actor, at=at, reason=UNANSWERED)
    request = deed.dossier.supplements.filter(answered_at__isnull=True).first()
    if request is None or local_date(at) <= request.answer_by:
        raise IllegalStep(state=State.SUPPLEMENT_REQUESTED, step=Step.CLOSE_UNANSWERED)
    _deed.settle(deed)
    _deed.issue(deed, DocumentKind.STOP_NOTICE, {"reason": deed.reason, "stopped_at_text": papers.moment(at)})
    return _deed.record(deed)
