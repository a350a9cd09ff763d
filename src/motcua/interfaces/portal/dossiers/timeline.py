"""The way of a dossier told to its citizen: what happened, what happens now and by when, what comes after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.domain.cases.types import DocumentView, DossierView, HistoryView, State, Step, TrackingView
from motcua.domain.catalogue.types import Definition
from motcua.interfaces.portal.templatetags.portal import language
from motcua.kernel.actors import Role

#: step → what happened, ``%(office)s`` is where
DONE: Final[Mapping[Step, str]] = {
    Step.SUBMIT: gettext_noop("Nộp hồ sơ trực tuyến"),
    Step.REGISTER: gettext_noop("%(office)s nhận hồ sơ tại quầy"),
    Step.ACCEPT: gettext_noop("%(office)s tiếp nhận"),
    Step.DECLINE: gettext_noop("%(office)s không tiếp nhận"),
    Step.FORWARD: gettext_noop("Chuyển đến nơi giải quyết"),
    Step.CLAIM: gettext_noop("Có người nhận giải quyết"),
    Step.PROPOSE: gettext_noop("Trình lãnh đạo"),
    Step.SEND_BACK: gettext_noop("Lãnh đạo yêu cầu xem lại"),
    Step.APPROVE: gettext_noop("Lãnh đạo ký kết quả"),
    Step.REJECT: gettext_noop("Lãnh đạo từ chối giải quyết"),
    Step.ASK_SUPPLEMENT: gettext_noop("Yêu cầu bổ sung"),
    Step.SUPPLEMENT: gettext_noop("Gửi bổ sung"),
    Step.REQUIRE_PAYMENT: gettext_noop("Yêu cầu nộp tiền"),
    Step.CONFIRM_PAYMENT: gettext_noop("Xác nhận đã nộp tiền"),
    Step.ASK_WITHDRAWAL: gettext_noop("Xin rút hồ sơ"),
    Step.GRANT_WITHDRAWAL: gettext_noop("Đồng ý cho rút hồ sơ"),
    Step.DENY_WITHDRAWAL: gettext_noop("Không đồng ý cho rút; hồ sơ đi tiếp"),
    Step.CLOSE_UNANSWERED: gettext_noop("Dừng vì không có bổ sung"),
    Step.REAPPOINT: gettext_noop("Xin lỗi và hẹn lại"),
    Step.COLLECT_FEE: gettext_noop("Đã thu lệ phí"),
    Step.HAND_OVER: gettext_noop("Trả kết quả"),
}
STOPS: Final = frozenset({Step.DECLINE, Step.REJECT, Step.GRANT_WITHDRAWAL, Step.CLOSE_UNANSWERED})
#: steps whose reason is meant for the citizen; what officers tell each other stays with them
SAID: Final = STOPS | {
    Step.ASK_SUPPLEMENT,
    Step.REQUIRE_PAYMENT,
    Step.DENY_WITHDRAWAL,
    Step.REAPPOINT,
    Step.ASK_WITHDRAWAL,
}
NOW: Final[Mapping[State, str]] = {
    State.SUBMITTED: gettext_noop("%(office)s xem và trả lời"),
    State.ACCEPTED: gettext_noop("%(office)s chuyển đến nơi giải quyết"),
    State.SUPPLEMENT_REQUESTED: gettext_noop("Chờ bổ sung"),
    State.PAYMENT_REQUESTED: gettext_noop("Chờ nộp tiền"),
    State.WITHDRAWAL_REQUESTED: gettext_noop("%(office)s quyết định việc rút"),
    State.DONE: gettext_noop("Kết quả chờ tại %(office)s"),
}
BY_CITIZEN: Final = gettext_noop("bạn")


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the line. ``tone``: done (empty), now, next or stop."""

    tone: str
    title: str
    who: str = ""
    at: datetime | None = None
    until: datetime | None = None
    words: str = ""  #: the reason given
    documents: tuple[DocumentView, ...] = ()


def of_own(view: DossierView, definition: Definition, office: str) -> list[Moment]:
    """Return the line of one's own dossier, with reasons and documents."""
    past = [
        _past(
            row,
            office,
            citizen=_(BY_CITIZEN),
            words=row.reason if row.step in SAID else "",
            documents=tuple(d for d in view.documents if d.issued_at == row.at),
        )
        for row in view.history
    ]
    turn = view.with_role
    return past + _ahead(view.state, turn, definition, office, act_by=view.act_by, due_at=view.due_at)


def of_stranger(view: TrackingView, definition: Definition, office: str) -> list[Moment]:
    """Return the line as whoever holds the receipt may see it: steps and times alone."""
    past = [_past(row, office, citizen="") for row in view.history]
    turn = _turn(view.history)
    return past + _ahead(view.state, turn, definition, office, act_by=None, due_at=view.due_at)


def _past(
    row: HistoryView,
    office: str,
    *,
    citizen: str,
    words: str = "",
    documents: tuple[DocumentView, ...] = (),
) -> Moment:
    return Moment(
        "stop" if row.step in STOPS else "",
        _(DONE[row.step]) % {"office": office},
        who=citizen if row.by_role is Role.CITIZEN else "",
        at=row.at,
        words=words,
        documents=documents,
    )


def _ahead(
    state: State,
    turn: Role | None,
    definition: Definition,
    office: str,
    *,
    act_by: datetime | None,
    due_at: datetime | None,
) -> list[Moment]:
    handling, decision = (definition.step(key).name.to(language()) for key in ("handling", "decision"))
    handover = _("Trả kết quả")
    if state is State.PROCESSING:
        with_leader = turn is Role.LEADER
        now = Moment("now", decision if with_leader else handling, until=act_by)
        later = [] if with_leader else [Moment("next", decision)]
        return [now, *later, Moment("next", handover, until=due_at)]
    if state not in NOW:
        return []
    now = Moment("now", _(NOW[state]) % {"office": office}, until=act_by)
    if state is State.DONE:
        return [now]
    if state in {State.SUBMITTED, State.ACCEPTED}:
        return [
            now,
            Moment("next", handling),
            Moment("next", decision),
            Moment("next", handover, until=due_at),
        ]
    return [now]


def _turn(history: Sequence[HistoryView]) -> Role | None:
    last = history[-1].step if history else None
    return Role.LEADER if last is Step.PROPOSE else Role.HANDLER
