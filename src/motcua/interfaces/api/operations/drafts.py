"""Drafts: a form on its way to become a dossier."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from ninja import Router, Schema
from pydantic import Field

from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases import commands, queries
from motcua.domain.cases.types import AttachmentView, DossierView, DraftId, DraftView, UnknownDocument
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import BadAnswers, Channel, Key, Words
from motcua.domain.identity.types import OrganisationId
from motcua.interfaces.api import versions
from motcua.interfaces.api.doors import admits
from motcua.interfaces.api.operations.dossiers import Attachment, Dossier, shown
from motcua.interfaces.api.operations.files import PAPER_BODIES, streamed
from motcua.interfaces.api.operations.procedures import Answers
from motcua.interfaces.api.schema import located
from motcua.interfaces.design.access import ActedRequest, today
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.platform.files.types import FileId

router = Router(tags=["Drafts"])


class Begun(Schema):
    procedure_code: str = Field(pattern=r"^[1-9]\.[0-9]{6}$")


class Typed(Schema):
    """What was typed since. Questions left out stay as they are."""

    answers: Answers = Field(default_factory=dict)
    agency_id: UUID | None = Field(None, description="The office that shall handle the dossier.")
    organisation_id: UUID | None = Field(
        None, description="In whose name; null for the caller's own, left out to keep what was said."
    )
    seen: int | None = Field(None, ge=1, le=2**31, description="Revision looked at, unless If-Match says it.")


class LaidIn(Schema):
    """A file of the caller's as one component of the dossier."""

    paper: Key
    file_id: UUID


class Filed(Schema):
    wants_paper: bool = Field(default=False, description="Whether the result shall also come on paper.")


class Draft(Schema):
    id: UUID
    procedure_code: str
    version_id: UUID
    revision: int
    answers: dict[str, Any]
    sources: dict[str, str]
    attachments: list[Attachment]
    agency_id: UUID | None
    organisation_id: UUID | None
    updated_at: datetime
    dossier_id: UUID | None


class Drafts(Schema):
    items: list[Draft]


class Fault(Schema):
    path: str
    code: str


class MissingPaper(Schema):
    key: str
    name: Words


class Check(Schema):
    """What a draft still lacks before it can be filed."""

    is_ready: bool
    fields: list[Fault]
    papers: list[MissingPaper]
    needs_agency: bool
    fee_dong: int | None = Field(description="What it will cost; null while answers are wrong or missing.")


@router.post("/drafts", response={201: Draft}, operation_id="start_draft")
@admits(Role.CITIZEN)
def start_draft(request: ActedRequest, response: HttpResponse, begun: Begun) -> DraftView:
    """Open a form, prefilled with what the node knows. An open draft of the procedure is taken up again."""
    view = commands.start_draft(begun.procedure_code, actor=request.actor, at=clock.now())
    located(response, "drafts", view.id)
    return _told(response, view)


@router.get("/drafts", response=Drafts, operation_id="list_drafts")
@admits(Role.CITIZEN)
def list_drafts(request: ActedRequest) -> dict[str, object]:
    """List the caller's open drafts, last touched first; at most twenty."""
    return {"items": queries.drafts_of(actor=request.actor)}


@router.get("/drafts/{uuid:draft_id}", response=Draft, operation_id="get_draft")
@admits(Role.CITIZEN)
def get_draft(request: ActedRequest, response: HttpResponse, draft_id: UUID) -> DraftView:
    """Return a draft; its ETag is its revision."""
    return _told(response, queries.draft(DraftId(draft_id), actor=request.actor))


@router.patch("/drafts/{uuid:draft_id}", response=Draft, operation_id="save_draft")
@admits(Role.CITIZEN)
def save_draft(
    request: ActedRequest, response: HttpResponse, draft_id: UUID, typed: Typed, if_match: versions.IfMatch
) -> DraftView:
    """Lay answers over those of a draft, as typed; ``check`` says what is wrong with them.

    Refused if the draft was saved elsewhere since: 412 with ``If-Match``, 409 with ``seen``.
    """
    at = clock.now()
    view = commands.save_draft(
        DraftId(draft_id),
        typed.answers,
        actor=request.actor,
        at=at,
        revision=versions.seen(if_match, typed.seen),
        agency_id=AgencyId(typed.agency_id) if typed.agency_id else None,
    )
    if "organisation_id" in typed.model_fields_set:
        named = OrganisationId(typed.organisation_id) if typed.organisation_id else None
        view = commands.name_applicant(view.id, named, actor=request.actor, at=at)
    return _told(response, view)


