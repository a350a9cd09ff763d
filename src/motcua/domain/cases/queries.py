"""Read dossiers and drafts. Every public query takes the actor and shows nothing the actor may not see."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Value

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId, SeatId
from motcua.domain.cases.models import (
    Attachment,
    Document,
    Dossier,
    DossierQuerySet,
    Draft,
    DraftAttachment,
    History,
    Supplement,
)
from motcua.domain.cases.rules import clock, lifecycle
from motcua.domain.cases.types import (
    FINAL_STATES,
    AttachmentView,
    ClockEffect,
    DocumentId,
    DocumentKind,
    DocumentView,
    DossierId,
    DossierRow,
    DossierView,
    DraftId,
    DraftView,
    HistoryView,
    Promise,
    ServiceFigures,
    State,
    Step,
    SupplementView,
    Tab,
    TrackingView,
    UnknownDocument,
    UnknownDossier,
    UnknownDraft,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Definition, VersionId
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import (
    FamilyMember,
    NotRepresentative,
    OrganisationId,
    PersonId,
    PersonView,
    Relation,
    Sex,
)
from motcua.kernel import calendar as working
from motcua.kernel.actors import OFFICERS, Actor, Role
from motcua.kernel.clock import local_date, now
from motcua.kernel.text import fold
from motcua.platform.database.queries import page
from motcua.platform.database.types import Key, Page
from motcua.platform.files.types import FileId

COUNT_NO_FURTHER: Final = 100  #: an inbox badge says "99+" rather than count a year's work
_BY_APPOINTMENT: Final = (Key("act_by", nullable=True), Key("id"))
_NEWEST_FIRST: Final = (Key("submitted_at", descending=True), Key("id", descending=True))
_ROW: Final = (
    "id", "code", "procedure_code", "applicant_name", "state", "with_role",
    "act_by", "due_at", "submitted_at", "version",
)  # fmt: skip


# ── one dossier ──────────────────────────────────────────────────────────────────────────────────────


def dossier(dossier_id: DossierId, *, actor: Actor, at: datetime | None = None) -> DossierView:
    """Return a dossier whole. Raises UnknownDossier when there is none the actor may see."""
    return view_of(visible_dossier(dossier_id, actor=actor), at=at)


def dossiers(ids: Iterable[DossierId], *, actor: Actor, at: datetime) -> list[DossierView]:
    """Return several dossiers whole, in the order asked for; five queries however many they are.

    Those the actor may not see are left out.
    """
    wanted = list(ids)
    parts = (
        Prefetch("attachments", Attachment.objects.order_by("added_at", "id")),
        Prefetch("documents", Document.objects.order_by("issued_at", "id")),
        Prefetch("history", History.objects.order_by("number")),
        Prefetch("supplements", Supplement.objects.order_by("asked_at")),
    )
    rows = {row.pk: row for row in Dossier.objects.filter(pk__in=wanted).prefetch_related(*parts)}
    seen = [rows[pk] for pk in wanted if pk in rows and may_see(rows[pk], actor)]
    return [
        _whole(r, at, r.attachments.all(), r.documents.all(), r.history.all(), r.supplements.all())
        for r in seen
    ]


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


def may_see(row: Dossier, actor: Actor) -> bool:
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


def _belongs_to(row: Dossier, person_id: PersonId) -> bool:
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
    return _document_view(row)


def attachment(dossier_id: DossierId, attachment_id: UUID, *, actor: Actor) -> AttachmentView:
    """Return one paper handed in. Raises UnknownDossier, UnknownDocument."""
    row = Attachment.objects.filter(
        pk=attachment_id, dossier=visible_dossier(dossier_id, actor=actor)
    ).first()
    if row is None:
        raise UnknownDocument(attachment_id=attachment_id)
    return _attachment_view(row)


def steps_open(view: DossierView, *, actor: Actor) -> list[Step]:
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
    if any(row.step is Step.REAPPOINT for row in view.history):
        steps = [step for step in steps if step is not Step.REAPPOINT]
    return steps


def appointment(view: DossierView) -> working.Due | None:
    """Return how the present appointment came about, step by step; None before the limit started.

    A promised new date is explained by the apology, not by the calendar, and gives None.
    """
    definition = catalogue.version(view.version_id).definition
    calendar = agencies.calendar_of(view.agency_id)
    rows = [(row.at, row.clock) for row in view.history if row.clock is not ClockEffect.NONE]
    if any(effect is ClockEffect.REAPPOINT for _, effect in rows):
        return None
    limit = clock.limit_of(definition.limit)
    reading = clock.read([clock.Tick(at, effect) for at, effect in rows], limit, calendar)
    if reading.started_at is None:
        return None
    return working.due(calendar, reading.started_at, limit, pauses=reading.pauses)


def promise(definition: Definition, agency_id: AgencyId, *, at: datetime) -> Promise:
    """Return by when the office answers, and the appointment it would give, for a filing at ``at``."""
    calendar = agencies.calendar_of(agency_id)
    return Promise(
        clock.respond_by(calendar, at), working.due(calendar, at, clock.limit_of(definition.limit))
    )


def service_figures(*, since: datetime) -> ServiceFigures:
    """Count what was filed and finished since an instant, over all offices (two queries, one pass each).

    On time: finished by the appointment, supplements allowed for; a dossier that needed a second appointment
    is late whatever that one said.
    """
    filed = Dossier.objects.filter(submitted_at__gte=since).aggregate(
        n=Count("pk"), online=Count("pk", filter=Q(channel=Channel.ONLINE))
    )
    again = History.objects.filter(dossier=OuterRef("pk"), step=Step.REAPPOINT)
    finished = Dossier.objects.filter(
        finished_at__gte=since, state__in=[State.DONE, State.RETURNED]
    ).aggregate(
        n=Count("pk"), on_time=Count("pk", filter=Q(finished_at__lte=F("due_at")) & ~Q(Exists(again)))
    )
    return ServiceFigures(since, filed["n"], filed["online"], finished["n"], finished["on_time"])


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
        tuple(_history_view(h) for h in row.history.order_by("number")),
    )


def _initials(name: str) -> str:
    *before, last = name.split()
    return " ".join([*(f"{word[0]}." for word in before), last])


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────


def inbox(
    tab: Tab, *, actor: Actor, at: datetime, after: str | None = None, size: int = 30, words: str = ""
) -> Page[DossierRow]:
    """Return one page of an officer's list; one query. Most urgent first, finished ones newest first.

    ``words`` narrow it by code, name, personal number or procedure, without accents, by beginnings of words.
    """
    actor.require(*OFFICERS)
    rows = matching(_tab(tab, actor, at), words)
    order = _NEWEST_FIRST if tab is Tab.FINISHED else _BY_APPOINTMENT
    return _rows(rows, order, at, after=after, size=size, agency_id=actor.agency_id)


def inbox_counts(*, actor: Actor, at: datetime) -> dict[Tab, int]:
    """Return how many dossiers stand in each list an officer works through, counted to COUNT_NO_FURTHER; one query."""
    actor.require(*OFFICERS)
    counted = (Tab.TO_DO, Tab.SOON, Tab.OVERDUE, Tab.WAITING)
    first, *others = (
        _tab(tab, actor, at).order_by().values_list(Value(tab.value), flat=True)[:COUNT_NO_FURTHER]
        for tab in counted
    )
    found = Counter(first.union(*others, all=True))
    return {tab: found[tab.value] for tab in counted}


def office_dossiers(
    *, actor: Actor, at: datetime, words: str, after: str | None = None, size: int = 30
) -> Page[DossierRow]:
    """Return the dossiers of the actor's office that match ``words``, newest first."""
    actor.require(*OFFICERS)
    rows = matching(Dossier.objects.of_agency(_agency(actor)), words)
    return _rows(rows, _NEWEST_FIRST, at, after=after, size=size, agency_id=actor.agency_id)


