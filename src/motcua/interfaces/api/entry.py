"""What happens around every operation: limits, the caller, and once per key."""

import hashlib
import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja.operation import Operation

from motcua.domain.identity.types import Scope
from motcua.interfaces.api import doors
from motcua.interfaces.api.problems import KeyMissing, Unreadable
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel import clock
from motcua.kernel.errors import Refusal
from motcua.platform.idempotency import commands as idempotency
from motcua.platform.idempotency.types import LONGEST_KEY, Answer

Run = Callable[..., HttpResponse]

_KEY: Final = re.compile(rf'"?([\x21\x23-\x7e]{{1,{LONGEST_KEY}}})"?')  # an sf-string, or bare
_KEPT_HEADERS: Final = ("Content-Type", "Location", "ETag", "Link")


def guarded(run: Run) -> Run:
    """Wrap the run of an operation: admit the caller, then run it, once per key if it changes something."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]  # ninja hands out the bound method
    permission = doors.permission_of(operation.view_func)
    body_limit: int = operation.view_func.__dict__["body_limit"]  # set by ``admits``

    def entered(request: ActedRequest, **path: Any) -> HttpResponse:  # noqa: ANN401 - as ninja passes them
        try:
            if "\0" in request.path:
                raise Unreadable
            doors.refuse_if_too_large(request, body_limit)
            is_deed = doors.is_deed(request.method or "", operation.view_func)
            caller = doors.caller(request, permission, needs=Scope.WRITE if is_deed else Scope.READ)
            doors.refuse_if_too_many(caller.name)
            request.actor = caller.actor
            if not is_deed:
                return run(request, **path)
            return _once(request, caller.name, lambda: run(request, **path))
        except Refusal as refusal:
            return operation.api.on_exception(request, refusal)

    return entered


def _once(request: HttpRequest, owner: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    response: HttpResponse | None = None

    def deed() -> Answer:
        nonlocal response
        response = run()
        headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
        return Answer(response.status_code, headers, response.content)

    answer = idempotency.once(
        owner, _key(request), fingerprint=_fingerprint(request), at=clock.now(), deed=deed
    )
    if response is not None:
        return response
    replayed = HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
    replayed["Idempotency-Replayed"] = "true"
    return replayed


def _key(request: HttpRequest) -> str:
    match = _KEY.fullmatch(request.headers.get("Idempotency-Key", ""))
    if match is None:
        raise KeyMissing
    return match[1]


def _fingerprint(request: HttpRequest) -> str:
    """Return a digest of what the request asks for. The boundary of a multipart body is part of it."""
    digest = hashlib.sha256()
    for part in (request.method or "", request.get_full_path(), request.content_type or ""):
        digest.update(part.encode() + b"\0")
    digest.update(request.body)
    return digest.hexdigest()
