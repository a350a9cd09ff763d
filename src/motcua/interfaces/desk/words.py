"""What officers call things: deeds, steps, states, roles, documents; and reasons they may start from.

Citizens read other words for the same states, see ``design/templatetags/motcua.py``.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.domain.cases.types import State, Step, Tab
from motcua.domain.catalogue.types import Channel
from motcua.kernel.actors import Role

#: deed → what its button says
DEEDS: Final[Mapping[Step, str]] = {
    Step.ACCEPT: gettext_noop("Tiếp nhận"),
    Step.DECLINE: gettext_noop("Từ chối tiếp nhận"),
    Step.FORWARD: gettext_noop("Chuyển xử lý"),
    Step.CLAIM: gettext_noop("Nhận xử lý"),
    Step.PROPOSE: gettext_noop("Trình lãnh đạo"),
    Step.SEND_BACK: gettext_noop("Trả lại kèm ý kiến"),
    Step.APPROVE: gettext_noop("Duyệt, ban hành kết quả"),
    Step.REJECT: gettext_noop("Từ chối giải quyết"),
    Step.ASK_SUPPLEMENT: gettext_noop("Yêu cầu bổ sung"),
    Step.SUPPLEMENT: gettext_noop("Nhận bổ sung tại quầy"),
    Step.REQUIRE_PAYMENT: gettext_noop("Yêu cầu nộp tiền"),
    Step.CONFIRM_PAYMENT: gettext_noop("Xác nhận đã nộp tiền"),
    Step.GRANT_WITHDRAWAL: gettext_noop("Đồng ý cho rút"),
    Step.DENY_WITHDRAWAL: gettext_noop("Không cho rút"),
    Step.REAPPOINT: gettext_noop("Xin lỗi, hẹn lại"),
    Step.COLLECT_FEE: gettext_noop("Thu phí, lệ phí"),
    Step.HAND_OVER: gettext_noop("Trả kết quả"),
}

#: deed → how history tells it
DONE: Final[Mapping[Step, str]] = {
    Step.SUBMIT: gettext_noop("Nộp trực tuyến"),
    Step.REGISTER: gettext_noop("Tiếp nhận tại quầy"),
    Step.ACCEPT: gettext_noop("Tiếp nhận"),
    Step.DECLINE: gettext_noop("Từ chối tiếp nhận"),
    Step.FORWARD: gettext_noop("Chuyển bộ phận chuyên môn"),
    Step.CLAIM: gettext_noop("Nhận xử lý"),
    Step.PROPOSE: gettext_noop("Trình lãnh đạo"),
    Step.SEND_BACK: gettext_noop("Lãnh đạo trả lại"),
    Step.APPROVE: gettext_noop("Duyệt kết quả"),
    Step.REJECT: gettext_noop("Từ chối giải quyết"),
    Step.ASK_SUPPLEMENT: gettext_noop("Yêu cầu bổ sung"),
    Step.SUPPLEMENT: gettext_noop("Đã bổ sung"),
    Step.REQUIRE_PAYMENT: gettext_noop("Yêu cầu nộp tiền"),
    Step.CONFIRM_PAYMENT: gettext_noop("Đã nộp tiền"),
    Step.ASK_WITHDRAWAL: gettext_noop("Xin rút hồ sơ"),
    Step.GRANT_WITHDRAWAL: gettext_noop("Đồng ý cho rút"),
    Step.DENY_WITHDRAWAL: gettext_noop("Không cho rút"),
    Step.CLOSE_UNANSWERED: gettext_noop("Đóng vì không bổ sung"),
    Step.REAPPOINT: gettext_noop("Xin lỗi và hẹn lại"),
    Step.COLLECT_FEE: gettext_noop("Thu phí, lệ phí"),
    Step.HAND_OVER: gettext_noop("Trả kết quả"),
}

#: state → the step it is in; PROCESSING is told by whose turn it is
STEPS: Final[Mapping[State, str]] = {
    State.SUBMITTED: gettext_noop("Chờ tiếp nhận"),
    State.ACCEPTED: gettext_noop("Chờ chuyển"),
    State.NOT_ACCEPTED: gettext_noop("Không tiếp nhận"),
    State.PROCESSING: gettext_noop("Đang xử lý"),
    State.SUPPLEMENT_REQUESTED: gettext_noop("Chờ bổ sung"),
    State.PAYMENT_REQUESTED: gettext_noop("Chờ nộp tiền"),
    State.WITHDRAWAL_REQUESTED: gettext_noop("Xin rút"),
    State.STOPPED: gettext_noop("Đã dừng"),
    State.DONE: gettext_noop("Chờ trả kết quả"),
    State.RETURNED: gettext_noop("Đã trả kết quả"),
}
TURNS: Final[Mapping[Role, str]] = {
    Role.HANDLER: gettext_noop("Thụ lý"),
    Role.LEADER: gettext_noop("Trình ký"),
}
ROLES: Final[Mapping[Role, str]] = {
    Role.CITIZEN: gettext_noop("Người nộp"),
    Role.CLERK: gettext_noop("Bộ phận một cửa"),
    Role.HANDLER: gettext_noop("Bộ phận thụ lý"),
    Role.LEADER: gettext_noop("Lãnh đạo"),
    Role.SYSTEM: gettext_noop("Hệ thống"),
}
CHANNELS: Final[Mapping[Channel, str]] = {
    Channel.COUNTER: gettext_noop("Tại quầy"),
    Channel.ONLINE: gettext_noop("Trực tuyến"),
    Channel.POST: gettext_noop("Qua bưu chính"),
}
TABS: Final[Mapping[Tab, str]] = {
    Tab.TO_DO: gettext_noop("Cần làm"),
    Tab.SOON: gettext_noop("Sắp đến hạn"),
    Tab.OVERDUE: gettext_noop("Quá hạn"),
    Tab.WAITING: gettext_noop("Chờ người dân"),
    Tab.FINISHED: gettext_noop("Đã xong"),
}
EMPTY: Final[Mapping[Tab, str]] = {
    Tab.TO_DO: gettext_noop("Không còn hồ sơ nào chờ bạn."),
    Tab.SOON: gettext_noop("Không có hồ sơ nào sắp đến hạn."),
    Tab.OVERDUE: gettext_noop("Không có hồ sơ nào quá hạn."),
    Tab.WAITING: gettext_noop("Không có hồ sơ nào đang chờ người dân."),
    Tab.FINISHED: gettext_noop("Chưa có hồ sơ nào xong."),
}

#: deed → reasons often given; an officer makes them specific. They go into documents, which are Vietnamese by law
REASONS: Final[Mapping[Step, tuple[str, ...]]] = {
    Step.DECLINE: (
        "Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan. Đề nghị nộp tại …",
        "Người nộp không thuộc đối tượng thực hiện thủ tục này theo …",
        "Hồ sơ trùng với hồ sơ đã nộp, mã …",
    ),
    Step.REJECT: (
        "Không đủ điều kiện giải quyết theo …",
        "Thông tin trong hồ sơ không đúng với kết quả xác minh: …",
    ),
    Step.SEND_BACK: (
        "Đề nghị làm rõ căn cứ pháp lý của đề xuất.",
        "Đề nghị kiểm tra lại thông tin: …",
    ),
    Step.ASK_SUPPLEMENT: (
        "Giấy tờ gửi kèm bị mờ, không đọc được.",
        "Thành phần hồ sơ còn thiếu theo quy định.",
        "Thông tin kê khai chưa khớp với giấy tờ.",
    ),
    Step.REAPPOINT: (
        "Cần thêm thời gian xác minh thông tin với cơ quan liên quan.",
        "Số lượng hồ sơ tăng cao, cơ quan chưa kịp giải quyết.",
    ),
    Step.DENY_WITHDRAWAL: ("Kết quả đã được ký, không thể rút hồ sơ.",),
    Step.REQUIRE_PAYMENT: ("Nộp nghĩa vụ tài chính theo thông báo số …",),
    Step.PROPOSE: (
        "Hồ sơ hợp lệ, đủ điều kiện. Đề nghị lãnh đạo duyệt.",
        "Hồ sơ không đủ điều kiện vì … Đề nghị từ chối.",
    ),
}


def step_of(state: State, turn: Role | None) -> str:
    """Return the step a dossier is in, as an officer calls it."""
    if state is State.PROCESSING and turn is not None and turn in TURNS:
        return _(TURNS[turn])
    return _(STEPS[state])


def deed(step: Step) -> str:
    """Return what the button of a deed says."""
    return _(DEEDS[step])


def done(step: Step) -> str:
    """Return how history tells a deed."""
    return _(DONE[step])


def role(holder: Role | None) -> str:
    """Return who holds a dossier; None is the citizen it waits for."""
    return _(ROLES[holder or Role.CITIZEN])


def channel(by: Channel) -> str:
    """Return how a dossier came."""
    return _(CHANNELS[by])
