"""The API itself: its operations, its errors and its OpenAPI document."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from motcua.interfaces.api import problems
from motcua.interfaces.api.doors import is_deed, permission_of
from motcua.interfaces.api.entry import guarded
from motcua.interfaces.api.operations import (
    deeds,
    dossiers,
    drafts,
    me,
    node,
    notices,
    procedures,
    queue,
    records,
    reform,
    statistics,
    units,
    uploads,
)
from motcua.interfaces.api.schema import Problem, StrictParser
from motcua.kernel.errors import Refusal

TAGS: Final = {
    "Node": "Whether the node answers.",
    "Procedures": "What can be asked for, how to ask, and what it costs.",
    "Simplification": "What procedures take of people, and what changes save.",
    "Units": "Provinces and communes, dated.",
    "Me": "Who the caller is.",
    "Files": "Files on their way in.",
    "Drafts": "A form on its way to become a dossier.",
    "Dossiers": "Lists, one whole, its papers, intake at the counter, tracking.",
    "Steps": "What people do to a dossier, one operation a step.",
    "Statistics": "What offices received, handled and owe.",
    "Notices": "What the caller was told.",
    "Operations": "Queue and deliveries, for administrators.",
}
LOCAL_TIME: Final = "^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]$"
_KEY_PARAMETER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Chosen by the caller, fresh for each deed. Sent again within 24 hours with the same "
    "request, the deed is not repeated and the first answer is given again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": '^"?[!#-~]{1,255}"?$'},
}
_SECURITY_SCHEMES: Final = {
    "token": {"type": "http", "scheme": "bearer", "description": "An API token of a person or a seat."},
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
}


class Api(NinjaAPI):
    """Ninja's API whose document says what ``guarded`` demands and how problems look."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # noqa: ANN401 - as ninja declares it
        document = super().get_openapi_schema(**options)
        views = {
            operation.operation_id: operation.view_func
            for router in self._get_bound_routers()
            for path_view in router.path_operations.values()
            for operation in path_view.operations
        }
        for methods in document["paths"].values():
            for method, operation in methods.items():
                _complete(operation, method.upper(), views[operation["operationId"]])
        document["components"]["securitySchemes"] = _SECURITY_SCHEMES
        document.add_schema_definitions(_definitions())
        _tell_local_times(document["components"]["schemas"])
        return document


def _complete(operation: dict[str, Any], method: str, view: Callable[..., Any]) -> None:
    """Add what holds for every operation: who may call it, its key, and its problems."""
    permission = permission_of(view)
    statuses = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS}
    if permission.needs_sign_in:
        operation["security"] = [{"token": []}, {"session": []}]
        operation["x-roles"] = sorted(permission.roles)
        statuses |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
    if "requestBody" in operation:
        statuses |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    if is_deed(method, view):
        operation["parameters"] = [*operation["parameters"], _KEY_PARAMETER]
        statuses |= {HTTPStatus.CONFLICT}
    names = {(parameter["in"], parameter["name"]) for parameter in operation["parameters"]}
    if "requestBody" in operation or any(place in {"path", "query"} for place, _ in names):
        statuses |= {HTTPStatus.NOT_FOUND}
    if ("header", "If-Match") in names:
        statuses |= {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED}
    if "application/json" not in operation["responses"].get(200, {}).get("content", {"application/json": 0}):
        statuses |= {HTTPStatus.CONFLICT}  # bytes that are still in quarantine
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status in sorted(statuses):
        operation["responses"].setdefault(int(status), {"description": status.phrase, "content": content})


def _tell_local_times(shape: object) -> None:
    """Say of times of day what they are: JSON Schema's "time" has an offset, office hours have none."""
    if isinstance(shape, dict):
        if shape.get("format") == "time":
            del shape["format"]
            shape["pattern"] = LOCAL_TIME
        for inner in shape.values():
            _tell_local_times(inner)
    elif isinstance(shape, list):
        for inner in shape:
            _tell_local_times(inner)


def _definitions() -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner: dict[str, Any] = schema.pop("$defs", {})
    return {**inner, "Problem": schema}


api = Api(
    title=settings.NODE.name,
    version="1",
    description="Public services of one node: the same deeds as its pages, for programs.",
    urls_namespace="api",
    openapi_url=None,  # served by ``urls.document``
    docs_url=None,
    parser=StrictParser(),
    servers=[{"url": settings.NODE.base_url}],
    openapi_extra={
        "info": {"contact": {"name": settings.NODE.owner}, "license": {"name": "AGPL-3.0-or-later"}},
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
    },
)
api.add_decorator(guarded, mode="view")
for subject in (
    node,
    records,
    procedures,
    reform,
    units,
    me,
    uploads,
    drafts,
    dossiers,
    deeds,
    notices,
    statistics,
    queue,
):
    api.add_router("", subject.router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problems.of_refusal(request, refusal)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.of_validation(request, error.errors)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja itself raises these only for a body that cannot be parsed."""
    return problems.of_refusal(request, problems.Unreadable())


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
@api.exception_handler(UnreadablePostError)
def broken_off(request: HttpRequest, error: Exception) -> HttpResponse:
    """Django raises these for a body that is not what its head says, or that ends too early."""
    return problems.of_refusal(request, problems.Unreadable())


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.of_status(request, HTTPStatus.NOT_FOUND)


@api.exception_handler(Exception)
def crashed(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.of_crash(request, error)
