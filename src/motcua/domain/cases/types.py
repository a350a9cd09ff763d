"""Vocabulary of cases: states, steps, documents, and the frozen views other apps may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from motcua.domain.agencies.types import AgencyId, SeatId
from motcua.domain.catalogue.types import Channel, VersionId
from motcua.domain.identity.types import OrganisationId, PersonId
from motcua.kernel import calendar
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import VIETNAM
from motcua.kernel.errors import Conflict, Forbidden, Invalid, Unknown
from motcua.platform.files.types import FileId

DossierId = NewType("DossierId", UUID)
DraftId = NewType("DraftId", UUID)
DocumentId = NewType("DocumentId", UUID)


class State(StrEnum):
    """The ten states of a dossier; the national exchange numbers them 1 to 10."""

    SUBMITTED = "submitted"  #: 1 mới đăng ký: filed, the office must answer within 8 working hours
    ACCEPTED = "accepted"  #: 2 được tiếp nhận: numbered and receipted, the limit is running
    NOT_ACCEPTED = "not_accepted"  #: 3 không được tiếp nhận: final
    PROCESSING = "processing"  #: 4 đang xử lý: with the unit that decides
    SUPPLEMENT_REQUESTED = (
        "supplement_requested"  #: 5 yêu cầu bổ sung: the clock is stopped, the citizen has 15 working days
    )
    PAYMENT_REQUESTED = "payment_requested"  #: 6 yêu cầu thực hiện nghĩa vụ tài chính: the clock is stopped
    WITHDRAWAL_REQUESTED = (
        "withdrawal_requested"  #: 7 công dân yêu cầu rút: the clock is stopped until the desk decides
    )
    STOPPED = "stopped"  #: 8 dừng xử lý: final, with a notice that gives the reason
    DONE = "done"  #: 9 đã xử lý xong: the result exists and waits at the desk
    RETURNED = "returned"  #: 10 đã trả kết quả: final


NATIONAL_CODE: Final[Mapping[State, int]] = {state: number for number, state in enumerate(State, start=1)}
FINAL_STATES: Final = frozenset({State.NOT_ACCEPTED, State.STOPPED, State.RETURNED})


class Step(StrEnum):
    """A deed that moves a dossier or leaves a mark in its history."""

    SUBMIT = "submit"  #: the citizen files online
    REGISTER = "register"  #: the clerk takes it in at the counter or from the post
    ACCEPT = "accept"
    DECLINE = "decline"  #: form 03
    FORWARD = "forward"  #: the desk hands it to the unit
    CLAIM = "claim"  #: a handler of the unit takes it
    PROPOSE = "propose"  #: the handler lays it before the leader
    SEND_BACK = "send_back"  #: the leader returns it to the handler
    APPROVE = "approve"  #: the leader signs the result
    REJECT = "reject"  #: the leader refuses the request, form 03
    ASK_SUPPLEMENT = "ask_supplement"  #: form 02
    SUPPLEMENT = "supplement"  #: the citizen answers
    REQUIRE_PAYMENT = "require_payment"
    CONFIRM_PAYMENT = "confirm_payment"
    ASK_WITHDRAWAL = "ask_withdrawal"
    GRANT_WITHDRAWAL = "grant_withdrawal"  #: form 05
    DENY_WITHDRAWAL = "deny_withdrawal"
    CLOSE_UNANSWERED = "close_unanswered"  #: no supplement within the time, form 05
    REAPPOINT = "reappoint"  #: apology and new appointment, form 04
    COLLECT_FEE = "collect_fee"
    HAND_OVER = "hand_over"  #: the result is given to the citizen


class ClockEffect(StrEnum):
    """What a step does to the limit."""

    NONE = "none"
    START = "start"  #: the limit begins
    PAUSE = "pause"  #: the remaining time is frozen
    RESUME = "resume"  #: it runs on
    RESTART = "restart"  #: it begins again from zero
    REAPPOINT = "reappoint"  #: a new date is promised; the first stays for statistics
    STOP = "stop"  #: nothing is counted any more


class DocumentKind(StrEnum):
    """Forms of Circular 03/2025/TT-VPCP annex I, and the result itself."""

    RECEIPT = "receipt"  #: form 01 – giấy tiếp nhận hồ sơ và hẹn trả kết quả
    SUPPLEMENT_REQUEST = "supplement_request"  #: form 02
    REFUSAL = "refusal"  #: form 03
    APOLOGY = "apology"  #: form 04
    STOP_NOTICE = "stop_notice"  #: form 05
    RESULT = "result"


class Due(StrEnum):
    """How urgent a dossier is, computed from its appointment and the clock; never stored."""

    OVERDUE = "overdue"
    SOON = "soon"
    ON_TIME = "on_time"
    PAUSED = "paused"
    NONE = "none"  #: final states


class ApplicantKind(StrEnum):
    """Whose affair a dossier is. Source: Decree 118/2025/NĐ-CP art. 3: organisations and individuals."""

    CITIZEN = "citizen"  #: of the person who files
    ORGANISATION = "organisation"  #: of an organisation, filed by a person who represents it


class Tab(StrEnum):
    """The lists of an officer's inbox."""

    TO_DO = "to_do"
    SOON = "soon"
    OVERDUE = "overdue"
    WAITING = "waiting"  #: with the citizen
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One deed in the life of a dossier."""

    number: int
    step: Step
    state: State
    at: datetime
    by_person: UUID | None
    by_role: Role
    by_seat: SeatId | None
    reason: str
    clock: ClockEffect
    with_role: Role | None = None  #: whose turn it was after the deed; None: the citizen's or nobody's
    promised_at: datetime | None = None  #: the new appointment, if the deed promised one


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file handed in as one component of the dossier."""

    id: UUID
    paper: str  #: key of the component in the definition
    file_id: FileId
    name: str
    size_bytes: int
    media_type: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A numbered paper issued by the office."""

    id: DocumentId
    kind: DocumentKind
    form_no: str  #: "01" … "05" by the numbering in force; empty for a result
    number: str
    title: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class SupplementView:
    """What the citizen is asked to add or correct."""

    asked_at: datetime
    answer_by: date
    answered_at: datetime | None
    items: tuple[tuple[str, str], ...]  #: (key of a field or paper, what is needed)
    reason: str


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier as one line of a list."""

    id: DossierId
    code: str
    procedure_code: str
    version_id: VersionId
    applicant_name: str
    state: State
    with_role: Role | None
    act_by: datetime | None
    due_at: datetime | None
    due: Due
    submitted_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """What a source of the node says where the citizen says otherwise."""

    source: str  #: as a definition names it, e.g. "account.born_on"
    known: object  #: the answer the source gives, in canonical form


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier whole. Answers are canonical JSON by field key."""

    id: DossierId
    code: str
    version: int  #: grows with every deed; a page that looked at an older one is refused
    procedure_code: str
    version_id: VersionId
    agency_id: AgencyId
    applicant_id: PersonId  #: who files
    applicant_name: str  #: whose affair it is: the organisation's name if it is filed for one
    organisation_id: OrganisationId | None
    channel: Channel
    state: State
    with_role: Role | None  #: whose turn it is among the officers; None when the citizen's or nobody's
    holder_seat_id: SeatId | None
    submitted_at: datetime
    accepted_at: datetime | None
    act_by: datetime | None  #: by when the present step must be done
    due_at: datetime | None  #: the appointment – hẹn trả; None while the clock is stopped
    first_due_at: datetime | None  #: the appointment on the receipt
    finished_at: datetime | None
    due: Due
    answers: Mapping[str, object]
    fee_dong: int
    fee_paid_at: datetime | None
    wants_paper: bool
    lookup_secret: str
    proposal: str  #: what the handler proposes to the leader
    attachments: tuple[AttachmentView, ...]
    documents: tuple[DocumentView, ...]
    history: tuple[HistoryView, ...]
    supplements: tuple[SupplementView, ...]
    disputed: Mapping[str, Disputed]  #: answers that differ from what a source of the node says, by field key

    @property
    def applicant_kind(self) -> ApplicantKind:
        return ApplicantKind.ORGANISATION if self.organisation_id else ApplicantKind.CITIZEN

    @property
    def papers(self) -> frozenset[str]:
        return frozenset(one.paper for one in self.attachments)

    @property
    def is_supplemented(self) -> bool | None:
        return self.supplements[-1].answered_at is not None if self.supplements else None

    @property
    def was_reappointed(self) -> bool:
        return any(row.step is Step.REAPPOINT for row in self.history)


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What keeps a dossier on its version: questions with a code each, and papers."""

    fields: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[str, ...] = ()

    @property
    def are_none(self) -> bool:
        return not self.fields and not self.papers