def dossiers_of(*, actor: Actor, at: datetime, after: str | None = None, size: int = 20) -> Page[DossierRow]:
    """Return the citizen's own dossiers and those of the organisations they represent, newest first."""
    actor.require(Role.CITIZEN)
    return _rows(_belonging_to(actor, at), _NEWEST_FIRST, at, after=after, size=size, agency_id=None)


def dossiers_of_organisation(
    organisation_id: OrganisationId,
    *,
    actor: Actor,
    at: datetime,
    after: str | None = None,
    size: int = 20,
) -> Page[DossierRow]:
    """Return the dossiers of an organisation the citizen represents today, newest first.

    Raises NotRepresentative.
    """
    actor.require(Role.CITIZEN)
    if not identity.represents(person_of(actor), organisation_id, on=local_date(at)):
        raise NotRepresentative(organisation_id=str(organisation_id))
    rows = Dossier.objects.filter(organisation_id=organisation_id)
    return _rows(rows, _NEWEST_FIRST, at, after=after, size=size, agency_id=None)


def open_dossiers_of(*, actor: Actor, at: datetime, most: int = 5) -> list[DossierRow]:
    """Return the citizen's dossiers and their organisations' that are not finished, those that need them first."""
    actor.require(Role.CITIZEN)
    rows = _belonging_to(actor, at).exclude(state__in=[s.value for s in FINAL_STATES])
    found = _rows(rows, _NEWEST_FIRST, at, after=None, size=most * 4, agency_id=None).items
    return sorted(found, key=lambda row: row.state is not State.SUPPLEMENT_REQUESTED)[:most]


