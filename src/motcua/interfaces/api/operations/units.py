"""Provinces and communes as they stand on a day, and what became of the old ones."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from ninja import Path, Query, Router, Schema

from motcua.domain.agencies import queries
from motcua.domain.agencies.types import AdminUnitView
from motcua.interfaces.api.doors import admits_anyone
from motcua.interfaces.design.access import ActedRequest

router = Router(tags=["Units"])

Code = Annotated[
    str, Path(..., pattern=r"^[0-9]{2,5}$", description="Code of the General Statistics Office.")
]
Day = Annotated[date | None, Query(None, alias="on", description="Day in Vietnam; today if left out.")]


class Unit(Schema):
    code: str
    name: str
    kind: str
    parent_code: str
    valid_from: date | None
    valid_to: date | None


class Units(Schema):
    items: list[Unit]


@router.get("/provinces", response=Units, operation_id="list_provinces")
@admits_anyone
def list_provinces(request: ActedRequest, on: Day) -> dict[str, object]:
    """List the provinces and cities of a day, in Vietnamese order. All of them: a few dozen."""
    return _units(queries.provinces(on=on))


@router.get("/provinces/{code}/communes", response=Units, operation_id="list_communes")
@admits_anyone
def list_communes(request: ActedRequest, code: Code, on: Day) -> dict[str, object]:
    """List what stands right under a province: communes, or districts before July 2025."""
    queries.unit(code, on=on)
    return _units(queries.communes(code, on=on))


@router.get("/units", response=Units, operation_id="find_units")
@admits_anyone
def find_units(
    request: ActedRequest,
    q: Annotated[
        str, Query(..., min_length=1, max_length=100, description="Part of a name, accents or not.")
    ],
    on: Day,
) -> dict[str, object]:
    """Find units by name; the name of a former one finds those that took it over."""
    return _units(queries.find_units(q, on))


@router.get("/units/{code}", response=Unit, operation_id="get_unit")
@admits_anyone
def get_unit(request: ActedRequest, code: Code, on: Day) -> AdminUnitView:
    """Return the unit with a code: in force on that day, or the last one that was."""
    return queries.unit(code, on=on)


@router.get("/units/{code}/successors", response=Units, operation_id="list_successors")
@admits_anyone
def list_successors(request: ActedRequest, code: Code, on: Day) -> dict[str, object]:
    """List the units in which a former unit lives on."""
    queries.unit(code, on=on)
    return _units(queries.successors(code, on=on))


def _units(found: Iterable[AdminUnitView]) -> dict[str, object]:
    return {"items": list(found)}
