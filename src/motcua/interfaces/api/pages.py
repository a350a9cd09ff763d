"""The API for people: every operation on one page, read from the same OpenAPI document programs read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.interfaces.api.api import api
from motcua.interfaces.design.access import ActedRequest, open_to_all

_METHODS: Final = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the reference."""

    method: str
    path: str
    summary: str
    description: str
    needs: tuple[str, ...]  #: names of required parameters and headers
    sends: str  #: name of the schema of the body, if it has one


@dataclass(frozen=True, slots=True)
class Chapter:
    name: str
    about: str
    operations: tuple[Operation, ...]


@open_to_all
@require_safe
def reference(request: ActedRequest) -> HttpResponse:
    """Show every operation, by subject."""
    document = api.get_openapi_schema(path_prefix=request.path.removesuffix("docs"))
    return render(request, "api/reference.html", {"chapters": tuple(chapters(document))})


def chapters(document: Mapping[str, Any]) -> Iterator[Chapter]:
    """Yield the subjects of an OpenAPI document in its own order, with their operations."""
    told = [
        (operation.get("tags", [""])[0], _operation(method, path, operation))
        for path, ways in document["paths"].items()
        for method, operation in ways.items()
        if method in _METHODS
    ]
    for tag in document.get("tags", []):
        under = tuple(operation for name, operation in told if name == tag["name"])
        if under:
            yield Chapter(tag["name"], tag.get("description", ""), under)


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Operation:
    needs = tuple(p["name"] for p in operation.get("parameters", []) if p.get("required"))
    bodies: Mapping[str, Any] = operation.get("requestBody", {}).get("content", {})
    schema: Mapping[str, Any] = next((body["schema"] for body in bodies.values()), {})
    return Operation(
        method.upper(),
        path,
        operation.get("summary", ""),
        operation.get("description", ""),
        needs,
        schema.get("$ref", "").rsplit("/", 1)[-1] or next(iter(bodies), ""),
    )
