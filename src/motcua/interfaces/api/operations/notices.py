"""The caller's notices: what they were told, and what they do not want to be told."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import Field

from motcua.interfaces.api.doors import admits
from motcua.interfaces.api.operations.me import EVERYONE_SIGNED_IN
from motcua.interfaces.api.schema import Cursor, Limit, Listing, listing
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel import clock
from motcua.kernel.actors import Actor, NotPermitted
from motcua.platform.notify import commands, queries
from motcua.platform.notify.types import NoticeId, NoticeView

router = Router(tags=["Notices"])


class Notice(Schema):
    id: UUID
    kind: str
    subject: str
    text: str
    link: str
    at: datetime
    read_at: datetime | None


class NoticeChoice(Schema):
    """A kind of notice and a channel through which it comes."""

    kind: str = Field(min_length=1, max_length=80, pattern=r"^[a-z0-9_.]+$")
    channel: str = Field(min_length=1, max_length=20, pattern=r"^[a-z]+$")


@router.get("/notices", response=Listing[Notice], operation_id="list_notices")
@admits(*EVERYONE_SIGNED_IN)
def list_notices(
    request: ActedRequest, response: HttpResponse, cursor: Cursor, limit: Limit
) -> dict[str, object]:
    """List the caller's notices, newest first, in the language of the request."""
    page = queries.inbox(_person(request.actor), after=cursor, size=limit)
    return listing(request, response, page) | {"items": [_notice(view) for view in page.items]}


@router.get("/notices/{uuid:notice_id}", response=Notice, operation_id="get_notice")
@admits(*EVERYONE_SIGNED_IN)
def get_notice(request: ActedRequest, notice_id: UUID) -> Notice:
    """Return one of the caller's notices."""
    return _notice(queries.notice(NoticeId(notice_id), person_id=_person(request.actor)))


@router.post("/notices/{uuid:notice_id}/read", response={204: None}, operation_id="mark_notice_read")
@admits(*EVERYONE_SIGNED_IN)
def mark_notice_read(request: ActedRequest, notice_id: UUID) -> None:
    """Keep that the caller has read a notice; the first time counts."""
    commands.mark_read(NoticeId(notice_id), actor=request.actor, at=clock.now())


@router.post("/notices/read", response={204: None}, operation_id="mark_all_notices_read")
@admits(*EVERYONE_SIGNED_IN)
def mark_all_notices_read(request: ActedRequest) -> None:
    """Keep that the caller has read all their notices."""
    commands.mark_all_read(actor=request.actor, at=clock.now())


@router.post("/notices/declined", response={204: None}, operation_id="decline_notices")
@admits(*EVERYONE_SIGNED_IN)
def decline_notices(request: ActedRequest, choice: NoticeChoice) -> None:
    """Stop notices of a kind through a channel; those the law requires cannot be stopped."""
    commands.decline(choice.kind, choice.channel, actor=request.actor, at=clock.now())


@router.post("/notices/accepted", response={204: None}, operation_id="accept_notices")
@admits(*EVERYONE_SIGNED_IN)
def accept_notices(request: ActedRequest, choice: NoticeChoice) -> None:
    """Let notices of a kind come through a channel again."""
    commands.accept(choice.kind, choice.channel, actor=request.actor, at=clock.now())


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotPermitted(role=actor.role)
    return actor.person_id


def _notice(view: NoticeView) -> Notice:
    letter = queries.letter(view.kind, view.facts, link=view.link, language=get_language() or "vi")
    return Notice(
        id=view.id,
        kind=view.kind,
        subject=letter.subject,
        text=letter.body,
        link=view.link,
        at=view.at,
        read_at=view.read_at,
    )
