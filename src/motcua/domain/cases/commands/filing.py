"""What a citizen does before an officer looks: draft, papers, filing."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId, AgencyKind
from motcua.domain.cases import queries
from motcua.domain.cases.commands import _deed
from motcua.domain.cases.models import Attachment, Draft, DraftAttachment
from motcua.domain.cases.types import (
    AlreadyFiled,
    ApplicantKind,
    ChannelClosed,
    DossierId,
    DossierView,
    DraftChanged,
    DraftId,
    DraftView,
    MissingPapers,
    NoAgency,
    Step,
    TooManyFiles,
    UnknownDocument,
    UnknownDraft,
    UnknownPaper,
    WrongApplicant,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Definition, VersionId
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import NotRepresentative, OrganisationId, PersonId
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date
from motcua.platform.files.types import FileId


@transaction.atomic
def start_draft(procedure_code: str, *, actor: Actor, at: datetime) -> DraftView:
    """Open a form for the acting citizen, prefilled with what the node knows. An open draft is taken up again.

    Raises UnknownProcedure, ChannelClosed.
    """
    actor.require(Role.CITIZEN)
    view = catalogue.procedure(procedure_code, on=local_date(at))
    if Channel.ONLINE not in view.definition.channels:
        raise ChannelClosed(channel=Channel.ONLINE)
    open_one = Draft.objects.filter(
        person_id=queries.person_of(actor), procedure_version_id=view.version_id, dossier__isnull=True
    ).first()
    if open_one is not None:
        return queries.draft_view(open_one)
    known = queries.known_answers(view.definition, queries.person_of(actor))
    draft = Draft.objects.create(
        person_id=queries.person_of(actor),
        procedure_version_id=view.version_id,
        procedure_code=procedure_code,
        answers={key: fact.value for key, fact in known.items()},
        sources={key: fact.source for key, fact in known.items()},
        created_at=at,
        updated_at=at,
    )
    return queries.draft_view(draft)


@transaction.atomic
def save_draft(
    draft_id: DraftId,
    answers: Mapping[str, object],
    *,
    actor: Actor,
    at: datetime,
    revision: int | None = None,
    agency_id: AgencyId | None = None,
) -> DraftView:
    """Lay ``answers`` over those of the draft, as typed; what is wrong is said when it is checked, not lost.

    ``revision`` is the one the page was made from. Raises UnknownDraft, AlreadyFiled, DraftChanged.
    """
    draft = _own_draft(draft_id, actor)
    if revision is not None and revision != draft.revision:
        raise DraftChanged(revision=draft.revision)
    definition = _definition(draft)
    known = {field.key for field in definition.fields}
    for key, value in answers.items():
        if key in known:
            _note_source(draft, key, value)
            draft.answers[key] = value
    if agency_id is not None:
        draft.agency_id = _office_for(definition, agency_id)
    draft.revision += 1
    draft.updated_at = at
    draft.save()
    return queries.draft_view(draft)


@transaction.atomic
def name_applicant(
    draft_id: DraftId, organisation_id: OrganisationId | None, *, actor: Actor, at: datetime
) -> DraftView:
    """Say whose affair a draft is: an organisation's, or with None the acting person's own.

    Raises UnknownDraft, AlreadyFiled, WrongApplicant, NotRepresentative.
    """
    draft = _own_draft(draft_id, actor)
    _refuse_wrong_applicant(
        _definition(draft), organisation_id, person_id=PersonId(draft.person_id), on=local_date(at)
    )
    draft.organisation_id = organisation_id
    _prefill_of_organisation(draft, organisation_id)
    draft.revision += 1
    draft.updated_at = at
    draft.save()
    return queries.draft_view(draft)


@transaction.atomic
def attach_to_draft(
    draft_id: DraftId, paper: str, file_id: FileId, *, actor: Actor, at: datetime
) -> DraftView:
    """Lay an uploaded file into a draft as component ``paper``.

    Raises UnknownDraft, AlreadyFiled, UnknownPaper, TooManyFiles, UnknownFile.
    """
    draft = _own_draft(draft_id, actor)
    spec = next((p for p in _definition(draft).papers if p.key == paper), None)
    if spec is None:
        raise UnknownPaper(paper=paper)
    if draft.attachments.filter(paper=paper).count() >= spec.max_files:
        raise TooManyFiles(paper=paper, most=spec.max_files)
    file = _deed.handed_in([file_id], by={actor.person_id})[file_id]
    DraftAttachment.objects.create(
        draft=draft,
        paper=paper,
        file_id=file_id,
        name=file.name,
        size_bytes=file.size_bytes,
        media_type=file.media_type,
        added_at=at,
    )
    Draft.objects.filter(pk=draft.pk).update(updated_at=at)
    return queries.draft_view(draft)


@transaction.atomic
def detach_from_draft(draft_id: DraftId, attachment_id: UUID, *, actor: Actor, at: datetime) -> DraftView:
    """Take a file out of a draft. Raises UnknownDraft, AlreadyFiled, UnknownDocument."""
    draft = _own_draft(draft_id, actor)
    if not draft.attachments.filter(pk=attachment_id).delete()[0]:
        raise UnknownDocument(attachment_id=attachment_id)
    Draft.objects.filter(pk=draft.pk).update(updated_at=at)
    return queries.draft_view(draft)


@transaction.atomic
def discard_draft(draft_id: DraftId, *, actor: Actor, at: datetime) -> None:
    """Throw a draft away. Raises UnknownDraft, AlreadyFiled. ``at`` is not kept: nothing official has happened."""
    _own_draft(draft_id, actor).delete()


@transaction.atomic
def submit(draft_id: DraftId, *, actor: Actor, at: datetime, wants_paper: bool = False) -> DossierView:
    """File a draft. Filing it twice (a double click, a lost answer) returns the one dossier.

    For an organisation, the right to represent it is asked again on the day of filing: it may have ended since
    the draft was begun. Raises UnknownDraft, WrongApplicant, NotRepresentative, BadAnswers, MissingPapers,
    NoAgency. Announces DossierMoved.
    """
    actor.require(Role.CITIZEN)
    draft = Draft.objects.select_for_update().filter(pk=draft_id, person_id=queries.person_of(actor)).first()
    if draft is None:
        raise UnknownDraft(draft_id=draft_id)
    if draft.dossier_id is not None:
        return queries.dossier(DossierId(draft.dossier_id), actor=actor)
    definition = _definition(draft)
    organisation_id = OrganisationId(draft.organisation_id) if draft.organisation_id else None
    _refuse_wrong_applicant(
        definition, organisation_id, person_id=PersonId(draft.person_id), on=local_date(at)
    )
    answers = catalogue.checked_answers(definition, draft.answers, today=local_date(at))
    attached = list(draft.attachments.order_by("added_at"))
    form = catalogue.filled(definition, answers, today=local_date(at), channel=Channel.ONLINE)
    _refuse_if_papers_are_missing(form, {a.paper for a in attached})
    if draft.agency_id is None:
        raise NoAgency()
    dossier = _deed.new_dossier(
        VersionId(draft.procedure_version_id),
        form,
        answers,
        agency_id=AgencyId(draft.agency_id),
        applicant_id=PersonId(draft.person_id),
        organisation_id=organisation_id,
        channel=Channel.ONLINE,
        wants_paper=wants_paper,
        at=at,
        disputed={
            key: told for key, told in draft.disputed.items() if _differs(answers.get(key), told["known"])
        },
    )
    deed = _deed.begin_first(dossier, Step.SUBMIT, form=form, actor=actor, at=at)
    if organisation_id:
        deed.facts["organisation"] = str(organisation_id)
    _deed.settle(deed)
    deed.rows += [_kept(laid_in) for laid_in in attached]
    view = _deed.record(deed)
    Draft.objects.filter(pk=draft.pk).update(dossier=dossier, updated_at=at, revision=F("revision") + 1)
    return view


@transaction.atomic
def register(
    procedure_code: str,
    answers: Mapping[str, object],
    files_by_paper: Mapping[str, list[FileId]],
    *,
    applicant_id: PersonId,
    organisation_id: OrganisationId | None = None,
    actor: Actor,
    at: datetime,
    channel: Channel = Channel.COUNTER,
    papers_seen: tuple[str, ...] = (),
    wants_paper: bool = True,
) -> DossierView:
    """Take a dossier in at the counter or from the post; the limit starts and form 01 is issued.

    With ``organisation_id`` the affair is the organisation's, which the applicant must represent that day.
    ``papers_seen`` are components the clerk holds on paper and has not scanned. Raises UnknownProcedure,
    ChannelClosed, BadAnswers, UnknownPaper, TooManyFiles, MissingPapers, UnknownFile, UnknownPerson,
    NotRepresentative, and WrongApplicant for an organisation in an affair of persons. Announces DossierMoved.
    """
    actor.require(Role.CLERK)
    if actor.agency_id is None:
        raise NoAgency()
    view = catalogue.procedure(procedure_code, on=local_date(at))
    if channel not in view.definition.channels or channel is Channel.ONLINE:
        raise ChannelClosed(channel=channel)
    if organisation_id is not None:
        _refuse_wrong_applicant(view.definition, organisation_id, person_id=applicant_id, on=local_date(at))
    clean = catalogue.checked_answers(view.definition, answers, today=local_date(at))
    _refuse_foreign_papers(view.definition, files_by_paper, papers_seen)
    handed_in = {key for key, ids in files_by_paper.items() if ids} | set(papers_seen)
    form = catalogue.filled(view.definition, clean, today=local_date(at), channel=channel)
    _refuse_if_papers_are_missing(form, handed_in)
    dossier = _deed.new_dossier(
        view.version_id,
        form,
        clean,
        agency_id=_office_for(view.definition, AgencyId(actor.agency_id)),
        applicant_id=applicant_id,
        organisation_id=organisation_id,
        channel=channel,
        wants_paper=wants_paper,
        at=at,
        disputed=_disputed_at_counter(view.definition, clean, applicant_id, organisation_id),
    )
    dossier.accepted_at = at
    deed = _deed.begin_first(dossier, Step.REGISTER, form=form, actor=actor, at=at)
    if organisation_id is not None:
        deed.facts["organisation"] = str(organisation_id)
    _deed.settle(deed)
    counts = dict.fromkeys(papers_seen, 1) | {key: len(ids) for key, ids in files_by_paper.items() if ids}
    _deed.issue_receipt(deed, counts)
    _deed.attach(deed, files_by_paper)
    return _deed.record(deed)


def _own_draft(draft_id: DraftId, actor: Actor) -> Draft:
    actor.require(Role.CITIZEN)
    draft = Draft.objects.select_for_update().filter(pk=draft_id, person_id=queries.person_of(actor)).first()
    if draft is None:
        raise UnknownDraft(draft_id=draft_id)
    if draft.dossier_id is not None:
        raise AlreadyFiled(dossier_id=draft.dossier_id)
    return draft


def _note_source(draft: Draft, key: str, value: object) -> None:
    """Keep where an answer came from while it stands; when it is changed, what the source said instead."""
    if key in draft.sources and draft.answers.get(key) != value:
        draft.disputed[key] = {"source": draft.sources.pop(key), "known": draft.answers.get(key)}
    elif key in draft.disputed and draft.disputed[key]["known"] == value:
        draft.sources[key] = draft.disputed.pop(key)["source"]


def _prefill_of_organisation(draft: Draft, organisation_id: OrganisationId | None) -> None:
    """Lay in what the node knows of the organisation; what came from another one goes."""
    for key in [key for key, source in draft.sources.items() if source.startswith("organisation.")]:
        del draft.sources[key], draft.answers[key]
    if organisation_id is None:
        return
    known = queries.known_answers(
        _definition(draft), PersonId(draft.person_id), organisation_id=organisation_id
    )
    for key, fact in known.items():
        if fact.source.startswith("organisation.") and not draft.answers.get(key):
            draft.answers[key], draft.sources[key] = fact.value, fact.source


def _differs(answer: object, known: object) -> bool:
    """Tell whether an answer was given and says something else than a source."""
    return answer is not None and answer != known


def _disputed_at_counter(
    definition: Definition,
    answers: Mapping[str, object],
    applicant_id: PersonId,
    organisation_id: OrganisationId | None,
) -> dict[str, object]:
    """Return where answers taken down at the counter differ from what the node knows of the applicant."""
    if not any(field.prefill for field in definition.fields):
        return {}
    known = queries.known_answers(definition, applicant_id, organisation_id=organisation_id)
    return {
        key: {"source": fact.source, "known": fact.value}
        for key, fact in known.items()
        if not fact.source.startswith("dossier.") and _differs(answers.get(key), fact.value)
    }


def _definition(draft: Draft) -> Definition:
    return catalogue.version(VersionId(draft.procedure_version_id)).definition


def _refuse_wrong_applicant(
    definition: Definition, organisation_id: OrganisationId | None, *, person_id: PersonId, on: date
) -> None:
    kind = ApplicantKind.ORGANISATION if organisation_id else ApplicantKind.CITIZEN
    if kind not in definition.subjects:
        raise WrongApplicant(kind=kind, subjects=list(definition.subjects))
    if organisation_id and not identity.represents(person_id, organisation_id, on=on):
        raise NotRepresentative(organisation_id=str(organisation_id))


def _office_for(definition: Definition, agency_id: AgencyId) -> AgencyId:
    """Return the office itself if its level performs the procedure. Raises NoAgency, UnknownAgency."""
    levels = {
        AgencyKind.COMMUNE: "commune",
        AgencyKind.PROVINCE: "province",
        AgencyKind.DEPARTMENT: "province",
        AgencyKind.MINISTRY: "ministry",
    }
    if levels.get(agencies.agency(agency_id).kind) not in definition.levels:
        raise NoAgency(agency_id=agency_id)
    return agency_id


def _refuse_foreign_papers(
    definition: Definition, files_by_paper: Mapping[str, list[FileId]], papers_seen: tuple[str, ...]
) -> None:
    most = {spec.key: spec.max_files for spec in definition.papers}
    for paper in (*files_by_paper, *papers_seen):
        if paper not in most:
            raise UnknownPaper(paper=paper)
        if len(files_by_paper.get(paper, [])) > most[paper]:
            raise TooManyFiles(paper=paper, most=most[paper])


def _refuse_if_papers_are_missing(form: catalogue.Filled, present: set[str]) -> None:
    if missing := form.missing_papers(present):
        raise MissingPapers(papers=[spec.key for spec in missing])


def _kept(laid_in: DraftAttachment) -> Attachment:
    """Return the component of the dossier for a file laid into its draft."""
    return Attachment(
        paper=laid_in.paper,
        file_id=laid_in.file_id,
        name=laid_in.name,
        size_bytes=laid_in.size_bytes,
        media_type=laid_in.media_type,
        added_at=laid_in.added_at,
    )
