"""Say what is wrong in the shape of RFC 9457, in the language the caller asked for."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.domain.cases.types import DraftChanged, MovedOn
from motcua.interfaces.design.refusals import sentence
from motcua.kernel.errors import Conflict, Forbidden, Invalid, Refusal, Unknown

log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"

FAMILIES: Final[tuple[tuple[type[Refusal], HTTPStatus], ...]] = (
    (Forbidden, HTTPStatus.FORBIDDEN),
    (Unknown, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (Invalid, HTTPStatus.UNPROCESSABLE_ENTITY),
)

TITLES: Final[Mapping[int, str]] = {
    HTTPStatus.BAD_REQUEST: gettext_noop("Yêu cầu không đọc được"),
    HTTPStatus.UNAUTHORIZED: gettext_noop("Cần đăng nhập"),
    HTTPStatus.FORBIDDEN: gettext_noop("Không có quyền"),
    HTTPStatus.NOT_FOUND: gettext_noop("Không tìm thấy"),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_noop("Phương thức không được hỗ trợ"),
    HTTPStatus.CONFLICT: gettext_noop("Trạng thái đã thay đổi"),
    HTTPStatus.PRECONDITION_FAILED: gettext_noop("Phiên bản đã thay đổi"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: gettext_noop("Dữ liệu gửi lên quá lớn"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: gettext_noop("Kiểu dữ liệu không được hỗ trợ"),
    HTTPStatus.UNPROCESSABLE_ENTITY: gettext_noop("Dữ liệu không hợp lệ"),
    HTTPStatus.PRECONDITION_REQUIRED: gettext_noop("Thiếu phiên bản đã xem"),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_noop("Quá nhiều yêu cầu"),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_noop("Hệ thống gặp lỗi"),
}


STALE: Final = (MovedOn, DraftChanged)  #: 412 to a caller who asked with If-Match (RFC 9110 § 13.1.1)


class Protocol(Refusal):
    """The request breaks a rule of this interface rather than of the law. Each has its own status."""

    status: HTTPStatus = HTTPStatus.BAD_REQUEST


class NotSignedIn(Protocol):
    """No valid token and no session (401)."""

    code = "api.not_signed_in"
    status = HTTPStatus.UNAUTHORIZED


class Unreadable(Protocol):
    """The body is not JSON, or text contains characters that cannot be stored (400)."""

    code = "api.unreadable"


class KeyMissing(Protocol):
    """A request that changes something needs an Idempotency-Key of 1 to 255 visible characters (400)."""

    code = "api.idempotency_key_missing"


class LengthMissing(Protocol):
    """The body comes in chunks and does not say how long it is (411)."""

    code = "api.length_missing"
    status = HTTPStatus.LENGTH_REQUIRED


class TooLarge(Protocol):
    """The body is larger than the operation takes (413)."""

    code = "api.too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class WrongMediaType(Protocol):
    """The body is not of the media type the operation takes (415)."""

    code = "api.unsupported_media_type"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class VersionMissing(Protocol):
    """A deed must say which version its author looked at: ``If-Match``, or ``seen`` in the body (428)."""

    code = "api.version_missing"
    status = HTTPStatus.PRECONDITION_REQUIRED


class TooMany(Protocol):
    """The caller sends more requests than the node answers (429)."""

    code = "api.too_many_requests"
    status = HTTPStatus.TOO_MANY_REQUESTS


class CrossSite(Forbidden):
    """A request with a session cookie that changes something needs the CSRF token."""

    code = "api.csrf_token_missing"


class ScopeMissing(Forbidden):
    """The token may read but not act."""

    code = "api.scope_missing"


class PasswordChangeDue(Forbidden):
    """A first password, given by somebody else, is changed before anything is done with it."""

    code = "api.password_change_due"


class SecondFactorMissing(Forbidden):
    """Officers of this node need a second factor."""

    code = "api.second_factor_missing"


def problem(
    request: HttpRequest,
    status: int,
    *,
    code: str,
    detail: str,
    members: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Return a problem document; ``members`` are its extension members."""
    body = {
        "type": f"urn:motcua:problem:{code}",
        "title": _(TITLES.get(status, TITLES[HTTPStatus.BAD_REQUEST])),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
        "request_id": getattr(request, "id", ""),
        **(members or {}),
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str), status=status, content_type=MEDIA_TYPE
    )


def of_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the problem that a refusal is."""
    facts = dict(refusal.facts)
    fields = facts.pop("fields", None)
    members: dict[str, object] = {"facts": facts} if facts else {}
    if isinstance(fields, Mapping):
        members["fields"] = [{"path": path, "code": code} for path, code in fields.items()]
    status = status_of(refusal)
    if isinstance(refusal, STALE) and "If-Match" in request.headers:
        status = HTTPStatus.PRECONDITION_FAILED
    response = problem(
        request, status, code=refusal.code, detail=sentence(refusal.code, refusal.facts), members=members
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="motcua"'
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = str(refusal.facts.get("retry_after_s", 60))
    return response


def of_validation(request: HttpRequest, errors: list[dict[str, Any]]) -> HttpResponse:
    """Return the problem of a request whose parts have the wrong shape; each part is named."""
    fields = [
        {
            "path": ".".join(str(step) for step in error["loc"]),
            "code": error["type"],
            "message": str(error["msg"]),
        }
        for error in errors
    ]
    return problem(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        code="api.invalid",
        detail=sentence("api.invalid", {}),
        members={"fields": fields},
    )


def of_crash(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log a bug with its trace and return a problem that says nothing about it but the request's id."""
    log.error("an operation failed", exc_info=error, extra={"path": request.path})
    return of_status(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def of_status(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """Return the problem of a bare status: 404 of no route, 405, 500."""
    code = f"api.{status.name.lower()}"
    return problem(request, status, code=code, detail=sentence(code, {}))


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the HTTP status of a refusal's family."""
    if isinstance(refusal, Protocol):
        return refusal.status
    return next(
        (status for family, status in FAMILIES if isinstance(refusal, family)), HTTPStatus.BAD_REQUEST
    )
