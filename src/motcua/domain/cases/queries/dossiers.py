"""One dossier: whole, its papers, what may be done with it now. Nothing the actor may not see."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from django.db import connection

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases.models import (
    Attachment,
    Document,
    Dossier,
)
from motcua.domain.cases.queries._rows import dossier_rows, parts_of
from motcua.domain.cases.queries.views import (
    attachment_view,
    document_view,
    glance_view,
    history_view,
    view_of,
    whole,
)
from motcua.domain.cases.rules import clock, lifecycle
from motcua.domain.cases.types import (
    AttachmentView,
    ClockEffect,
    DocumentId,
    DocumentView,
    DossierGlance,
    DossierId,
    DossierView,
    Promise,
    State,
    Step,
    TrackingView,
    UnknownDocument,
    UnknownDossier,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Definition
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import OrganisationId, PersonId
from motcua.kernel import calendar as working
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date, now

# A dossier as it is seen beside a list, with what its checks ask of the rows that hang on it: the fields of
# DossierGlance by their names, all but how urgent it is.
_GLANCE: Final = """
    SELECT d.id, d.code, d.version, d.procedure_version_id AS version_id, d.agency_id, d.applicant_id,
           d.applicant_name, d.organisation_id, d.channel, d.state, d.with_role, d.holder_seat_id,
           d.submitted_at, d.act_by, d.due_at, d.answers, d.fee_dong, d.fee_paid_at, d.proposal,
           ARRAY(SELECT a.paper FROM cases_attachment a WHERE a.dossier_id = d.id) AS papers,
           (SELECT s.answered_at IS NOT NULL FROM cases_supplement s WHERE s.dossier_id = d.id
             ORDER BY s.asked_at DESC LIMIT 1) AS is_supplemented,
           EXISTS (SELECT FROM cases_history h WHERE h.dossier_id = d.id AND h.step = 'reappoint')
               AS was_reappointed
      FROM cases_dossier d
     WHERE d.id = %s
"""


def dossier(dossier_id: DossierId, *, actor: Actor, at: datetime | None = None) -> DossierView:
    """Return a dossier whole. Raises UnknownDossier when there is none the actor may see."""
    row = next(iter(dossier_rows([dossier_id]).values()), None)
    if row is None or not may_see(row, actor):
        raise UnknownDossier(dossier_id=dossier_id)
    return view_of(row, at=at)


def glance(dossier_id: DossierId, *, actor: Actor, at: datetime) -> DossierGlance:
    """Return what is seen of a dossier beside a list; one query. Raises UnknownDossier."""
    with connection.cursor() as cursor:
        cursor.execute(_GLANCE, [dossier_id])
        row, names = cursor.fetchone(), [column.name for column in cursor.description]
    view = None if row is None else glance_view(dict(zip(names, row, strict=True)), at=at)
    if view is None or not may_see(view, actor):
        raise UnknownDossier(dossier_id=dossier_id)
    return view


def dossiers(ids: Iterable[DossierId], *, actor: Actor, at: datetime) -> list[DossierView]:
    """Return several dossiers whole, in the order asked for; five queries however many they are.

    Those the actor may not see are left out.
    """
    wanted = list(ids)
    rows, parts = dossier_rows(wanted), parts_of(wanted)
    return [whole(rows[pk], at, parts) for pk in wanted if pk in rows and may_see(rows[pk], actor)]


def dossier_by_code(code: str, *, actor: Actor, at: datetime | None = None) -> DossierView:
    """Return a dossier by its code. Raises UnknownDossier."""
    row = Dossier.objects.filter(code=code.strip().upper()).first()
    if row is None or not may_see(row, actor):
        raise UnknownDossier(code=code)
    return view_of(row, at=at)


def visible_dossier(dossier_id: DossierId, *, actor: Actor) -> Dossier:
    """Return the row of a dossier the actor may see; for the commands of this app. Raises UnknownDossier."""
    row = Dossier.objects.filter(pk=dossier_id).first()
    if row is None or not may_see(row, actor):
        raise UnknownDossier(dossier_id=dossier_id)
    return row


class Owned(Protocol):
    """Whatever says whose a dossier is."""

    @property
    def applicant_id(self) -> UUID: ...
    @property
    def organisation_id(self) -> UUID | None: ...
    @property
    def agency_id(self) -> UUID: ...


def may_see(row: Owned, actor: Actor) -> bool:
    """Tell whether the actor may see a dossier: its people, its office, the auditor and the node itself."""
    match actor.role:
        case Role.SYSTEM | Role.AUDITOR:
            return True
        case Role.CITIZEN:
            return actor.person_id is not None and _belongs_to(row, PersonId(actor.person_id))
        case Role.CLERK | Role.HANDLER | Role.LEADER:
            return actor.agency_id is not None and _within(actor.agency_id, row.agency_id)
        case _:
            return False


def _belongs_to(row: Owned, person_id: PersonId) -> bool:
    """An organisation's dossier is seen by whoever represents it today, the one who filed it no longer included."""
    if row.organisation_id is None:
        return bool(row.applicant_id == person_id)
    return identity.represents(person_id, OrganisationId(row.organisation_id), on=local_date(now()))


