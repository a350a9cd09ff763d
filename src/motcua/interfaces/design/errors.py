"""The pages of errors: what happened, what is safe, what to do next, and the reference number.

They are drawn without context processors, so that they stand when the database does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.interfaces.design import refusals
from motcua.kernel.errors import Conflict, Forbidden, Invalid, Refusal, Unknown

UNCHANGED: Final = gettext_noop("Không có gì bị thay đổi. Những gì bạn đã lưu vẫn còn.")


@dataclass(frozen=True, slots=True)
class Page:
    """What an error page says."""

    title: str
    next_step: str
    safe: str = UNCHANGED


PAGES: Final = {
    400: Page(
        gettext_noop("Yêu cầu không đọc được"), gettext_noop("Hãy quay lại, tải lại trang rồi thử lại.")
    ),
    403: Page(
        gettext_noop("Bạn không có quyền vào trang này"),
        gettext_noop("Nếu bạn có tài khoản hoặc vị trí khác, hãy đăng nhập bằng tài khoản đó."),
    ),
    404: Page(
        gettext_noop("Không tìm thấy trang này"),
        gettext_noop("Địa chỉ có thể đã đổi hoặc gõ nhầm. Hãy tìm từ trang chủ."),
    ),
    405: Page(gettext_noop("Trang này không nhận thao tác đó"), gettext_noop("Hãy quay lại trang trước.")),
    409: Page(
        gettext_noop("Việc này đã thay đổi trong lúc bạn xem"),
        gettext_noop("Hãy quay lại và tải lại trang để xem tình trạng mới."),
    ),
    413: Page(
        gettext_noop("Tệp gửi lên quá lớn"),
        gettext_noop("Hãy gửi tệp nhỏ hơn, hoặc chia thành nhiều tệp."),
    ),
    422: Page(
        gettext_noop("Thông tin chưa nhận được"),
        gettext_noop("Hãy quay lại, sửa thông tin rồi gửi lại."),
    ),
    429: Page(
        gettext_noop("Bạn gửi quá nhiều yêu cầu"), gettext_noop("Hãy chờ khoảng một phút rồi thử lại.")
    ),
    500: Page(
        gettext_noop("Hệ thống gặp lỗi"),
        gettext_noop("Hãy thử lại sau ít phút. Nếu vẫn lỗi, hãy gọi hỗ trợ và đọc mã tham chiếu."),
        gettext_noop("Việc đang làm dở không được ghi; những gì đã lưu trước đó vẫn còn."),
    ),
    503: Page(gettext_noop("Hệ thống đang bảo trì"), gettext_noop("Hãy quay lại sau ít phút.")),
}

STATUS: Final = ((Forbidden, 403), (Unknown, 404), (Conflict, 409), (Invalid, 422))


def page(request: HttpRequest, status: int, *, what_next: str = "") -> HttpResponse:
    """Return the page of an error; ``what_next`` replaces its advice."""
    words = PAGES[status]
    facts = {
        "title": _(words.title),
        "safe": _(words.safe),
        "next": what_next or _(words.next_step),
        "reference": getattr(request, "id", ""),
    }
    return HttpResponse(render_to_string("design/error.html", facts), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, 403, what_next=_("Trang đã mở quá lâu. Hãy tải lại trang rồi gửi lại."))


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal's family."""
    return next((status for family, status in STATUS if isinstance(refusal, family)), 400)


class RefusalMiddleware:
    """Answers a refusal that left a page with words and the status of its family."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        return page(
            request, status_of(exception), what_next=refusals.sentence(exception.code, exception.facts)
        )
