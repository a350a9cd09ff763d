"""The public test kit of cases: an office with its people, and dossiers brought to a state by real deeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from motcua.domain.agencies import commands as agencies
from motcua.domain.agencies.types import AgencyId, AgencyKind
from motcua.domain.cases import commands, queries
from motcua.domain.cases.types import DossierId, DossierView, DraftView, State, Step
from motcua.domain.catalogue.testing import BIRTH, GOOD_ANSWERS, REQUIRED_PAPERS, the_procedures
from motcua.domain.identity.testing import a_citizen, a_person
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.platform.files.testing import a_file
from motcua.platform.files.types import FileId

LONG_AGO = datetime(2025, 7, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)  #: 2 March 2026, 08:00 in Vietnam, an ordinary working day
REASON = "Giấy chứng sinh bị mờ, không đọc được họ tên mẹ."


@dataclass(frozen=True, slots=True)
class Office:
    """A commune with one person in each seat, and a citizen at its door."""

    agency_id: AgencyId
    clerk: Actor
    handler: Actor
    leader: Actor
    citizen: Actor


def an_office(name: str = "Ủy ban nhân dân phường Pleiku", code: str = "H21.15.03") -> Office:
    """Return a staffed commune with the shipped procedures published."""
    the_procedures()
    agencies.fill_calendar([2026], actor=SYSTEM, at=LONG_AGO)
    agency = agencies.open_agency(
        name,
        AgencyKind.COMMUNE,
        since=date(2025, 7, 1),
        code=code,
        short_name=name.removeprefix("Ủy ban nhân dân "),
        actor=SYSTEM,
        at=LONG_AGO,
    )
    roles = {role: an_officer(agency.id, role) for role in (Role.CLERK, Role.HANDLER, Role.LEADER)}
    return Office(agency.id, roles[Role.CLERK], roles[Role.HANDLER], roles[Role.LEADER], a_citizen())


def an_officer(agency_id: AgencyId, role: Role) -> Actor:
    """Return a fresh person seated in ``role``."""
    person = a_person(f"Cán bộ {role}")
    seat = agencies.appoint(agency_id, person.id, role, since=date(2025, 7, 1), actor=SYSTEM, at=LONG_AGO)
    return Actor(person.id, role, agency_id, seat.id)


def a_draft(
    office: Office,
    procedure: str = BIRTH,
    *,
    answers: Mapping[str, object] | None = None,
    at: datetime = MONDAY,
) -> DraftView:
    """Return a draft of the office's citizen, complete and ready to be filed."""
    draft = commands.start_draft(procedure, actor=office.citizen, at=at)
    commands.save_draft(
        draft.id,
        GOOD_ANSWERS[procedure] | dict(answers or {}),
        actor=office.citizen,
        at=at,
        agency_id=office.agency_id,
    )
    if paper := REQUIRED_PAPERS[procedure]:
        commands.attach_to_draft(draft.id, paper, a_paper(office.citizen, at=at), actor=office.citizen, at=at)
    return queries.draft(draft.id, actor=office.citizen)


def a_paper(actor: Actor, *, at: datetime = MONDAY) -> FileId:
    """Return a file handed in by ``actor``."""
    return a_file(owner=PersonId(actor.person_id) if actor.person_id else None, actor=actor, at=at).id


_WAYS = {
    State.SUBMITTED: (),
    State.NOT_ACCEPTED: (Step.DECLINE,),
    State.ACCEPTED: (Step.ACCEPT,),
    State.PROCESSING: (Step.ACCEPT, Step.FORWARD),
    State.SUPPLEMENT_REQUESTED: (Step.ACCEPT, Step.FORWARD, Step.ASK_SUPPLEMENT),
    State.PAYMENT_REQUESTED: (Step.ACCEPT, Step.FORWARD, Step.REQUIRE_PAYMENT),
    State.WITHDRAWAL_REQUESTED: (Step.ACCEPT, Step.FORWARD, Step.ASK_WITHDRAWAL),
    State.STOPPED: (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.REJECT),
    State.DONE: (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE),
    State.RETURNED: (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE, Step.HAND_OVER),
}


def a_dossier(
    office: Office, state: State = State.SUBMITTED, *, procedure: str = BIRTH, at: datetime = MONDAY
) -> DossierView:
    """Return a dossier brought to ``state`` by real deeds.

    Filed at ``at`` (08:00), accepted and forwarded at 09:00, then one deed an hour. The fee is paid on the way.
    """
    view = commands.submit(a_draft(office, procedure, at=at).id, actor=office.citizen, at=at)
    for step in _WAYS[state]:
        if step is not Step.FORWARD:
            at += timedelta(hours=1)
        view = take(step, view, office, at=at)
    return view


def take(step: Step, view: DossierView, office: Office, *, at: datetime) -> DossierView:
    """Take one step on a dossier as the person of the office whose step it is, with something sensible said."""
    proposal, notice = "Hồ sơ hợp lệ, đề nghị lãnh đạo ký.", "Nộp thuế trước bạ theo thông báo."
    if step is Step.HAND_OVER and view.fee_dong and view.fee_paid_at is None:
        commands.collect_fee(view.id, "BL-0001", actor=office.clerk, at=at)
    items = [("birth_record" if view.procedure_code == BIRTH else "applicant_phone", "Chụp lại cho rõ")]
    deeds: dict[Step, Callable[[], DossierView]] = {
        Step.ACCEPT: lambda: commands.accept(view.id, actor=office.clerk, at=at),
        Step.DECLINE: lambda: commands.decline(view.id, REASON, actor=office.clerk, at=at),
        Step.FORWARD: lambda: commands.forward(view.id, actor=office.clerk, at=at),
        Step.PROPOSE: lambda: commands.propose(view.id, proposal, actor=office.handler, at=at),
        Step.ASK_SUPPLEMENT: lambda: commands.ask_supplement(
            view.id, items, REASON, actor=office.handler, at=at
        ),
        Step.REQUIRE_PAYMENT: lambda: commands.require_payment(view.id, notice, actor=office.handler, at=at),
        Step.ASK_WITHDRAWAL: lambda: commands.ask_withdrawal(view.id, "", actor=office.citizen, at=at),
        Step.APPROVE: lambda: commands.approve(view.id, actor=office.leader, at=at),
        Step.REJECT: lambda: commands.reject(view.id, REASON, actor=office.leader, at=at),
        Step.HAND_OVER: lambda: commands.hand_over(view.id, actor=office.clerk, at=at),
    }
    return deeds[step]()


def after(view: DossierView, office: Office) -> DossierView:
    """Return the dossier as its office sees it now."""
    return queries.dossier(DossierId(view.id), actor=office.clerk)