def _belonging_to(actor: Actor, at: datetime) -> DossierQuerySet:
    organisations = [one.id for one in identity.organisations_of(person_of(actor), on=local_date(at))]
    own = Q(applicant_id=actor.person_id, organisation_id=None)
    return Dossier.objects.filter(own | Q(organisation_id__in=organisations))


def unanswered(at: datetime) -> list[DossierId]:
    """Return the dossiers whose supplement did not come within the time; for the node's own clock."""
    rows = Dossier.objects.filter(state=State.SUPPLEMENT_REQUESTED, act_by__lt=at).values_list(
        "id", flat=True
    )
    return [DossierId(pk) for pk in rows[:1000]]


def matching(rows: DossierQuerySet, words: str) -> DossierQuerySet:
    """Narrow ``rows`` to those that hold the beginnings of all ``words``; the GIN index answers."""
    wanted = [word for word in _code_or_words(words) if word]
    if not wanted:
        return rows
    raw = " & ".join(f"'{word}':*" for word in wanted)
    return rows.filter(search=SearchQuery(raw, config="simple", search_type="raw"))


def _code_or_words(words: str) -> list[str]:
    text = words.strip().lower().replace("'", " ").replace("\\", " ").replace("\x00", " ")
    return (
        [text]
        if any(char.isdigit() for char in text) and "-" in text and " " not in text
        else fold(text).split()
    )


def _tab(tab: Tab, actor: Actor, at: datetime) -> DossierQuerySet:
    rows = Dossier.objects.of_agency(_agency(actor))
    match tab:
        case Tab.WAITING:
            return rows.filter(state__in=[State.SUPPLEMENT_REQUESTED, State.PAYMENT_REQUESTED])
        case Tab.FINISHED:
            return rows.filter(state__in=[State.DONE, State.RETURNED, State.STOPPED, State.NOT_ACCEPTED])
        case _:
            mine = rows.awaiting(actor.role)
    if actor.role is Role.HANDLER:
        mine = mine.filter(Q(holder_seat_id=None) | Q(holder_seat_id=actor.seat_id))
    if tab is Tab.OVERDUE:
        return mine.overdue(at)
    if tab is Tab.SOON:
        return mine.filter(act_by__gte=at, act_by__lte=_soon(actor.agency_id, at))
    return mine


