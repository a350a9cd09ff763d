"""The life of a document at one recipient: the nine codes agencies tell each other.

Source: Decision 28/2018/QĐ-TTg as every client in the field numbers it; transitions as those clients make them, which
is loosely: codes are skipped and repeated, and the order of arrival is best effort. So only two things are refused: a
code after the end, and a code from a body that is not its party. Transport states of an axis (done, fail, processing)
are another matter and never mixed with these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from motcua.kernel.errors import Conflict, Forbidden


class Status(StrEnum):
    """The nine codes; two digits with a leading zero on the wire."""

    ARRIVED = "01"  #: đã đến: the recipient's software has it, nobody acted
    REJECTED = "02"  #: từ chối tiếp nhận
    ACCEPTED = "03"  #: đã tiếp nhận, vào sổ
    ASSIGNED = "04"  #: phân công xử lý
    PROCESSING = "05"  #: đang xử lý
    FINISHED = "06"  #: hoàn thành
    RECALLED = "13"  #: lấy lại: the sender asks for the document back
    CHANGE_AGREED = "15"  #: đồng ý cập nhật, thu hồi, lấy lại
    CHANGE_REFUSED = "16"  #: từ chối cập nhật, thu hồi, lấy lại


class Party(StrEnum):
    SENDER = "sender"
    RECIPIENT = "recipient"


class Change(StrEnum):
    """A later package of the sender about the same document, which moves it as a status does."""

    REVOKE = "revoke"  #: BussinessDocType 1
    UPDATE = "update"  #: BussinessDocType 2
    REPLACE = "replace"  #: BussinessDocType 3


class State(StrEnum):
    SENT = "sent"
    ARRIVED = "arrived"
    REJECTED = "rejected"  #: the end: open again only by a new sending
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    PROCESSING = "processing"
    FINISHED = "finished"
    RETURN_ASKED = "return_asked"  #: the sender takes it back or revokes it; 15 or 16 answers
    UPDATE_ASKED = "update_asked"  #: the sender sent an update; 15 or 16 answers
    TAKEN_BACK = "taken_back"  #: the end
    SUPERSEDED = "superseded"  #: the end: another document stands in its place


class StatusAfterEnd(Conflict):
    """The document was rejected or taken back; nothing can follow."""

    code = "exchange.status_after_end"


class NotYourStatus(Forbidden):
    """This code is the other party's to send."""

    code = "exchange.not_your_status"


Step = Status | Change
BACK: Final = None  #: the state before the sender asked
STEPS: Final[Mapping[str, Step]] = MappingProxyType({step.value: step for step in (*Status, *Change)})
BY: Final[Mapping[Step, Party]] = MappingProxyType(
    {step: Party.SENDER if step in {Status.RECALLED, *Change} else Party.RECIPIENT for step in STEPS.values()}
)
_ENDS: Final = frozenset({State.REJECTED, State.TAKEN_BACK, State.SUPERSEDED})
_ASKED: Final = frozenset({State.RETURN_ASKED, State.UPDATE_ASKED})

_FORWARD: Final = {
    Status.ARRIVED: State.ARRIVED,
    Status.REJECTED: State.REJECTED,
    Status.ACCEPTED: State.ACCEPTED,
    Status.ASSIGNED: State.ASSIGNED,
    Status.PROCESSING: State.PROCESSING,
    Status.FINISHED: State.FINISHED,
}
_ORDER: Final = (
    State.SENT,
    State.ARRIVED,
    State.ACCEPTED,
    State.ASSIGNED,
    State.PROCESSING,
    State.FINISHED,
)


def _table() -> dict[tuple[State, Step], State | None]:
    """Return the law of the field: forward by any step, never back; a rejection only before acceptance."""
    rows: dict[tuple[State, Step], State | None] = {}
    for place, here in enumerate(_ORDER):
        for status, there in _FORWARD.items():
            if there is State.REJECTED:
                if here in {State.SENT, State.ARRIVED}:
                    rows[here, status] = there
            elif _ORDER.index(there) >= place:
                rows[here, status] = there
        if here is not State.FINISHED:
            rows[here, Status.RECALLED] = State.RETURN_ASKED
        rows[here, Change.REVOKE] = State.RETURN_ASKED
        rows[here, Change.UPDATE] = State.UPDATE_ASKED
        rows[here, Change.REPLACE] = State.SUPERSEDED
    for asked, agreed in ((State.RETURN_ASKED, State.TAKEN_BACK), (State.UPDATE_ASKED, BACK)):
        rows[asked, Status.CHANGE_AGREED] = agreed
        rows[asked, Status.CHANGE_REFUSED] = BACK
        rows[asked, Change.REPLACE] = State.SUPERSEDED
    return rows


RULES: Final[Mapping[tuple[State, Step], State | None]] = MappingProxyType(_table())


@dataclass(frozen=True, slots=True)
class Said:
    """One status or later package as it was told."""

    status: str  #: two digits, or a Change
    by: Party


def state_after(history: Sequence[Said]) -> State:
    """Return where the statuses told so far lead, in the order they arrived.

    A code the table has no row for (late, unknown, such as 14) is kept in the history and changes nothing.
    """
    past = [State.SENT]
    for said in history:
        there = _step(past, said)
        if there is not past[-1]:
            past.append(there)
    return past[-1]


def refuse_if_impossible(history: Sequence[Said], said: Said) -> None:
    """Refuse a status after the end or from the wrong party. The same one again is no offence.

    Raises StatusAfterEnd or NotYourStatus.
    """
    step = STEPS.get(said.status)
    if step is not None and BY[step] is not said.by:
        raise NotYourStatus(status=said.status, by=said.by.value)
    if said in history:
        return
    state = state_after(history)
    if state in _ENDS:
        raise StatusAfterEnd(status=said.status, state=state.value)


def _step(past: list[State], said: Said) -> State:
    here = past[-1]
    step = STEPS.get(said.status)
    if step is None or (here, step) not in RULES or BY[step] is not said.by:
        return here
    there = RULES[here, step]
    return there if there is not None else _before_change(past)


def _before_change(past: Sequence[State]) -> State:
    return next(state for state in reversed(past) if state not in _ASKED)


def as_mermaid() -> str:
    """Return the state diagram of the table for the docs."""
    rows = ["    [*] --> sent"]
    for (here, status), there in RULES.items():
        rows.append(f"    {here} --> {there or f'before_{here}'}: {status}")
    return "stateDiagram-v2\n" + "\n".join(rows) + "\n"
