"""Procedures: what can be asked for, how to ask, and what it costs."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import Path, Query, Router, Schema
from pydantic import Field, StrictBool, StrictInt

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyView
from motcua.domain.catalogue import queries
from motcua.domain.catalogue.types import (
    MOST_ROWS,
    BadAnswers,
    Channel,
    Definition,
    Key,
    PaperSpec,
    ProcedureView,
    Words,
)
from motcua.interfaces.api.doors import admits_anyone, changes_nothing
from motcua.interfaces.api.form_schema import form_schema
from motcua.interfaces.api.operations.units import Code as UnitCode
from motcua.interfaces.design.access import ActedRequest, today

MOST_PARTS: Final = 60

router = Router(tags=["Procedures"])

Code = Annotated[str, Path(..., pattern=r"^[1-9]\.[0-9]{6}$", description="National code, such as 1.001193.")]
Day = Annotated[date | None, Query(None, alias="on", description="Day in Vietnam; today if left out.")]


Scalar = (
    StrictBool
    | StrictInt
    | Annotated[float, Field(strict=True, allow_inf_nan=False)]
    | Annotated[str, Field(max_length=10_000)]
    | None
)
Parts = Annotated[dict[Key, Scalar], Field(max_length=MOST_PARTS)]  #: an address, a person, a bank account
Row = Annotated[dict[Key, Scalar | Parts], Field(max_length=MOST_PARTS)]  #: of a table
Answer = Scalar | Row | Annotated[list[Row], Field(max_length=MOST_ROWS)]
Answers = Annotated[
    dict[Key, Answer],
    Field(
        max_length=500,
        description="By field key; null takes an answer back. The form of a procedure gives the shape of each.",
    ),
]


class Given(Schema):
    """Answers to the questions of a procedure, all or some of them."""

    answers: Answers
    channel: Channel | None = None


class ProcedureRow(Schema):
    code: str
    version: int
    name: Words
    summary: Words
    field: Words
    life_event: str
    channels: list[Channel]


class Procedures(Schema):
    items: list[ProcedureRow]


class Procedure(Schema):
    code: str
    version: int
    version_id: UUID
    valid_from: date
    valid_to: date | None
    definition: Definition


class FeeStep(Schema):
    """One step of the way to a fee: amount, tier, formula, maximum, times or reduction."""

    what: str
    dong: int = Field(description="The fee after this step.")
    count: int = Field(description="Units, times or percent.")
    each: int = Field(description="Đồng for one unit.")
    name: Words | None
    basis: str


class FeeLine(Schema):
    key: str
    name: Words
    dong: int
    basis: str
    steps: list[FeeStep]


class Fees(Schema):
    lines: list[FeeLine]
    total_dong: int


class Papers(Schema):
    items: list[PaperSpec]


class Office(Schema):
    id: UUID
    code: str
    name: str
    kind: str
    address: str
    phone: str
    email: str


@router.get("/procedures", response=Procedures, operation_id="list_procedures")
@admits_anyone
def list_procedures(
    request: ActedRequest,
    on: Day,
    q: Annotated[str, Query("", max_length=200, description="Plain words, accents or not.")],
) -> dict[str, object]:
    """List the procedures in force, or those that answer ``q``, best first."""
    day = on or today()
    found = queries.search_definitions(q, on=day) if q.strip() else queries.procedures(on=day)
    return {"items": [_row(view) for view in found]}


@router.get("/procedures/schema.json", response=dict[str, Any], operation_id="get_definition_schema")
@admits_anyone
def get_definition_schema(request: ActedRequest) -> dict[str, Any]:
    """Return the JSON Schema of a definition file: what `motcua procedures publish` takes."""
    return queries.schema_of_definitions()


@router.get("/procedures/{code}", response=Procedure, by_alias=True, operation_id="get_procedure")
@admits_anyone
def get_procedure(request: ActedRequest, code: Code, on: Day) -> ProcedureView:
    """Return a procedure whole, in both languages: questions, papers, fees, limit, steps, result."""
    return queries.procedure(code, on=on or today())


@router.get("/procedures/{code}/form", response=dict[str, Any], operation_id="get_procedure_form")
@admits_anyone
def get_procedure_form(request: ActedRequest, response: HttpResponse, code: Code, on: Day) -> dict[str, Any]:
    """Return the JSON Schema of a procedure's answers, in the language of the request."""
    definition = queries.procedure(code, on=on or today()).definition
    return form_schema(definition, language=get_language() or "vi")


@router.post("/procedures/{code}/fees", response=Fees, operation_id="calculate_fees")
@admits_anyone
@changes_nothing
def calculate_fees(request: ActedRequest, code: Code, given: Given, on: Day) -> dict[str, object]:
    """Say what a dossier with these answers costs. Only a calculation: it needs no key and no account."""
    day = on or today()
    definition = queries.procedure(code, on=day).definition
    answers = clean(definition, given.answers, today=day)
    lines = queries.fee_lines(queries.filled(definition, answers, today=day, channel=given.channel))
    return {"lines": lines, "total_dong": sum(line.dong for line in lines)}


@router.post("/procedures/{code}/papers", response=Papers, operation_id="list_papers")
@admits_anyone
@changes_nothing
def list_papers(request: ActedRequest, code: Code, given: Given, on: Day) -> dict[str, object]:
    """List the papers that belong to a dossier with these answers. Only a calculation, like the fees."""
    day = on or today()
    definition = queries.procedure(code, on=day).definition
    answers = clean(definition, given.answers, today=day)
    return {"items": queries.filled(definition, answers, today=day, channel=given.channel).papers}


@router.get("/communes/{code}/office", response=Office, operation_id="get_commune_office")
@admits_anyone
def get_commune_office(request: ActedRequest, code: UnitCode, on: Day) -> AgencyView:
    """Return the People's Committee that serves a commune: where its dossiers are filed."""
    return agencies.commune_agency(code, on or today())


def clean(definition: Definition, answers: Mapping[str, object], *, today: date) -> dict[str, object]:
    """Return answers in canonical form; nothing is missed for being absent. Raises BadAnswers."""
    found, faults = queries.partly_checked_answers(definition, answers, today=today)
    if faults:
        raise BadAnswers(fields=faults)
    return found


def _row(view: ProcedureView) -> ProcedureRow:
    said = view.definition
    return ProcedureRow(
        code=view.code,
        version=view.version,
        name=said.name,
        summary=said.summary,
        field=said.field,
        life_event=said.life_event,
        channels=list(said.channels),
    )