def _rows(
    rows: DossierQuerySet,
    order: tuple[Key, ...],
    at: datetime,
    *,
    after: str | None,
    size: int,
    agency_id: UUID | None,
) -> Page[DossierRow]:
    soon = _soon(agency_id, at)

    def view(row: Dossier) -> DossierRow:
        return _row_view(row, now=at, soon=soon)

    return page(rows.only(*_ROW), order=order, after=after, size=size, view=view)


def _soon(agency_id: UUID | None, at: datetime) -> datetime:
    if agency_id is None:
        return at + timedelta(hours=24)
    return clock.soon_until(agencies.calendar_of(AgencyId(agency_id)), at)


def _agency(actor: Actor) -> UUID:
    if actor.agency_id is None:
        raise UnknownDossier()
    return actor.agency_id


def person_of(actor: Actor) -> PersonId:
    """Return the person who acts. Raises UnknownDossier for the system, which files nothing."""
    if actor.person_id is None:
        raise UnknownDossier()
    return PersonId(actor.person_id)


# ── drafts ───────────────────────────────────────────────────────────────────────────────────────────


def draft(draft_id: DraftId, *, actor: Actor) -> DraftView:
    """Return a draft of the acting citizen. Raises UnknownDraft."""
    actor.require(Role.CITIZEN)
    row = Draft.objects.filter(pk=draft_id, person_id=person_of(actor)).first()
    if row is None:
        raise UnknownDraft(draft_id=draft_id)
    return draft_view(row)


def drafts_of(*, actor: Actor, most: int = 20) -> list[DraftView]:
    """Return the citizen's open drafts, last touched first."""
    actor.require(Role.CITIZEN)
    own = Draft.objects.filter(person_id=person_of(actor), dossier=None).prefetch_related("attachments")
    return [draft_view(row) for row in own.order_by("-updated_at")[:most]]


@dataclass(frozen=True, slots=True)
class Known:
    """An answer the node already has, and where it has it from."""

    value: object
    source: str


def known_answers(definition: Definition, person_id: PersonId) -> dict[str, Known]:
    """Return the answers that need not be typed, by field key."""
    facts = _facts_about(identity.person(person_id), identity.family_of(person_id))
    wanted = [(field.key, field.prefill) for field in definition.fields if field.prefill]
    return {key: Known(facts[source], source) for key, source in wanted if facts.get(source)}


def _facts_about(person: PersonView, family: Iterable[FamilyMember]) -> dict[str, object]:
    spouse = next((member.person for member in family if member.relation is Relation.SPOUSE), None)
    couple = [one for one in (person, spouse) if one is not None]
    known = _facts("account", person) | (_facts("spouse", spouse) if spouse else {})
    for role, sex in (("mother", Sex.FEMALE), ("father", Sex.MALE)):
        one = next((p for p in couple if p.sex is sex), None)
        known |= (
            {f"family.{role}_{key.split('.')[1]}": value for key, value in _facts("x", one).items()}
            if one
            else {}
        )
    return known


def _facts(prefix: str, person: PersonView) -> dict[str, object]:
    home = person.address
    facts: dict[str, object] = {
        "full_name": person.full_name,
        "personal_id": person.personal_id,
        "born_on": person.born_on.isoformat() if person.born_on else "",
        "phone": person.phone,
        "email": person.email,
        "address": {"street": home.street, "commune_code": home.commune_code} if home else "",
    }
    return {f"{prefix}.{key}": value for key, value in facts.items()}


# ── views ────────────────────────────────────────────────────────────────────────────────────────────


def view_of(row: Dossier, *, at: datetime | None = None) -> DossierView:
    """Return the frozen view of a dossier row with everything that hangs on it (four queries)."""
    return _whole(
        row,
        at or now(),
        row.attachments.order_by("added_at", "id"),
        row.documents.defer("facts").order_by("issued_at", "id"),
        row.history.order_by("number"),
        row.supplements.order_by("asked_at"),
    )


