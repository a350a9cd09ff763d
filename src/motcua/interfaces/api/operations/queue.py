"""The node's queue, for administrators: its health, its dead letters, and letters to people."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import Field

from motcua.interfaces.api.doors import admits
from motcua.interfaces.api.schema import Cursor, Limit, Listing, listing
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.platform.jobs import queries as jobs
from motcua.platform.notify import queries as notices
from motcua.platform.notify.types import AttemptState
from motcua.platform.outbox import commands as outbox
from motcua.platform.outbox import queries as letters
from motcua.platform.outbox.types import DeliveryId, DeliveryState

router = Router(tags=["Operations"])


class Jobs(Schema):
    waiting: int
    scheduled: int
    running: int
    failed: int
    oldest_waiting_at: datetime | None
    workers: int
    last_heartbeat_at: datetime | None
    dead_letters: int


class DeadLetter(Schema):
    id: UUID
    kind: str
    version: int
    body: dict[str, Any]
    handler: str
    state: DeliveryState
    attempts: int
    error: str
    announced_at: datetime
    changed_at: datetime


class Attempt(Schema):
    id: UUID
    notice_id: UUID
    kind: str
    channel: str
    address: str
    state: AttemptState
    error: str
    tries: int
    at: datetime


class Reason(Schema):
    reason: str = Field(min_length=1, max_length=2_000)


@router.get("/jobs", response=Jobs, operation_id="get_jobs")
@admits(Role.ADMIN, Role.AUDITOR)
def get_jobs(request: ActedRequest) -> Jobs:
    """Return the depth and age of the queue, its failures, and whether anyone works on it."""
    now = jobs.health(clock.now())
    return Jobs(
        waiting=now.waiting,
        scheduled=now.scheduled,
        running=now.running,
        failed=now.failed,
        oldest_waiting_at=now.oldest_waiting_at,
        workers=now.workers,
        last_heartbeat_at=now.last_heartbeat_at,
        dead_letters=letters.dead_letter_count(),
    )


@router.get("/dead-letters", response=Listing[DeadLetter], operation_id="list_dead_letters")
@admits(Role.ADMIN, Role.AUDITOR)
def list_dead_letters(
    request: ActedRequest, response: HttpResponse, cursor: Cursor, limit: Limit
) -> dict[str, object]:
    """List deliveries of events that wait for a person, newest first."""
    return listing(request, response, letters.dead_letters(after=cursor, size=limit))


@router.post(
    "/dead-letters/{uuid:delivery_id}/replay", response={202: None}, operation_id="replay_dead_letter"
)
@admits(Role.ADMIN)
def replay_dead_letter(request: ActedRequest, delivery_id: UUID) -> None:
    """Try a delivery again, with all its attempts."""
    outbox.replay(DeliveryId(delivery_id), actor=request.actor, at=clock.now())


@router.post(
    "/dead-letters/{uuid:delivery_id}/discard", response={204: None}, operation_id="discard_dead_letter"
)
@admits(Role.ADMIN)
def discard_dead_letter(request: ActedRequest, delivery_id: UUID, why: Reason) -> None:
    """Decide, with a reason, that an event shall not be delivered."""
    outbox.discard(DeliveryId(delivery_id), reason=why.reason, actor=request.actor, at=clock.now())


@router.get("/notice-deliveries", response=Listing[Attempt], operation_id="list_notice_deliveries")
@admits(Role.ADMIN, Role.AUDITOR)
def list_notice_deliveries(
    request: ActedRequest, response: HttpResponse, cursor: Cursor, limit: Limit
) -> dict[str, object]:
    """List the attempts to bring notices to people, newest first; addresses are masked."""
    return listing(request, response, notices.deliveries(after=cursor, size=limit))
