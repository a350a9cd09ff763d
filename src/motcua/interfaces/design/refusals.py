"""The words of refusals: what to tell a person, and how to go on. Shared by pages and API.

A code without words of its own gets those of its app's family of codes, or a general sentence.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

GENERAL: Final = gettext_noop("Yêu cầu không thực hiện được. Hãy kiểm tra lại thông tin và thử lại.")

WORDS: Final[Mapping[str, str]] = {
    "api.not_signed_in": gettext_noop("Hãy gửi mã truy cập hợp lệ hoặc đăng nhập trước."),
    "api.unreadable": gettext_noop("Nội dung gửi lên không phải JSON hợp lệ hoặc có ký tự không lưu được."),
    "api.invalid": gettext_noop("Một số trường chưa đúng; xem từng trường trong “fields”."),
    "api.idempotency_key_missing": gettext_noop(
        "Yêu cầu làm thay đổi dữ liệu phải có tiêu đề Idempotency-Key gồm 1 đến 255 ký tự."
    ),
    "api.too_large": gettext_noop("Dữ liệu gửi lên vượt quá giới hạn của thao tác này."),
    "api.too_many_requests": gettext_noop("Bạn gửi quá nhiều yêu cầu. Hãy chờ rồi thử lại."),
    "api.csrf_token_missing": gettext_noop("Thiếu mã chống giả mạo. Hãy tải lại trang rồi thử lại."),
    "api.scope_missing": gettext_noop("Mã truy cập này chỉ được đọc, không được thực hiện thao tác."),
    "api.second_factor_missing": gettext_noop("Cán bộ phải đăng nhập bằng xác thực hai lớp."),
    "api.not_found": gettext_noop("Không có tài nguyên nào ở địa chỉ này."),
    "api.method_not_allowed": gettext_noop("Địa chỉ này không nhận phương thức vừa gửi."),
    "api.internal_server_error": gettext_noop(
        "Hệ thống gặp lỗi. Dữ liệu của bạn không bị thay đổi; khi liên hệ hỗ trợ, hãy gửi kèm mã yêu cầu."
    ),
    "agencies.unknown_agency": gettext_noop("Không có cơ quan này."),
    "agencies.unknown_unit": gettext_noop("Không có đơn vị hành chính mang mã này."),
    "agencies.unknown_seat": gettext_noop("Không có vị trí này hoặc hiện không ai giữ."),
    "database.bad_cursor": gettext_noop("Con trỏ trang không hợp lệ. Hãy tải lại danh sách từ đầu."),
    "idempotency.key_reused": gettext_noop("Idempotency-Key này đã dùng cho một yêu cầu khác."),
    "idempotency.still_running": gettext_noop("Yêu cầu đầu tiên với khóa này đang được xử lý."),
    "identity.unknown_person": gettext_noop("Không có người này."),
    "jobs.not_failed": gettext_noop("Công việc này chưa bị dừng nên không cần chạy lại."),
    "jobs.unknown_job": gettext_noop("Không có công việc này."),
    "kernel.not_permitted": gettext_noop("Bạn không có quyền thực hiện thao tác này."),
    "notify.required_by_law": gettext_noop("Pháp luật yêu cầu gửi thông báo này nên không thể từ chối."),
    "notify.unknown_notice": gettext_noop("Không có thông báo này."),
    "outbox.not_dead": gettext_noop("Thông điệp này không còn chờ xử lý."),
    "outbox.unknown_delivery": gettext_noop("Không có thông điệp này."),
}


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """Return the sentence for a refusal in the language of the request, with its facts filled in."""
    words = _(WORDS.get(code, GENERAL))
    return words.format_map(_Facts(facts))


class _Facts(dict[str, object]):
    """Facts a sentence may name; one that is missing leaves a gap rather than an error."""

    def __missing__(self, name: str) -> str:
        return "…"
