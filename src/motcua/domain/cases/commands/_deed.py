"""How every deed on a dossier is done: look, refuse or move, number, write history, ledger and event together.

Private to the commands. Locks are taken in one order: dossier, then number books.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases import queries
from motcua.domain.cases.commands._lookups import NODE, Lookups
from motcua.domain.cases.events import DossierMoved
from motcua.domain.cases.models import Attachment, Document, Dossier, History
from motcua.domain.cases.rules import audit, clock, finding, lifecycle, numbering, papers
from motcua.domain.cases.rules.lifecycle import Position, Rule
from motcua.domain.cases.types import (
    ClockEffect,
    DocumentKind,
    DossierId,
    DossierView,
    MovedOn,
    NotYourStep,
    ReasonMissing,
    State,
    Step,
    UnknownDossier,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Definition, Stage, VersionId
from motcua.domain.identity.types import Address, OrganisationId, PersonId
from motcua.kernel.actors import Actor, Role
from motcua.kernel.calendar import WorkCalendar
from motcua.kernel.clock import local_date
from motcua.platform.files import queries as files
from motcua.platform.files.types import FileId, FileView, UnknownFile
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox

SHORTEST_REASON = 10  #: characters; "không đạt" alone is not the specific reason the law asks for


@dataclass
class Deed:
    """A step being taken on a locked dossier."""

    dossier: Dossier
    step: Step
    rule: Rule
    actor: Actor
    at: datetime
    definition: Definition
    calendar: WorkCalendar
    past: list[History]
    reason: str = ""
    promised_at: datetime | None = None
    facts: dict[str, object] = field(default_factory=dict)  #: go to the ledger: ids and codes, never names
    rows: list[Document | Attachment] = field(default_factory=list)  #: stored once the dossier is
    look: Lookups = NODE
    row: History = field(init=False)

    @cached_property
    def form(self) -> catalogue.Filled:
        """The form as filed: by the rules of that day."""
        return queries.form_as_filed(self.definition, self.dossier)

    @cached_property
    def course(self) -> catalogue.Course:
        """The case, the limit and the hours that apply to the dossier."""
        return catalogue.course(self.form)


def begin(
    dossier_id: DossierId,
    step: Step,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    reason: str = "",
) -> Deed:
    """Lock the dossier and return the deed if the actor may do it now.

    ``seen`` is the version the actor looked at. Raises UnknownDossier, IllegalStep, NotYourStep, MovedOn.
    """
    dossier = Dossier.objects.locked(dossier_id)
    if dossier is None or not queries.may_see(dossier, actor):
        raise UnknownDossier(dossier_id=dossier_id)
    if seen is not None and seen != dossier.version:
        raise MovedOn(dossier_id=dossier_id, seen=seen, version=dossier.version)
    rule = lifecycle.rule_for(State(dossier.state), step, by=actor.role)
    refuse_out_of_turn(dossier, step, actor)
    return Deed(
        dossier,
        step,
        rule,
        actor,
        at,
        catalogue.version(VersionId(dossier.procedure_version_id)).definition,
        agencies.calendar_of(AgencyId(dossier.agency_id)),
        list(dossier.history.order_by("number")),
        reason.strip(),
    )


def refuse_out_of_turn(dossier: Dossier, step: Step, actor: Actor) -> None:
    """Raise NotYourStep unless it is their turn: handler before leader, and what is held belongs to its holder."""
    if dossier.state != State.PROCESSING or not actor.is_officer or actor.role is Role.CLERK:
        return
    if step is not Step.REAPPOINT and dossier.with_role != actor.role:
        raise NotYourStep(step=step, turn=dossier.with_role)
    held_by_another = dossier.holder_seat_id is not None and dossier.holder_seat_id != actor.seat_id
    if actor.role is Role.HANDLER and step is not Step.CLAIM and held_by_another:
        raise NotYourStep(step=step, holder=dossier.holder_seat_id)


def refuse_without_reason(reason: str) -> None:
    """Raise ReasonMissing unless ``reason`` says something specific."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing(shortest=SHORTEST_REASON)


def begin_first(
    dossier: Dossier,
    step: Step,
    *,
    form: catalogue.Filled,
    actor: Actor,
    at: datetime,
    look: Lookups = NODE,
) -> Deed:
    """Return the deed that brings ``dossier``, not yet stored, into being. Raises NotYourStep."""
    rule = lifecycle.FIRST[step]
    if actor.role not in rule.by:
        raise NotYourStep(step=step, by=actor.role)
    calendar = look.calendar(AgencyId(dossier.agency_id))
    deed = Deed(dossier, step, rule, actor, at, form.definition, calendar, [], look=look)
    deed.form = form
    return deed


