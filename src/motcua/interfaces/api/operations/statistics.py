"""Statistics of dossiers: the same figures as the page of the desk."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from motcua.domain.cases import queries
from motcua.domain.cases.types import By, Scope
from motcua.domain.catalogue.types import Channel
from motcua.interfaces.api.doors import admits
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel import clock
from motcua.kernel.actors import OFFICERS, Role

router = Router(tags=["Statistics"])


class Line(Schema):
    """Numbers of dossiers. waiting, running, paused and overdue are of the present moment, not of the period."""

    key: str = Field(
        description="Id of an agency or seat, code, channel or first day; empty for all together."
    )
    received: int
    handled: int = Field(description="With a result, or withdrawn.")
    on_time: int
    late: int
    stopped: int
    declined: int
    waiting: int
    running: int
    paused: int
    overdue: int
    percent: float | None = Field(description="Share on time of all that ended.")


class Report(Schema):
    first: date
    last: date
    by: By
    counted_at: datetime | None = Field(description="At most a minute ago while a worker runs.")
    lines: list[Line]
    total: Line


class CountsWanted(Schema):
    """What is counted."""

    period: Annotated[
        str, Field(max_length=12, description="2026, 2026-Q4, 2026-10, 2026-10-05; bc2026-10: 15th to 14th.")
    ]
    by: By = By.AGENCY
    agency_id: UUID | None = Field(None, description="With all agencies under it.")
    procedure_code: str = Field("", max_length=8)
    channel: Channel | None = None


@router.get(
    "/statistics", response=Report, operation_id="statistics", summary="Received, handled, on time, late."
)
@admits(*sorted(OFFICERS), Role.ADMIN, Role.AUDITOR)
def statistics(request: ActedRequest, wanted: Query[CountsWanted]) -> dict[str, object]:
    """Officers count their own agency and those under it; auditors and administrators everything."""
    scope = Scope(wanted.agency_id, wanted.procedure_code, wanted.channel.value if wanted.channel else "")
    span = queries.span_of(wanted.period)
    found = queries.statistics(span, wanted.by, scope, actor=request.actor, at=clock.now())
    return {
        "first": span.first,
        "last": span.last,
        "by": found.by,
        "counted_at": found.counted_at,
        "lines": list(found.lines),
        "total": found.total,
    }
