"""What procedures take of people: the ranking, one procedure line by line, what versions have saved."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.domain.reform import queries
from motcua.domain.reform.types import ActivityKind, BurdenView, SortKey
from motcua.interfaces.api.doors import admits_anyone
from motcua.interfaces.api.operations.procedures import Code, Day
from motcua.interfaces.api.schema import Cursor, Limit, Listing, listing
from motcua.interfaces.design.access import ActedRequest, today

router = Router(tags=["Simplification"])


class Counts(Schema):
    """What is asked of people; ``days`` are working days, ``visits`` at least."""

    papers: int
    typed: int
    known: int
    steps: int
    agencies: int
    visits: int
    days: float


class Ranked(Schema):
    code: str
    name: str
    ministry: str
    field: str
    counts: Counts
    once_dong: int
    year_dong: int = Field(description="0 where nobody has said how many apply in a year.")
    fee_dong: int
    is_assumed: bool = Field(description="Hours are the stated defaults, not the procedure's own.")
    has_definition: bool


class Activity(Schema):
    """One activity: hours and money where it happens, and its average cost over all dossiers."""

    kind: ActivityKind
    of: str
    hours: float
    money_dong: int
    share: float
    dong: int


class ProcedureBurden(Schema):
    code: str
    name: str
    version: int
    counts: Counts
    activities: list[Activity]
    once_dong: int
    year_dong: int
    performances: float
    hourly_income_dong: int
    prices_of: int
    is_assumed: bool


class Saving(Schema):
    dong: int
    percent: float | None


class Saved(Schema):
    code: str
    name: str
    version: int
    valid_from: date
    once: Saving
    year: Saving


class Savings(Schema):
    """Versions that took over since a day, and what they save each year together."""

    since: date
    year_dong: int
    versions: list[Saved]


class RankingWanted(Schema):
    """Which procedures, and what stands first."""

    sort: SortKey = SortKey.ONCE
    ministry: str = ""
    field: str = ""
    words: str = Field("", max_length=200)
    defined: bool = False


@router.get("/reform/ranking", response=Listing[Ranked], operation_id="list_burdens")
@admits_anyone
def list_burdens(
    request: ActedRequest,
    response: HttpResponse,
    wanted: Annotated[RankingWanted, Query(...)],
    cursor: Cursor,
    limit: Limit,
) -> dict[str, object]:
    """List procedures in force, the most burdensome first."""
    only = queries.RankFilter(wanted.ministry, wanted.field, wanted.words, wanted.defined)
    page = queries.ranking_page(on=today(), sort=wanted.sort, only=only, after=cursor or "", limit=limit)
    return listing(request, response, page)


@router.get("/reform/procedures/{code}", response=ProcedureBurden, operation_id="get_burden")
@admits_anyone
def get_burden(request: ActedRequest, code: Code, on: Day) -> dict[str, object]:
    """Return what one performance of a procedure and a year of them cost, by the Standard Cost Model."""
    return _burden(queries.burden(code, on=on or today()))


@router.get("/reform/saved", response=Savings, operation_id="get_savings")
@admits_anyone
def get_savings(
    request: ActedRequest,
    since: Annotated[date | None, Query(None, description="This year's first day if left out.")],
) -> dict[str, object]:
    """Return what versions that took over since a day save."""
    begin = since or today().replace(month=1, day=1)
    rows = queries.saved(since=begin, until=today())
    return {
        "since": begin,
        "year_dong": sum(row.year.dong for row in rows),
        "versions": [asdict(row) for row in rows],
    }


def _burden(view: BurdenView) -> dict[str, object]:
    return {
        "code": view.code,
        "name": view.name,
        "version": view.version,
        "counts": asdict(view.counts),
        "activities": [
            {**asdict(line.activity), "money_dong": line.activity.money_dong, "dong": line.dong}
            for line in view.cost.lines
        ],
        "once_dong": view.cost.once_dong,
        "year_dong": view.cost.year_dong,
        "performances": view.cost.performances,
        "hourly_income_dong": view.prices.hourly_income_dong,
        "prices_of": view.prices.year,
        "is_assumed": view.is_assumed,
    }