def settle(deed: Deed) -> None:
    """Bring the dossier in memory to where the step leads, appointment included; nothing is written yet."""
    place(deed)
    read_clock(deed)


def place(deed: Deed) -> None:
    """Bring the dossier in memory to the state the step leads to; what the clock shows is not read yet."""
    dossier = deed.dossier
    past = [Position(State(row.state), Role(row.with_role) if row.with_role else None) for row in deed.past]
    position = lifecycle.position_after(deed.step, deed.rule, past)
    dossier.state, dossier.with_role = position.state, position.turn or ""
    deed.row = _history(deed)


def record(deed: Deed) -> DossierView:
    """Write dossier, history, documents and papers, ledger leaf and event; return the dossier as it is now."""
    dossier, new = deed.dossier, not deed.past
    if not new:
        dossier.version += 1
    dossier.save(force_insert=new)
    deed.row.dossier = dossier
    deed.row.save(force_insert=True)
    for one in deed.rows:
        one.dossier = dossier
    if documents := [one for one in deed.rows if isinstance(one, Document)]:
        Document.objects.bulk_create(documents)
    if attachments := [one for one in deed.rows if isinstance(one, Attachment)]:
        Attachment.objects.bulk_create(attachments)
    _tell(deed)
    return queries.view_of_new(dossier, deed.row, deed.rows) if new else queries.view_of(dossier)


def attach(deed: Deed, files_by_paper: Mapping[str, Sequence[FileId]]) -> None:
    """Lay uploaded files into the dossier as its components; ``record`` stores them. Raises UnknownFile."""
    wanted = [file_id for ids in files_by_paper.values() for file_id in ids]
    known = handed_in(wanted, by={deed.actor.person_id, deed.dossier.applicant_id}) if wanted else {}
    deed.rows += [
        Attachment(
            paper=paper,
            file_id=file_id,
            name=known[file_id].name,
            size_bytes=known[file_id].size_bytes,
            media_type=known[file_id].media_type,
            added_at=deed.at,
        )
        for paper, ids in files_by_paper.items()
        for file_id in ids
    ]


def handed_in(file_ids: Sequence[FileId], *, by: Set[UUID | None]) -> Mapping[FileId, FileView]:
    """Return files by id. Raises UnknownFile for one that was not handed in for one of the persons ``by``.

    Knowing the id of a file is not yet a right to it: laid into a dossier, it could be read there.
    """
    found = files.files(file_ids)
    for file_id in file_ids:
        if file_id not in found or found[file_id].owner not in by:
            raise UnknownFile(file=str(file_id))
    return found


def new_code(agency_id: AgencyId, at: datetime, look: Lookups = NODE) -> str:
    """Return a fresh dossier code of the agency for the day of ``at``."""
    on = local_date(at)
    order = look.next_number(agency_id, "dossier", f"{on:%y%m%d}")
    return numbering.dossier_code(look.agency_code(agency_id), on, order)


def new_dossier(
    version_id: VersionId,
    form: catalogue.Filled,
    answers: dict[str, object],
    *,
    agency_id: AgencyId,
    applicant_id: PersonId,
    organisation_id: OrganisationId | None,
    channel: Channel,
    wants_paper: bool,
    at: datetime,
    disputed: Mapping[str, object] | None = None,
    look: Lookups = NODE,
) -> Dossier:
    """Return a dossier that does not exist yet, with its code; the first deed brings it into being.

    ``form`` is filled with ``answers`` for the day and the channel of filing.
    """
    person = look.person(applicant_id)
    body = look.organisation(organisation_id) if organisation_id else None
    names = f"{body.name} {person.full_name}" if body else person.full_name
    numbers = f"{body.tax_code} {person.personal_id}" if body else person.personal_id
    code = new_code(agency_id, at, look)
    return look.row(
        Dossier,
        code=code,
        lookup_secret=numbering.lookup_secret(),
        procedure_version_id=version_id,
        procedure_code=form.definition.code,
        agency_id=agency_id,
        applicant_id=applicant_id,
        applicant_name=body.name if body else person.full_name,
        organisation_id=organisation_id,
        channel=channel,
        submitted_at=at,
        answers=answers,
        disputed=disputed or {},
        fee_dong=catalogue.total_fee_dong(form),
        wants_paper=wants_paper,
        search_text=finding.search_text(code, names, numbers, form.definition.name.vi),
    )


