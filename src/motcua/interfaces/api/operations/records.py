"""Public records of procedures: the list by keyset, one record with its ETag, CPSV-AP, completeness."""

from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.types import Level, OnlineLevel, Part, RecordState
from motcua.interfaces.api.doors import admits_anyone
from motcua.interfaces.api.operations.procedures import Code, Day
from motcua.interfaces.api.schema import Cursor, Limit, Listing, listing
from motcua.interfaces.design.access import ActedRequest, today
from motcua.platform.database.types import BadCursor, Page

router = Router(tags=["Procedures"])


class RecordRow(Schema):
    code: str
    name: str
    ministry: str
    field: str
    levels: list[Level]
    online_level: OnlineLevel
    missing: list[Part]
    state: RecordState
    number: int
    valid_from: date
    has_definition: bool


class WantedRecords(Schema):
    """Which records; a part left out asks nothing."""

    ministry: str = ""
    field: str = ""
    level: Level | None = None
    online_level: OnlineLevel | None = None
    state: RecordState | None = None
    complete: bool | None = None
    on: date | None = Field(None, description="Day in Vietnam; today if left out.")


class Completeness(Schema):
    """Metric 1.3 of index 766: records with all mandatory parts among those in force."""

    procedures: int
    complete: int
    missing: dict[Part, int]
    online_level: dict[OnlineLevel, int]
    with_definition: int


@router.get("/procedures/records", response=Listing[RecordRow], operation_id="list_records")
@admits_anyone
def list_records(
    request: ActedRequest,
    response: HttpResponse,
    wanted: Annotated[WantedRecords, Query(...)],
    cursor: Cursor,
    limit: Limit,
) -> dict[str, object]:
    """List public records by code."""
    after = cursor or ""
    if after and not queries.is_code(after):
        raise BadCursor
    only = queries.RecordFilter(
        ministry=wanted.ministry,
        field=wanted.field,
        level=wanted.level,
        online_level=wanted.online_level,
        state=wanted.state,
        is_complete=wanted.complete,
    )
    found = queries.records(on=wanted.on or today(), only=only, after=after, limit=limit + 1)
    following = found[limit - 1].code if len(found) > limit else None
    return listing(request, response, Page(tuple(found[:limit]), following))


@router.get("/procedures/completeness", response=Completeness, operation_id="get_completeness")
@admits_anyone
def get_completeness(request: ActedRequest, on: Day) -> dict[str, object]:
    """Count the records in force: complete ones, missing parts, online levels."""
    counts = queries.record_counts(on=on or today())
    return {
        "procedures": counts.total,
        "complete": counts.complete,
        "missing": dict(counts.by_missing),
        "online_level": dict(counts.by_online_level),
        "with_definition": counts.with_definition,
    }


@router.get("/procedures/{code}/record", response=dict[str, Any], operation_id="get_record")
@admits_anyone
def get_record(request: ActedRequest, response: HttpResponse, code: Code, on: Day) -> Any:  # noqa: ANN401
    """Return the public record of a procedure in the open shape, as it was announced. Its ETag is its content."""
    view = queries.record(code, on=on or today())
    return _unless_known(request, response, view.content_hash) or queries.open_shape(view.record)


@router.get("/procedures/{code}/cpsv", response=dict[str, Any], operation_id="get_record_as_cpsv")
@admits_anyone
def get_record_as_cpsv(request: ActedRequest, response: HttpResponse, code: Code, on: Day) -> Any:  # noqa: ANN401
    """Return the record as CPSV-AP 3 in JSON-LD, its context inline."""
    view = queries.record(code, on=on or today())
    known = _unless_known(request, response, f"{view.content_hash}-cpsv")
    return known or queries.cpsv_document(view.record, base=settings.NODE.base_url.rstrip("/"))


def _unless_known(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse | None:
    """Set the ETag; return 304 if the caller has this very content (RFC 9110 § 13.1.2)."""
    etag = f'"{tag}"'
    response["ETag"] = etag
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in held or "*" in held:
        return HttpResponseNotModified(headers={"ETag": etag})
    return None
