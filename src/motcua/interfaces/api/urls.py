"""Addresses of the api interface. What is not an operation is answered as a problem too."""

from collections.abc import Callable, Iterator
from functools import cache, wraps
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from motcua.interfaces.api.api import api
from motcua.interfaces.api.pages import reference
from motcua.interfaces.api.problems import of_status
from motcua.interfaces.design.access import OPEN

View = Callable[..., HttpResponse]


def in_problems(view: View) -> View:
    """Answer HEAD as GET (RFC 9110 § 9.3.2), and the bare “method not allowed” of ninja as a problem."""

    @wraps(view)
    def answered(request: HttpRequest, **arguments: Any) -> HttpResponse:  # noqa: ANN401 - as Django passes them
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        response = view(request, **arguments)
        request.method = asked  # by which Django drops the body
        if isinstance(response, HttpResponseNotAllowed):
            told = of_status(request, HTTPStatus.METHOD_NOT_ALLOWED)
            told["Allow"] = response["Allow"]
            return told
        return response

    return answered


@csrf_exempt
def no_operation(request: HttpRequest) -> HttpResponse:
    return of_status(request, HTTPStatus.NOT_FOUND)


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document."""
    return HttpResponse(_document(request.path.removesuffix("openapi.json")), content_type="application/json")


@cache
def _document(prefix: str) -> bytes:
    return orjson.dumps(api.get_openapi_schema(path_prefix=prefix), option=orjson.OPT_NON_STR_KEYS)


def _operations() -> Iterator[URLPattern]:
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = in_problems(pattern.callback)
            yield pattern


for open_view in (no_operation, document):
    open_view.permission = OPEN  # type: ignore[attr-defined]  # read by the test that every route is guarded

urlpatterns: list[URLPattern | URLResolver] = [
    *_operations(),
    path("openapi.json", document, name="api_document"),
    path("docs", reference, name="api_reference"),
    re_path(r"^.*$", no_operation),
]