def issue(deed: Deed, kind: DocumentKind, facts: Mapping[str, object]) -> Document:
    """Number and store a form of the circular; its facts are frozen now and printed when asked for."""
    dossier, on = deed.dossier, local_date(deed.at)
    number = numbering.number(kind, deed.look.next_number(dossier.agency_id, kind, str(on.year)))
    return _document(
        deed,
        kind,
        number,
        numbering.TITLES[kind],
        numbering.TEMPLATES[kind],
        numbering.form_no(kind, on),
        facts,
    )


def issue_receipt(deed: Deed, counts: Mapping[str, int]) -> None:
    """Issue form 01 with the appointment the clock has just given."""
    dossier = deed.dossier
    specs = deed.form.papers
    due_text = papers.moment(dossier.due_at) if dossier.due_at else ""
    issue(
        deed,
        DocumentKind.RECEIPT,
        {
            "papers": papers.components(specs, counts, electronic=dossier.channel == Channel.ONLINE),
            "copies_count": "01",
            "limit_text": papers.limit_text(deed.definition),
            "received_at_text": papers.moment(deed.at),
            "due_at_text": due_text,
            "return_at": "Tại bộ phận một cửa"
            if dossier.wants_paper
            else "Trực tuyến, vào kho giấy tờ điện tử",
            "book": {"volume": f"{deed.at.year}", "number": dossier.code.rsplit("-", 1)[-1]},
            "submitter_name": deed.look.person(PersonId(dossier.applicant_id)).full_name
            if dossier.organisation_id
            else dossier.applicant_name,
        },
    )


def issue_result(deed: Deed) -> Document:
    """Number and store the result in the book its definition names."""
    result, on = deed.definition.result, local_date(deed.at)
    n = deed.look.next_number(deed.dossier.agency_id, f"result:{result.book}", str(on.year))
    number = numbering.number(DocumentKind.RESULT, n, symbol=result.symbol)
    facts = catalogue.result_facts(
        deed.definition,
        deed.dossier.answers,
        units=deed.look.unit_names(catalogue.communes_named(deed.dossier.answers)),
    )
    extra = {
        "registered_on_text": papers.day(deed.at),
        "registered_at": deed.look.office(AgencyId(deed.dossier.agency_id)).name,
        "first_registered_text": papers.day(deed.at),
        "certification_number": number,
        "business_code": number,
        "electronic": True,
    }
    return _document(deed, DocumentKind.RESULT, number, result.name.vi, result.template, "", extra | facts)


def _document(  # noqa: PLR0917 - the parts of a document, in the order they are printed
    deed: Deed,
    kind: DocumentKind,
    number: str,
    title: str,
    template: str,
    form_no: str,
    facts: Mapping[str, object],
) -> Document:
    dossier = deed.dossier
    printed = {
        **papers.head(kind, office=deed.look.office(AgencyId(dossier.agency_id)), number=number, at=deed.at),
        **papers.request(dossier.code, deed.definition, applicant(dossier, deed.look)),
        **deed.look.officer(deed.actor),
        **facts,
    }
    deed.facts |= {"document": kind, "number": number}
    document = deed.look.row(
        Document,
        kind=kind,
        template=template,
        form_no=form_no,
        number=number,
        title=title,
        facts=printed,
        issued_at=deed.at,
    )
    deed.rows.append(document)
    return document


def applicant(dossier: Dossier, look: Lookups = NODE) -> papers.Applicant:
    """Return whom a dossier belongs to, as printed: the organisation it was filed for, else the person."""
    person = look.person(PersonId(dossier.applicant_id))
    if not dossier.organisation_id:
        home = _in_words(person.address, look)
        return papers.Applicant(dossier.applicant_name, person.personal_id, home, person.phone, person.email)
    body = look.organisation(OrganisationId(dossier.organisation_id))
    return papers.Applicant(
        dossier.applicant_name,
        "",
        _in_words(body.address, look),
        person.phone,
        person.email,
        tax_code=body.tax_code,
        representative=person.full_name,
    )


def _in_words(address: Address | None, look: Lookups) -> str:
    if address is None:
        return ""
    code = address.commune_code
    return ", ".join(filter(None, [address.street, look.unit_names({code}).get(code, "")]))