def _within(seat_agency: UUID, owner: UUID) -> bool:
    return seat_agency == owner or seat_agency in agencies.descendant_ids(AgencyId(owner))


def document(dossier_id: DossierId, document_id: DocumentId, *, actor: Actor) -> DocumentView:
    """Return one issued document. Raises UnknownDossier, UnknownDocument."""
    row = Document.objects.filter(pk=document_id, dossier=visible_dossier(dossier_id, actor=actor)).first()
    if row is None:
        raise UnknownDocument(document_id=document_id)
    return document_view(row)


def attachment(dossier_id: DossierId, attachment_id: UUID, *, actor: Actor) -> AttachmentView:
    """Return one paper handed in. Raises UnknownDossier, UnknownDocument."""
    row = Attachment.objects.filter(
        pk=attachment_id, dossier=visible_dossier(dossier_id, actor=actor)
    ).first()
    if row is None:
        raise UnknownDocument(attachment_id=attachment_id)
    return attachment_view(row)


def steps_open(view: DossierView | DossierGlance, *, actor: Actor) -> list[Step]:
    """Return the steps the actor may take on a dossier now, most usual first."""
    steps = lifecycle.steps_open_to(actor.role, view.state)
    if view.state is State.PROCESSING and actor.role in {Role.HANDLER, Role.LEADER}:
        if view.with_role is not actor.role:
            return [step for step in steps if step is Step.REAPPOINT]
        held_by_another = view.holder_seat_id is not None and view.holder_seat_id != actor.seat_id
        if actor.role is Role.HANDLER:
            steps = (
                []
                if held_by_another
                else [s for s in steps if s is not Step.CLAIM or view.holder_seat_id is None]
            )
    if view.fee_paid_at is not None or not view.fee_dong:
        steps = [step for step in steps if step is not Step.COLLECT_FEE]
    if view.was_reappointed:
        steps = [step for step in steps if step is not Step.REAPPOINT]
    return steps


def appointment(view: DossierView) -> working.Due | None:
    """Return how the present appointment came about, step by step; None before the limit started.

    A promised new date is explained by the apology, not by the calendar, and gives None.
    """
    calendar = agencies.calendar_of(view.agency_id)
    rows = [(row.at, row.clock) for row in view.history if row.clock is not ClockEffect.NONE]
    if any(effect is ClockEffect.REAPPOINT for _, effect in rows):
        return None
    limit = clock.limit_of(catalogue.course(form_of(view)).limit)
    reading = clock.read([clock.Tick(at, effect) for at, effect in rows], limit, calendar)
    if reading.started_at is None:
        return None
    return working.due(calendar, reading.started_at, limit, pauses=reading.pauses)


def form_of(view: DossierView) -> catalogue.Filled:
    """Return the form of a dossier as filed: by the rules of its version, on the day and channel of filing."""
    return form_as_filed(catalogue.version(view.version_id).definition, view)


def form_as_filed(definition: Definition, dossier: Dossier | DossierView | DossierGlance) -> catalogue.Filled:
    """Return the form of a dossier whose definition is at hand."""
    today, channel = local_date(dossier.submitted_at), Channel(dossier.channel)
    return catalogue.filled(definition, dossier.answers, today=today, channel=channel)


def promise(form: catalogue.Filled, agency_id: AgencyId, *, at: datetime) -> Promise:
    """Return by when the office answers, and the appointment it would give, for a filing at ``at``."""
    calendar, limit = agencies.calendar_of(agency_id), clock.limit_of(catalogue.course(form).limit)
    return Promise(clock.respond_by(calendar, at), working.due(calendar, at, limit))


def track(code: str, secret: str) -> TrackingView:
    """Return what the receipt's holder may see without an account. Raises UnknownDossier.

    The comparison takes the same time whatever is wrong, and the answer does not say what was.
    """
    row = Dossier.objects.filter(code=code.strip().upper()).first()
    expected = row.lookup_secret if row else ""
    if not secrets.compare_digest(secret.strip().upper().encode(), expected.encode()) or row is None:
        raise UnknownDossier(code=code)
    return TrackingView(
        row.code,
        row.procedure_code,
        row.applicant_name if row.organisation_id else _initials(row.applicant_name),
        AgencyId(row.agency_id),
        State(row.state),
        row.submitted_at,
        row.due_at,
        tuple(history_view(h) for h in row.history.order_by("number")),
    )


def _initials(name: str) -> str:
    *before, last = name.split()
    return " ".join([*(f"{word[0]}." for word in before), last])
