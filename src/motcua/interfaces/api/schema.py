"""The shapes that all operations share, and how requests are read."""

from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from ninja import Query, Schema
from ninja.parser import Parser
from pydantic import Field

from motcua.interfaces.api.problems import Unreadable
from motcua.platform.database.types import Page

T = TypeVar("T")
V = TypeVar("V")

Cursor = Annotated[str | None, Query(None, max_length=2_000, description="“next_cursor” of the page before.")]
Limit = Annotated[int, Query(20, ge=1, le=100, description="Rows on a page.")]


class Listing(Schema, Generic[T]):
    """One page of a list. Walk on while ``next_cursor`` is not null, or follow the Link header."""

    items: list[T]
    next_cursor: str | None


class Problem(Schema):
    """RFC 9457, with a stable ``code`` and the id under which the node's log knows the request."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str
    fields: list["FieldProblem"] = Field(default_factory=list)


class FieldProblem(Schema):
    path: str
    code: str
    message: str = ""


class StrictParser(Parser):
    """Reads JSON as RFC 8259 means it, and no text that PostgreSQL could not keep."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401 - JSON may be anything
        try:
            value = orjson.loads(request.body)
        except orjson.JSONDecodeError as error:
            raise Unreadable from error
        _refuse_nul(value)
        return value

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:  # noqa: ANN401
        for values in dict(data).values():
            _refuse_nul(values)
        return super().parse_querydict(data, list_fields, request)


def listing(request: HttpRequest, response: HttpResponse, page: Page[V]) -> dict[str, object]:
    """Return a page as a listing and tell the way to the next one in a Link header (RFC 8288)."""
    if page.next_cursor:
        query = QueryDict(mutable=True)
        query.update(request.GET)
        query["cursor"] = page.next_cursor
        response["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
    return {"items": list(page.items), "next_cursor": page.next_cursor}


def located(response: HttpResponse, kind: str, pk: UUID) -> None:
    """Say where what was made now stands (RFC 9110 § 10.2.2)."""
    response["Location"] = f"{reverse('api_document').removesuffix('openapi.json')}{kind}/{pk}"


def _refuse_nul(value: object) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise Unreadable
    elif isinstance(value, dict):
        for key, inner in value.items():
            _refuse_nul(key)
            _refuse_nul(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_nul(inner)