@dataclass(frozen=True, slots=True)
class Follower:
    """An unfinished dossier under an earlier version of its procedure, and what keeps it there."""

    id: DossierId
    code: str
    version: int  #: of the procedure
    state: State
    fields: Mapping[str, str]
    papers: tuple[str, ...]

    @property
    def can_follow(self) -> bool:
        return not self.fields and not self.papers


@dataclass(frozen=True, slots=True)
class DossierGlance:
    """What is seen of a dossier beside a list, without opening it. Fields mean what they mean in DossierView."""

    id: DossierId
    code: str
    version: int
    version_id: VersionId
    agency_id: AgencyId
    applicant_id: PersonId
    applicant_name: str
    organisation_id: OrganisationId | None
    channel: Channel
    state: State
    with_role: Role | None
    holder_seat_id: SeatId | None
    submitted_at: datetime
    act_by: datetime | None
    due_at: datetime | None
    due: Due
    answers: Mapping[str, object]
    fee_dong: int
    fee_paid_at: datetime | None
    proposal: str
    papers: frozenset[str]  #: components something was handed in for
    is_supplemented: bool | None  #: whether the last request was answered; None if nothing was asked for
    was_reappointed: bool


@dataclass(frozen=True, slots=True)
class DraftView:
    """A form not yet filed. ``revision`` grows with every save."""

    id: DraftId
    procedure_code: str
    version_id: VersionId
    person_id: PersonId
    answers: Mapping[str, object]
    sources: Mapping[str, str]  #: where a prefilled answer came from, by field key
    disputed: Mapping[str, Disputed]  #: prefilled answers the citizen changed
    attachments: tuple[AttachmentView, ...]
    agency_id: AgencyId | None
    organisation_id: OrganisationId | None
    revision: int
    updated_at: datetime
    dossier_id: DossierId | None  #: set once filed


