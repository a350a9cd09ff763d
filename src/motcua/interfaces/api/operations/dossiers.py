"""Dossiers: lists, one whole, its papers, intake at the counter, and tracking without an account."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.domain.cases import commands, queries
from motcua.domain.cases.types import (
    ApplicantKind,
    DocumentId,
    DocumentKind,
    DossierId,
    DossierView,
    Due,
    HistoryView,
    State,
    Step,
    Tab,
    TrackingView,
)
from motcua.domain.catalogue.types import Channel, Key
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import OrganisationId, UnknownPerson
from motcua.interfaces.api import versions
from motcua.interfaces.api.doors import admits, admits_anyone, refuse_if_too_many
from motcua.interfaces.api.operations.files import PAPER_BODIES, PDF_BODY, streamed
from motcua.interfaces.api.operations.procedures import Answers
from motcua.interfaces.api.schema import Cursor, Limit, Listing, listing, located
from motcua.interfaces.design.access import ActedRequest
from motcua.interfaces.design.deadlines import sentences
from motcua.kernel import clock
from motcua.kernel.actors import OFFICERS, Actor, Role
from motcua.platform.files.types import FileId

router = Router(tags=["Dossiers"])

LISTING: Final = (Role.CITIZEN, *sorted(OFFICERS))
READING: Final = (*LISTING, Role.AUDITOR)
TRACKED_PER_MINUTE: Final = 30  #: of one address; nobody tries out secrets
INTERNAL: Final = frozenset({Step.PROPOSE, Step.SEND_BACK})  #: what officers write to each other

FilesByPaper = Annotated[
    dict[Key, Annotated[list[UUID], Field(max_length=50)]],
    Field(max_length=100, description="Files of the caller by component."),
]


class DossierRow(Schema):
    id: UUID
    code: str
    procedure_code: str
    applicant_name: str
    state: State
    with_role: Role | None
    act_by: datetime | None
    due_at: datetime | None
    due: Due
    submitted_at: datetime
    version: int


class Attachment(Schema):
    id: UUID
    paper: str
    file_id: UUID
    name: str
    size_bytes: int
    media_type: str
    added_at: datetime


class Document(Schema):
    id: UUID
    kind: DocumentKind
    form_no: str
    number: str
    title: str
    issued_at: datetime


class Deed(Schema):
    """One line of the history."""

    number: int
    step: Step
    state: State
    at: datetime
    by_role: Role
    by_seat_id: UUID | None
    reason: str


class Asked(Schema):
    key: str
    need: str


class Supplement(Schema):
    asked_at: datetime
    answer_by: date
    answered_at: datetime | None
    reason: str
    items: list[Asked]


class Dossier(Schema):
    id: UUID
    code: str
    version: int = Field(description="Give it back as “seen”, or the ETag as If-Match, with the next step.")
    procedure_code: str
    version_id: UUID = Field(description="Version of the procedure it was filed under.")
    agency_id: UUID
    applicant_id: UUID
    applicant_kind: ApplicantKind
    applicant_name: str
    organisation_id: UUID | None
    channel: Channel
    state: State
    with_role: Role | None
    holder_seat_id: UUID | None
    submitted_at: datetime
    accepted_at: datetime | None
    act_by: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None
    finished_at: datetime | None
    due: Due
    due_because: list[str] = Field(description="How the appointment came about, a sentence a step.")
    answers: dict[str, Any]
    fee_dong: int
    fee_paid_at: datetime | None
    wants_paper: bool
    lookup_secret: str = Field(description="For tracking without an account; empty for officers.")
    proposal: str = Field(description="What the handler proposes; empty for citizens.")
    attachments: list[Attachment]
    documents: list[Document]
    supplements: list[Supplement]
    steps: list[Step] = Field(description="What the caller may do now.")


class Wanted(Schema):
    """What is looked for."""

    organisation_id: UUID | None = Field(
        None, description="For citizens: only the dossiers of this organisation, which they represent."
    )
    tab: Tab | None = Field(None, description="For officers: one list of the inbox.")
    q: str = Field("", max_length=200, description="For officers: code, name, number, procedure.")


class History(Schema):
    items: list[Deed]


class Documents(Schema):
    items: list[Document]


class TrackedDeed(Schema):
    number: int
    step: Step
    state: State
    at: datetime
    by_role: Role


class Tracked(Schema):
    """What the holder of a receipt may see."""

    code: str
    procedure_code: str
    applicant_initials: str
    agency_id: UUID
    state: State
    submitted_at: datetime
    due_at: datetime | None
    history: list[TrackedDeed]


class Intake(Schema):
    """A dossier handed in at the counter or by post."""

    procedure_code: str = Field(pattern=r"^[1-9]\.[0-9]{6}$")
    applicant_personal_id: str = Field(pattern=r"^[0-9]{12}$")
    answers: Answers
    papers: FilesByPaper = Field(default_factory=dict)
    papers_seen: list[Key] = Field(default_factory=list, max_length=100, description="Held on paper only.")
    channel: Channel = Channel.COUNTER
    wants_paper: bool = True


@router.get("/dossiers", response=Listing[DossierRow], operation_id="list_dossiers")
@admits(*LISTING)
def list_dossiers(
    request: ActedRequest,
    response: HttpResponse,
    cursor: Cursor,
    limit: Limit,
    wanted: Query[Wanted],
) -> dict[str, object]:
    """List dossiers: a citizen's own, newest first; an officer's inbox, most urgent first.

    An officer who gives ``q`` without ``tab`` searches the whole office.
    """
    actor, now = request.actor, clock.now()
    if actor.role is Role.CITIZEN and wanted.organisation_id:
        found = queries.dossiers_of_organisation(
            OrganisationId(wanted.organisation_id), actor=actor, at=now, after=cursor, size=limit
        )
    elif actor.role is Role.CITIZEN:
        found = queries.dossiers_of(actor=actor, at=now, after=cursor, size=limit)
    elif wanted.tab is None and wanted.q.strip():
        found = queries.office_dossiers(actor=actor, at=now, words=wanted.q, after=cursor, size=limit)
    else:
        tab = wanted.tab or Tab.TO_DO
        found = queries.inbox(tab, actor=actor, at=now, after=cursor, size=limit, words=wanted.q)
    return listing(request, response, found)


@router.get("/dossiers/{uuid:dossier_id}", response=Dossier, operation_id="get_dossier")
@admits(*READING)
def get_dossier(request: ActedRequest, response: HttpResponse, dossier_id: UUID) -> Dossier:
    """Return a dossier whole, with the steps the caller may take; its ETag is its version."""
    return shown(response, _view(request, dossier_id), actor=request.actor)


@router.get("/dossiers/{uuid:dossier_id}/history", response=History, operation_id="list_history")
@admits(*READING)
def list_history(request: ActedRequest, dossier_id: UUID) -> dict[str, object]:
    """List what happened to a dossier, oldest first."""
    rows = _view(request, dossier_id).history
    return {"items": [_deed(row, is_inside=request.actor.role is not Role.CITIZEN) for row in rows]}


@router.get("/dossiers/{uuid:dossier_id}/documents", response=Documents, operation_id="list_documents")
@admits(*READING)
def list_documents(request: ActedRequest, dossier_id: UUID) -> dict[str, object]:
    """List the papers the office issued, oldest first."""
    return {"items": _view(request, dossier_id).documents}


@router.get(
    "/dossiers/{uuid:dossier_id}/documents/{uuid:document_id}",
    operation_id="read_document",
    openapi_extra=PDF_BODY,
)
@admits(*READING)
def read_document(request: ActedRequest, dossier_id: UUID, document_id: UUID) -> StreamingHttpResponse:
    """Return an issued paper as PDF/A; always the same bytes."""
    file_id = commands.printed(
        DocumentId(document_id), DossierId(dossier_id), actor=request.actor, at=clock.now()
    )
    return streamed(file_id)


@router.get(
    "/dossiers/{uuid:dossier_id}/attachments/{uuid:attachment_id}",
    operation_id="read_attachment",
    openapi_extra=PAPER_BODIES,
)
@admits(*READING)
def read_attachment(request: ActedRequest, dossier_id: UUID, attachment_id: UUID) -> StreamingHttpResponse:
    """Return the bytes of a paper that was handed in."""
    return streamed(queries.attachment(DossierId(dossier_id), attachment_id, actor=request.actor).file_id)


@router.post("/dossiers/register", response={201: Dossier}, operation_id="register_dossier")
@admits(Role.CLERK)
def register_dossier(request: ActedRequest, response: HttpResponse, intake: Intake) -> Dossier:
    """Take a dossier in at the counter or from the post; the limit starts and the receipt is issued."""
    applicant = identity.person_by_personal_id(intake.applicant_personal_id)
    if applicant is None:
        raise UnknownPerson
    view = commands.register(
        intake.procedure_code,
        intake.answers,
        by_paper(intake.papers),
        applicant_id=applicant.id,
        actor=request.actor,
        at=clock.now(),
        channel=intake.channel,
        papers_seen=tuple(intake.papers_seen),
        wants_paper=intake.wants_paper,
    )
    located(response, "dossiers", view.id)
    return shown(response, view, actor=request.actor)


@router.get("/tracking", response=Tracked, operation_id="track_dossier")
@admits_anyone
def track_dossier(
    request: ActedRequest,
    code: Annotated[str, Query(..., min_length=1, max_length=60, description="Code of the dossier.")],
    secret: Annotated[str, Query(..., min_length=1, max_length=40, description="Secret on the receipt.")],
) -> TrackingView:
    """Say where a dossier stands, to whoever holds its receipt. No account; few tries a minute."""
    refuse_if_too_many(f"tracking:{_address(request)}", limit=TRACKED_PER_MINUTE)
    return queries.track(code, secret)


def shown(response: HttpResponse, view: DossierView, *, actor: Actor) -> Dossier:
    """Return a dossier as the actor may see it, and tag the answer with its version."""
    versions.tag(response, view.version)
    is_citizen = actor.role is Role.CITIZEN
    due = queries.appointment(view) if view.due_at else None
    facts = {name: getattr(view, name) for name in _SHOWN_AS_IT_IS}
    return Dossier(
        **facts,
        due_because=sentences(due, get_language() or "vi") if due else [],
        lookup_secret=view.lookup_secret if is_citizen else "",
        proposal="" if is_citizen else view.proposal,
        attachments=[Attachment.model_validate(row, from_attributes=True) for row in view.attachments],
        documents=[Document.model_validate(row, from_attributes=True) for row in view.documents],
        supplements=[
            Supplement(
                asked_at=row.asked_at,
                answer_by=row.answer_by,
                answered_at=row.answered_at,
                reason=row.reason,
                items=[Asked(key=key, need=need) for key, need in row.items],
            )
            for row in view.supplements
        ],
        steps=queries.steps_open(view, actor=actor),
    )


_TOLD_APART: Final = {
    "due_because", "lookup_secret", "proposal", "attachments", "documents", "supplements", "steps",
}  # fmt: skip
_SHOWN_AS_IT_IS: Final = tuple(name for name in Dossier.model_fields if name not in _TOLD_APART)


def by_paper(files: Mapping[str, list[UUID]]) -> dict[str, list[FileId]]:
    """Return files by component as the domain takes them."""
    return {paper: [FileId(file_id) for file_id in ids] for paper, ids in files.items()}


def _view(request: ActedRequest, dossier_id: UUID) -> DossierView:
    return queries.dossier(DossierId(dossier_id), actor=request.actor)


def _deed(row: HistoryView, *, is_inside: bool) -> Deed:
    return Deed(
        number=row.number,
        step=row.step,
        state=row.state,
        at=row.at,
        by_role=row.by_role,
        by_seat_id=row.by_seat,
        reason=row.reason if is_inside or row.step not in INTERNAL else "",
    )


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