@router.delete("/drafts/{uuid:draft_id}", response={204: None}, operation_id="discard_draft")
@admits(Role.CITIZEN)
def discard_draft(request: ActedRequest, draft_id: UUID) -> None:
    """Throw a draft away."""
    commands.discard_draft(DraftId(draft_id), actor=request.actor, at=clock.now())


@router.get("/drafts/{uuid:draft_id}/check", response=Check, operation_id="check_draft")
@admits(Role.CITIZEN)
def check_draft(request: ActedRequest, draft_id: UUID) -> Check:
    """Say what a draft still lacks, all at once."""
    view = queries.draft(DraftId(draft_id), actor=request.actor)
    definition = catalogue.version(view.version_id).definition
    faults = _faults(view)
    clean, _ = catalogue.partly_checked_answers(definition, view.answers, today=today())
    form = catalogue.filled(definition, clean, today=today(), channel=Channel.ONLINE)
    lacking = form.missing_papers(a.paper for a in view.attachments)
    return Check(
        is_ready=not faults and not lacking and view.agency_id is not None,
        fields=faults,
        papers=[MissingPaper(key=spec.key, name=spec.name) for spec in lacking],
        needs_agency=view.agency_id is None,
        fee_dong=None if faults else catalogue.total_fee_dong(form),
    )


@router.post("/drafts/{uuid:draft_id}/papers", response={201: Draft}, operation_id="attach_to_draft")
@admits(Role.CITIZEN)
def attach_to_draft(request: ActedRequest, response: HttpResponse, draft_id: UUID, laid: LaidIn) -> DraftView:
    """Lay a file the caller handed in into a draft."""
    view = commands.attach_to_draft(
        DraftId(draft_id), laid.paper, FileId(laid.file_id), actor=request.actor, at=clock.now()
    )
    return _told(response, view)


@router.delete(
    "/drafts/{uuid:draft_id}/papers/{uuid:attachment_id}",
    response={204: None},
    operation_id="detach_from_draft",
)
@admits(Role.CITIZEN)
def detach_from_draft(request: ActedRequest, draft_id: UUID, attachment_id: UUID) -> None:
    """Take a file out of a draft."""
    commands.detach_from_draft(DraftId(draft_id), attachment_id, actor=request.actor, at=clock.now())


@router.get(
    "/drafts/{uuid:draft_id}/papers/{uuid:attachment_id}",
    operation_id="read_draft_paper",
    openapi_extra=PAPER_BODIES,
)
@admits(Role.CITIZEN)
def read_draft_paper(request: ActedRequest, draft_id: UUID, attachment_id: UUID) -> StreamingHttpResponse:
    """Return the bytes of a file in a draft."""
    return streamed(_attachment(queries.draft(DraftId(draft_id), actor=request.actor), attachment_id).file_id)


@router.post("/drafts/{uuid:draft_id}/submit", response={201: Dossier}, operation_id="submit_draft")
@admits(Role.CITIZEN)
def submit_draft(request: ActedRequest, response: HttpResponse, draft_id: UUID, filed: Filed) -> Dossier:
    """File a draft. Filing it twice returns the one dossier."""
    view: DossierView = commands.submit(
        DraftId(draft_id), actor=request.actor, at=clock.now(), wants_paper=filed.wants_paper
    )
    located(response, "dossiers", view.id)
    return shown(response, view, actor=request.actor)


def _faults(view: DraftView) -> list[Fault]:
    definition = catalogue.version(view.version_id).definition
    try:
        catalogue.checked_answers(definition, view.answers, today=today())
    except BadAnswers as refusal:
        named: dict[str, str] = refusal.facts["fields"]  # type: ignore[assignment]  # as BadAnswers says
        return [Fault(path=path, code=code) for path, code in named.items()]
    return []


def _attachment(view: DraftView, attachment_id: UUID) -> AttachmentView:
    found = next((laid for laid in view.attachments if laid.id == attachment_id), None)
    if found is None:
        raise UnknownDocument(attachment_id=attachment_id)
    return found


def _told(response: HttpResponse, view: DraftView) -> DraftView:
    versions.tag(response, view.revision)
    return view