@dataclass(frozen=True, slots=True)
class TrackingView:
    """What a stranger who holds the receipt may see: no answers, no papers, no names of officers."""

    code: str
    procedure_code: str
    applicant_initials: str  #: of a person; an organisation is named, as in the public register
    agency_id: AgencyId
    state: State
    submitted_at: datetime
    due_at: datetime | None
    history: tuple[HistoryView, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One deed in a life that is told afterwards."""

    step: Step
    at: datetime
    by: Actor
    words: str = ""  #: reason, proposal or number of a receipt
    items: tuple[tuple[str, str], ...] = ()  #: what ASK_SUPPLEMENT asks for
    answers: Mapping[str, object] = field(default_factory=dict)  #: what SUPPLEMENT corrects
    files: Mapping[str, tuple[FileId, ...]] = field(default_factory=dict)  #: what SUPPLEMENT adds, by paper
    promised_at: datetime | None = None  #: the new appointment of REAPPOINT


@dataclass(frozen=True, slots=True)
class Life:
    """A dossier with its whole history, as it comes from another system or a generator. Moves are in order."""

    procedure_code: str
    agency_id: AgencyId
    applicant_id: PersonId
    channel: Channel
    answers: Mapping[str, object]
    files: Mapping[str, tuple[FileId, ...]]
    wants_paper: bool
    moves: tuple[Move, ...]  #: the first is SUBMIT or REGISTER


@dataclass(frozen=True, slots=True)
class Promise:
    """What an office owes whoever files with it at a given instant."""

    answer_by: datetime  #: accepted, declined or asked for more by then
    due: calendar.Due  #: the appointment if it is accepted at once, with its reasons


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """How the node served people since an instant, counted from its dossiers."""

    since: datetime
    submitted: int
    submitted_online: int
    finished: int  #: with a result
    finished_on_time: int  #: by the appointment, without a second one having been made


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day a report covers, in Vietnam, and the text it was asked for with."""

    first: date
    last: date
    text: str

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time(0), tzinfo=VIETNAM)

    @property
    def until(self) -> datetime:
        """The instant at which the span is over."""
        return datetime.combine(self.last + timedelta(days=1), time(0), tzinfo=VIETNAM)

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1


