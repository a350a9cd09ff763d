"""Where a prefilled answer comes from, and how its source is put right.

Source: Decree 61/2018/NĐ-CP article 3 and Law on Electronic Transactions 2023: what the state already holds is not
asked for again; who it concerns may have it corrected.
"""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SOURCES: Final = {
    "account": gettext_noop("Lấy từ tài khoản"),
    "family": gettext_noop("Lấy từ dữ liệu gia đình"),
    "spouse": gettext_noop("Lấy từ dữ liệu vợ, chồng"),
    "organisation": gettext_noop("Lấy từ dữ liệu tổ chức bạn đại diện"),
    "dossier": gettext_noop("Lấy từ hồ sơ bạn nộp gần đây nhất"),
    "register": gettext_noop("Lấy từ cơ sở dữ liệu của cơ quan nhà nước"),
}
_FAMILY: Final = gettext_noop(
    "Hãy sửa câu trả lời ở đây. Để sửa dữ liệu gốc, đề nghị cải chính hộ tịch tại Ủy ban nhân dân xã, phường."
)
CORRECTIONS: Final = {
    "account": gettext_noop(
        "Hãy sửa câu trả lời ở đây. Để sửa dữ liệu gốc, mang thẻ căn cước tới công an xã, phường nơi cư trú; "
        "điện thoại và thư điện tử sửa được trong trang tài khoản."
    ),
    "family": _FAMILY,
    "spouse": _FAMILY,
    "organisation": gettext_noop(
        "Hãy sửa câu trả lời ở đây. Để sửa dữ liệu gốc, đăng ký thay đổi với cơ quan đăng ký kinh doanh."
    ),
    "dossier": gettext_noop("Hãy sửa câu trả lời ở đây. Hồ sơ trước không thay đổi."),
    "register": gettext_noop(
        "Hãy sửa câu trả lời ở đây. Để sửa dữ liệu gốc, gửi đề nghị tới cơ quan giữ cơ sở dữ liệu."
    ),
}
DIFFERS: Final = gettext_noop("Cán bộ sẽ thấy câu trả lời khác với dữ liệu đã có.")


def said(source: str) -> str:
    """Return where an answer comes from; "" for an unknown source. ``source`` is as in a definition."""
    words = SOURCES.get(source.partition(".")[0])
    return _(words) if words else ""


def correction(source: str) -> str:
    """Return what to do when an answer from ``source`` is not right."""
    words = CORRECTIONS.get(source.partition(".")[0])
    return f"{_(words)} {_(DIFFERS)}" if words else ""
