"""The pages of errors: what happened, what is safe, what to do next, and the reference number.

They are drawn without context processors, so that they stand when the database does not.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
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
    411: Page(
        gettext_noop("Không biết dữ liệu gửi lên dài bao nhiêu"),
        gettext_noop("Hãy gửi lại bằng trình duyệt thường dùng."),
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
    503: Page(
        gettext_noop("Hệ thống tạm thời không phục vụ được"),
        gettext_noop("Hãy quay lại sau ít phút. Không cần nộp lại những gì đã lưu."),
        gettext_noop("Việc đang làm dở không được ghi; những gì đã lưu trước đó vẫn còn."),
    ),
}
RETRY_AFTER_S: Final = {429: 60, 503: 120}

STATUS: Final = ((Forbidden, 403), (Unknown, 404), (Conflict, 409), (Invalid, 422))


def page(request: HttpRequest, status: int, words: Page | None = None) -> HttpResponse:
    """Return the page of an error, in its own words or those of its status."""
    words = words or PAGES[status]
    facts = {
        "title": _(words.title),
        "safe": _(words.safe),
        "next": _(words.next_step),
        "reference": getattr(request, "id", ""),
        "theme": request.COOKIES.get("theme", ""),
    }
    response = HttpResponse(render_to_string("design/error.html", facts), status=status)
    if status in RETRY_AFTER_S:
        response["Retry-After"] = str(RETRY_AFTER_S[status])
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 413 if isinstance(exception, RequestDataTooBig | TooManyFilesSent) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer an error nobody expected; a database that does not answer is said to be away for a while."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return page(request, 503 if is_away else 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    stale = replace(
        PAGES[403],
        title=gettext_noop("Trang đã mở quá lâu"),
        next_step=gettext_noop("Hãy quay lại, tải lại trang rồi gửi lại."),
    )
    return page(request, 403, stale)


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal's family."""
    return next((status for family, status in STATUS if isinstance(refusal, family)), 400)


class RefusalMiddleware:
    """Answers a refusal that left a page, and a bare status, with words."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        is_bare = isinstance(response, HttpResponse) and not response.content
        if is_bare and response.status_code in PAGES and "text/html" in request.headers.get("Accept", ""):
            worded = page(request, response.status_code)
            for name in ("Allow", "Retry-After"):
                if name in response:
                    worded[name] = response[name]
            return worded
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        said = refusals.said(exception.code, exception.facts)
        return page(request, status_of(exception), Page(said.happened.removesuffix("."), said.next_step))