class Grain(StrEnum):
    """What one row of the figures covers."""

    DAY = "day"
    MONTH = "month"  #: dated on its first day
    NOW = "now"  #: what stands open


class Measure(StrEnum):
    """What is counted. On which day: that of the acceptance, of the last deed, or of the count."""

    RECEIVED = "received"  #: tiếp nhận: accepted, the limit began
    DONE = "done"  #: đã giải quyết: with a result
    WITHDRAWN = "withdrawn"  #: taken back; reports count it as handled
    STOPPED = "stopped"  #: rejected, or closed unanswered
    DECLINED = "declined"  #: not taken in
    WAITING = "waiting"  #: filed, not yet accepted
    RUNNING = "running"  #: đang xử lý
    PAUSED = "paused"  #: tạm dừng


class Shown(StrEnum):
    """The columns of a report; each leads to its dossiers."""

    RECEIVED = "received"
    HANDLED = "handled"
    ON_TIME = "on_time"
    LATE = "late"
    STOPPED = "stopped"
    DECLINED = "declined"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"


class By(StrEnum):
    """What a report is broken down by."""

    AGENCY = "agency"
    FIELD = "field"
    PROCEDURE = "procedure"
    CHANNEL = "channel"
    OFFICER = "officer"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one line of a report. Those of open dossiers are of the present moment, not of the span."""

    key: str  #: id of an agency or seat, code, channel or first day; empty for the sum of all
    received: int = 0
    handled: int = 0  #: with a result, or withdrawn
    on_time: int = 0  #: of those handled or stopped
    late: int = 0
    stopped: int = 0
    declined: int = 0
    waiting: int = 0
    running: int = 0
    paused: int = 0
    overdue: int = 0  #: of those running

    @property
    def percent(self) -> float | None:
        ended = self.on_time + self.late
        return round(100 * self.on_time / ended, 2) if ended else None

    def plus(self, other: "Figures", key: str = "") -> "Figures":
        return Figures(key, *(getattr(self, one) + getattr(other, one) for one in Shown))


@dataclass(frozen=True, slots=True)
class Statistics:
    """A report: one line for each key, and all together."""

    span: Span
    by: By
    lines: tuple[Figures, ...]
    total: Figures
    counted_at: datetime | None  #: None before the first count


@dataclass(frozen=True, slots=True)
class Scope:
    """Which dossiers a report is about."""

    agency_id: UUID | None = None  #: with those under it; None: all the actor may count
    procedure_code: str = ""
    channel: str = ""


class Differs(StrEnum):
    """How the tables disagree with the ledger about one dossier."""

    ROW_MISSING = "row_missing"  #: the ledger tells of a dossier that has no row
    LEAVES_MISSING = (
        "leaves_missing"  #: there is a row, or a line of its history, of which the ledger tells nothing
    )
    VALUE = "value"  #: a column says otherwise
    CALENDAR = "calendar"  #: the appointment moved with the calendar of the office, nothing else did


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing of a dossier that the ledger and the tables tell differently."""

    kind: Differs
    dossier_id: UUID
    dossier_code: str
    field: str  #: column of the dossier, or ``history.NUMBER.COLUMN``
    ledger: str
    table: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How punctual an agency was in a span."""

    agency_id: UUID
    finished: int
    on_time: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.on_time / self.finished, 2) if self.finished else None


@dataclass(frozen=True, slots=True)
class CasesAudit:
    """What the ledger alone says of a span, and where the tables say otherwise."""

    dossiers: int  #: with a deed in the span, all compared
    leaves: int
    by_ledger: tuple[Rate, ...]
    by_tables: tuple[Rate, ...]
    undated: int  #: dossiers whose leaves do not tell their limit; their appointments were not recomputed
    count: int  #: disagreements other than by the calendar
    moved_by_calendar: int
    disagreements: tuple[Disagreement, ...]  #: the first of them
    unproven: int  #: leaves read that no signed head covers yet


class UnknownDossier(Unknown):
    """No such dossier, or not one the actor may see."""

    code = "cases.unknown_dossier"


class UnknownDraft(Unknown):
    """No such draft of this person."""

    code = "cases.unknown_draft"


class UnknownDocument(Unknown):
    """The dossier has no such document or attachment."""

    code = "cases.unknown_document"


class IllegalStep(Conflict):
    """The law has no such step from the dossier's present state."""

    code = "cases.illegal_step"