def _whole(  # noqa: PLR0917 - the row and the four lists that hang on it
    row: Dossier,
    moment: datetime,
    attachments: Iterable[Attachment],
    documents: Iterable[Document],
    history: Iterable[History],
    supplements: Iterable[Supplement],
) -> DossierView:
    state = State(row.state)
    return DossierView(
        id=DossierId(row.pk),
        code=row.code,
        version=row.version,
        procedure_code=row.procedure_code,
        version_id=VersionId(row.procedure_version_id),
        agency_id=AgencyId(row.agency_id),
        applicant_id=PersonId(row.applicant_id),
        applicant_name=row.applicant_name,
        organisation_id=OrganisationId(row.organisation_id) if row.organisation_id else None,
        channel=Channel(row.channel),
        state=state,
        with_role=Role(row.with_role) if row.with_role else None,
        holder_seat_id=SeatId(row.holder_seat_id) if row.holder_seat_id else None,
        submitted_at=row.submitted_at,
        accepted_at=row.accepted_at,
        act_by=row.act_by,
        due_at=row.due_at,
        first_due_at=row.first_due_at,
        finished_at=row.finished_at,
        due=clock.urgency(state, row.act_by, now=moment, soon=_soon(row.agency_id, moment)),
        answers=row.answers,
        fee_dong=row.fee_dong,
        fee_paid_at=row.fee_paid_at,
        wants_paper=row.wants_paper,
        lookup_secret=row.lookup_secret,
        proposal=row.proposal,
        attachments=tuple(map(_attachment_view, attachments)),
        documents=tuple(map(_document_view, documents)),
        history=tuple(map(_history_view, history)),
        supplements=tuple(map(_supplement_view, supplements)),
    )


def draft_view(row: Draft) -> DraftView:
    """Return the frozen view of a draft row."""
    return DraftView(
        DraftId(row.pk),
        row.procedure_code,
        VersionId(row.procedure_version_id),
        PersonId(row.person_id),
        row.answers,
        row.sources,
        tuple(map(_attachment_view, sorted(row.attachments.all(), key=lambda one: (one.added_at, one.pk)))),
        AgencyId(row.agency_id) if row.agency_id else None,
        OrganisationId(row.organisation_id) if row.organisation_id else None,
        row.revision,
        row.updated_at,
        DossierId(row.dossier_id) if row.dossier_id else None,
    )


def _row_view(row: Dossier, *, now: datetime, soon: datetime) -> DossierRow:
    state = State(row.state)
    return DossierRow(
        id=DossierId(row.id),
        code=row.code,
        procedure_code=row.procedure_code,
        applicant_name=row.applicant_name,
        state=state,
        with_role=Role(row.with_role) if row.with_role else None,
        act_by=row.act_by,
        due_at=row.due_at,
        due=clock.urgency(state, row.act_by, now=now, soon=soon),
        submitted_at=row.submitted_at,
        version=row.version,
    )


def _history_view(row: History) -> HistoryView:
    return HistoryView(
        row.number,
        Step(row.step),
        State(row.state),
        row.at,
        row.by_person_id,
        Role(row.by_role),
        SeatId(row.by_seat_id) if row.by_seat_id else None,
        row.reason,
        ClockEffect(row.clock),
        Role(row.with_role) if row.with_role else None,
        row.promised_at,
    )


def _attachment_view(row: Attachment | DraftAttachment) -> AttachmentView:
    return AttachmentView(
        row.pk, row.paper, FileId(row.file_id), row.name, row.size_bytes, row.media_type, row.added_at
    )


def _document_view(row: Document) -> DocumentView:
    return DocumentView(
        DocumentId(row.pk), DocumentKind(row.kind), row.form_no, row.number, row.title, row.issued_at
    )


def _supplement_view(row: Supplement) -> SupplementView:
    items = tuple((str(key), str(need)) for key, need in row.items)
    return SupplementView(row.asked_at, row.answer_by, row.answered_at, items, row.reason)
