"""What forms 06 and 07 say: numbers of the forms, units, outcomes of a hand-over.

Source: Circular 03/2025/TT-VPCP annex I (06 control slip, 07 register); Circular 01/2018/TT-VPCP annex (05, 06). The
forms are Vietnamese by law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.domain.cases.types import State, Step
from motcua.kernel.actors import Role
from motcua.kernel.clock import VIETNAM, local_date


@dataclass(frozen=True, slots=True)
class Form:
    """The number of a form under either circular."""

    since_2018: str
    since_2025: str


CONTROL_SLIP: Final = Form("05", "06")
REGISTER: Final = Form("06", "07")

CITIZEN: Final = "Tổ chức, cá nhân"
UNITS: Final[Mapping[str, str]] = {
    Role.CLERK: "Bộ phận Một cửa",
    Role.HANDLER: "Bộ phận chuyên môn",
    Role.LEADER: "Lãnh đạo",
}
STEPS: Final[Mapping[Step, str]] = {
    Step.ACCEPT: "Tiếp nhận",
    Step.DECLINE: "Không tiếp nhận",
    Step.FORWARD: "Chuyển xử lý",
    Step.PROPOSE: "Trình ký",
    Step.SEND_BACK: "Trả lại",
    Step.APPROVE: "Ký duyệt",
    Step.REJECT: "Từ chối",
    Step.ASK_SUPPLEMENT: "Yêu cầu bổ sung",
    Step.SUPPLEMENT: "Đã bổ sung",
    Step.REQUIRE_PAYMENT: "Yêu cầu nộp tiền",
    Step.CONFIRM_PAYMENT: "Đã nộp tiền",
    Step.ASK_WITHDRAWAL: "Xin rút",
    Step.GRANT_WITHDRAWAL: "Cho rút",
    Step.DENY_WITHDRAWAL: "Không cho rút",
    Step.CLOSE_UNANSWERED: "Quá hạn bổ sung",
    Step.HAND_OVER: "Trả kết quả",
}
NOTES: Final[Mapping[State, str]] = {
    State.SUPPLEMENT_REQUESTED: "Chờ bổ sung",
    State.PAYMENT_REQUESTED: "Chờ nộp tiền",
    State.WITHDRAWAL_REQUESTED: "Xin rút",
    State.STOPPED: "Dừng xử lý",
}


def outcome(at: datetime, by: datetime | None) -> str:
    """Return whether a hand-over came before its day, on it, or late; equal is on time. Empty where no limit ran."""
    if by is None:
        return ""
    if at > by:
        return "Quá hạn"
    return "Trước hạn" if local_date(at) < local_date(by) else "Đúng hạn"


def short(at: datetime | None) -> str:
    """Return an instant as the narrow columns of the register hold it."""
    return "" if at is None else f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