class NotYourStep(Forbidden):
    """The step belongs to another role, seat or person."""

    code = "cases.not_your_step"


class MovedOn(Conflict):
    """Somebody else took a step since the page was opened."""

    code = "cases.moved_on"


class CannotFollow(Conflict):
    """The dossier cannot go on under the later version; ``facts["fields"]`` and ``facts["papers"]`` say why."""

    code = "cases.cannot_follow"


class DraftChanged(Conflict):
    """The draft was saved elsewhere since this page was opened; ``facts["revision"]`` is the newest."""

    code = "cases.draft_changed"


class AlreadyFiled(Conflict):
    """The draft has become a dossier and can no longer be changed."""

    code = "cases.already_filed"


class MissingPapers(Invalid):
    """Required components are missing; ``facts["papers"]`` lists their keys."""

    code = "cases.missing_papers"


class UnknownPaper(Invalid):
    """The procedure has no such component, or not in this case."""

    code = "cases.unknown_paper"


class TooManyFiles(Invalid):
    """The component already has as many files as it may."""

    code = "cases.too_many_files"


class WrongApplicant(Invalid):
    """The procedure is not for this kind of applicant; ``facts["subjects"]`` says for which."""

    code = "cases.wrong_applicant"


class NoAgency(Invalid):
    """It is not known, or not possible, which office shall handle the dossier."""

    code = "cases.no_agency"


class ReasonMissing(Invalid):
    """The law wants a specific reason in writing."""

    code = "cases.reason_missing"


class SupplementAlreadyAsked(Conflict):
    """Papers may be asked for once; again only if the answer did not follow the request."""

    code = "cases.supplement_already_asked"


class AlreadyReappointed(Conflict):
    """A new appointment may be made once."""

    code = "cases.already_reappointed"


class BadAppointment(Invalid):
    """The new date is not a working instant after the old one."""

    code = "cases.bad_appointment"


class FeeUnpaid(Conflict):
    """The fee must be paid before the result is handed over."""

    code = "cases.fee_unpaid"


class FeeAlreadyPaid(Conflict):
    """The fee has been paid."""

    code = "cases.fee_already_paid"


class ChannelClosed(Invalid):
    """The procedure is not offered through this channel."""

    code = "cases.channel_closed"


class NotAnswerable(Invalid):
    """The answer touches something the office did not ask for."""

    code = "cases.not_answerable"


class NotASpan(Invalid):
    """Not a day, month, quarter, year or report period."""

    code = "cases.not_a_span"
