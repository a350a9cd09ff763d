"""The vocabulary of public records in words, for every interface: channels, levels, parts, amounts, oddities."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from motcua.domain.catalogue.types import (
    Action,
    Channel,
    Fee,
    Level,
    OnlineLevel,
    Part,
    ProcedureKind,
    RecordState,
    Subject,
    TimeUnit,
    Verdict,
)
from motcua.interfaces.design.formats import decimal

CHANNELS: Final = {
    Channel.COUNTER: gettext_noop("Trực tiếp"),
    Channel.ONLINE: gettext_noop("Trực tuyến"),
    Channel.POST: gettext_noop("Bưu chính"),
}
LEVELS: Final = {
    Level.MINISTRY: gettext_noop("Cấp bộ"),
    Level.PROVINCE: gettext_noop("Cấp tỉnh"),
    Level.DISTRICT: gettext_noop("Cấp huyện (trước 1/7/2025)"),
    Level.COMMUNE: gettext_noop("Cấp xã"),
    Level.OTHER: gettext_noop("Cơ quan khác"),
}
SUBJECTS: Final = {
    Subject.CITIZEN: gettext_noop("Công dân Việt Nam"),
    Subject.OVERSEAS: gettext_noop("Người Việt Nam định cư ở nước ngoài"),
    Subject.FOREIGNER: gettext_noop("Người nước ngoài"),
    Subject.OFFICIAL: gettext_noop("Cán bộ, công chức, viên chức"),
    Subject.ENTERPRISE: gettext_noop("Doanh nghiệp"),
    Subject.FOREIGN_ENTERPRISE: gettext_noop("Doanh nghiệp có vốn đầu tư nước ngoài"),
    Subject.ORGANISATION: gettext_noop("Tổ chức (không gồm doanh nghiệp, hợp tác xã)"),
    Subject.FOREIGN_ORGANISATION: gettext_noop("Tổ chức nước ngoài"),
    Subject.COOPERATIVE: gettext_noop("Hợp tác xã"),
}
KINDS: Final = {
    ProcedureKind.DETAILED: gettext_noop("Được giao luật quy định chi tiết"),
    ProcedureKind.UNDELEGATED: gettext_noop("Không được luật giao cho địa phương quy định"),
    ProcedureKind.OTHER: gettext_noop("Loại khác"),
    ProcedureKind.INTERNAL: gettext_noop("Thủ tục nội bộ"),
}
ONLINE_LEVELS: Final = {
    OnlineLevel.FULL: gettext_noop("Toàn trình"),
    OnlineLevel.PARTIAL: gettext_noop("Một phần"),
    OnlineLevel.NONE: gettext_noop("Chỉ thông tin"),
}
#: state → tone and icon of its chip, words
STATES: Final = {
    RecordState.ANNOUNCED: ("info", "calendar-clock", gettext_noop("Đã công bố, chưa hiệu lực")),
    RecordState.PUBLISHED: ("ok", "check", gettext_noop("Đang công khai")),
    RecordState.AMENDED: ("ok", "pencil", gettext_noop("Đang công khai, đã sửa đổi")),
    RecordState.ABOLISHED: ("late", "ban", gettext_noop("Bãi bỏ")),
}
ACTIONS: Final = {
    Action.NEW: gettext_noop("Thêm mới"),
    Action.AMENDED: gettext_noop("Sửa đổi, bổ sung"),
    Action.REPLACED: gettext_noop("Thay thế"),
    Action.ABOLISHED: gettext_noop("Bãi bỏ"),
}
PARTS: Final = {
    Part.NAME: gettext_noop("tên thủ tục"),
    Part.SEQUENCE: gettext_noop("trình tự thực hiện"),
    Part.METHODS: gettext_noop("cách thức thực hiện"),
    Part.DOSSIER: gettext_noop("thành phần, số lượng hồ sơ"),
    Part.LIMIT: gettext_noop("thời hạn giải quyết"),
    Part.SUBJECTS: gettext_noop("đối tượng thực hiện"),
    Part.PERFORMER: gettext_noop("cơ quan thực hiện"),
}
VERDICTS: Final = {
    Verdict.CREATED: gettext_noop("thêm mới"),
    Verdict.AMENDED: gettext_noop("sửa đổi"),
    Verdict.UNCHANGED: gettext_noop("không đổi"),
    Verdict.REFUSED: gettext_noop("bị từ chối"),
}
#: code of something odd or wrong in a row → words
FAULTS: Final = {
    "no_kind": gettext_noop("không ghi loại thủ tục"),
    "district_level": gettext_noop("còn ghi cấp huyện"),
    "unusual_decision_number": gettext_noop("số quyết định viết khác lệ"),
    "fee_in_time": gettext_noop("số tiền dính vào thời hạn"),
    "no_time_unit": gettext_noop("thời hạn không có đơn vị"),
    "free_with_fees": gettext_noop("ghi miễn phí mà vẫn có phí"),
    "repeated_method": gettext_noop("cách thức lặp lại"),
    "remark_line": gettext_noop("dòng ghi chú trong hồ sơ"),
    "nameless_line": gettext_noop("dòng hồ sơ không có tên"),
    "glued_number": gettext_noop("số hiệu văn bản dính chữ"),
    "text_cut": gettext_noop("văn bản có thể bị cắt"),
    "unread_part": gettext_noop("phần hệ thống chưa dùng, vẫn giữ"),
    "abolished_since": gettext_noop("đã bãi bỏ ở đây sau bản này"),
    "duplicate_code": gettext_noop("mã lặp lại trong tệp"),
    "not_later": gettext_noop("ngày hiệu lực sớm hơn bản đang có"),
    "not_json": gettext_noop("không phải JSON"),
    "not_utf8": gettext_noop("không phải mã UTF-8"),
    "not_an_object": gettext_noop("không phải một bản ghi"),
    "unknown_value": gettext_noop("giá trị không có trong danh mục"),
    "missing": gettext_noop("thiếu"),
    "bad_code": gettext_noop("mã thủ tục sai"),
    "row_too_long": gettext_noop("dòng quá dài"),
}


def joined(words: Iterable[str]) -> str:
    """Return words in the language of the page, with commas."""
    return ", ".join(_(word) for word in words)


def channels(found: Iterable[Channel]) -> str:
    """Return ``Trực tiếp, Trực tuyến``."""
    return joined(CHANNELS[channel] for channel in found)


def time(value: Decimal, unit: TimeUnit) -> str:
    """Return ``3 ngày làm việc``, ``0,5 ngày``."""
    n = int(value) if value == value.to_integral_value() else 2
    words = {
        TimeUnit.HOUR: ngettext("%(n)s giờ", "%(n)s giờ", n),
        TimeUnit.WORKING_DAY: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n),
        TimeUnit.CALENDAR_DAY: ngettext("%(n)s ngày", "%(n)s ngày", n),
        TimeUnit.MONTH: ngettext("%(n)s tháng", "%(n)s tháng", n),
    }[unit]
    return words % {"n": decimal(value)}


def fee(said: Fee) -> str:
    """Return ``20.000 ₫``, ``10 USD``, as Vietnamese custom writes numbers."""
    amount = decimal(said.amount)
    return f"{amount} ₫" if said.currency == "VND" else f"{amount} {said.currency}"


def fault(code: str) -> str:
    """Return what is odd or wrong, in words; a code without words speaks for itself."""
    return _(FAULTS[code]) if code in FAULTS else code.replace("_", " ")