def _effect(deed: Deed) -> ClockEffect:
    """A supplement runs on or begins anew as the procedure says; every other effect stands in the table."""
    if deed.step is Step.SUPPLEMENT and deed.definition.supplement.mode == "reset":
        return ClockEffect.RESTART
    return deed.rule.clock


def _history(deed: Deed) -> History:
    return deed.look.row(
        History,
        dossier_id=deed.dossier.pk,
        number=len(deed.past) + 1,
        step=deed.step,
        state=deed.dossier.state,
        with_role=deed.dossier.with_role,
        at=deed.at,
        by_person_id=deed.actor.person_id,
        by_role=deed.actor.role,
        by_seat_id=deed.actor.seat_id,
        reason=deed.reason,
        clock=_effect(deed),
        promised_at=deed.promised_at,
    )


def read_clock(deed: Deed) -> None:
    """Set the appointment and the date of the present step from the events, all of them."""
    rows = [*deed.past, deed.row]
    dossier, calendar = deed.dossier, deed.calendar
    effects = [(row.at, ClockEffect(row.clock), row.promised_at) for row in rows]
    reading = clock.read(clock.ticks(effects), clock.limit_of(deed.course.limit), calendar)
    state = State(dossier.state)
    dossier.first_due_at = reading.first_due_at
    dossier.due_at = None if state in clock.PAUSED_STATES else reading.due_at
    dossier.finished_at = reading.stopped_at
    dossier.act_by = _act_by(deed, state, begun_at=_turn_began(rows))


def _act_by(deed: Deed, state: State, *, begun_at: datetime) -> datetime | None:
    calendar, due_at = deed.calendar, deed.dossier.due_at
    match state:
        case State.SUBMITTED | State.WITHDRAWAL_REQUESTED:
            return clock.respond_by(calendar, begun_at)
        case State.ACCEPTED:
            return clock.step_by(calendar, begun_at, deed.course.hours[Stage.RECEPTION], due_at)
        case State.PROCESSING:
            stage = Stage.DECISION if deed.dossier.with_role == Role.LEADER else Stage.HANDLING
            return clock.step_by(calendar, begun_at, deed.course.hours[stage], due_at)
        case State.SUPPLEMENT_REQUESTED:
            last = clock.answer_by(
                calendar, local_date(begun_at), deed.definition.supplement.autoclose_working_days
            )
            return clock.end_of(last)
        case State.DONE:
            return due_at
        case _:
            return None


def _turn_began(rows: list[History]) -> datetime:
    """Return when the present turn began: the oldest of the latest rows in one state with one officer."""
    last, began = rows[-1], rows[-1].at
    for row in reversed(rows):
        if (row.state, row.with_role) != (last.state, last.with_role):
            break
        began = row.at
    return began


def leaf_facts(deed: Deed) -> dict[str, object]:
    """Return what the ledger keeps of a deed: codes and instants, never names.

    It is enough to tell the course of a dossier and its appointment again without the tables (``rules/audit``).
    """
    dossier, row = deed.dossier, deed.row
    leaf: dict[str, object] = {
        "code": dossier.code,
        "state": str(dossier.state),
        "clock": str(row.clock),
        "nth": row.number,
    }
    if not deed.past:
        leaf |= {
            "agency": dossier.agency_id,
            "procedure": dossier.procedure_code,
            "channel": str(dossier.channel),
        }
    if row.clock in audit.COUNTED_ANEW:
        leaf["limit"] = audit.limit_text(clock.limit_of(deed.course.limit))
    if row.clock == ClockEffect.START:
        leaf["due_at"] = dossier.due_at
    if row.promised_at:
        leaf["promised_at"] = row.promised_at
    return leaf | deed.facts


def _tell(deed: Deed) -> None:
    dossier = deed.dossier
    ledger.append(f"cases.{deed.step}", dossier.pk, actor=deed.actor, at=deed.at, facts=leaf_facts(deed))
    outbox.announce(
        DossierMoved(
            at=deed.at,
            dossier_id=DossierId(dossier.pk),
            code=dossier.code,
            procedure_code=dossier.procedure_code,
            agency_id=dossier.agency_id,
            applicant_id=dossier.applicant_id,
            step=deed.step,
            came_from=State(deed.past[-1].state) if deed.past else None,
            state=State(dossier.state),
        )
    )
