"""Tell a person something, keep what they have read, and hand letters to channels."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from motcua.kernel.actors import Actor, NotPermitted
from motcua.platform.jobs import commands as jobs
from motcua.platform.jobs.types import Failure
from motcua.platform.notify import queries
from motcua.platform.notify.models import Attempt, Notice, Refused
from motcua.platform.notify.types import (
    REQUIRED,
    AttemptState,
    Channel,
    ChannelTrouble,
    Contact,
    Directory,
    NotConfigured,
    NoticeId,
    NoticeView,
    Rejected,
    RequiredByLaw,
    UnknownNotice,
    masked,
)

SEND = "notify.send"  #: the task that calls ``send``

_OUTCOMES: Final = {NotConfigured: AttemptState.NOT_CONFIGURED, Rejected: AttemptState.FAILED}


@transaction.atomic
def notify(
    person_id: UUID, kind: str, *, facts: Mapping[str, str], link: str, actor: Actor, at: datetime
) -> NoticeView:
    """Put a notice into a person's inbox and send it through every channel of the node, after commit.

    Anyone whose deed concerns a person may tell them, so no role is asked for. Not idempotent: a caller that
    may run twice is a handler, whose effect the outbox keeps to once.
    """
    row = Notice.objects.create(person_id=person_id, kind=kind, facts=dict(facts), link=link, at=at)
    unwanted = frozenset() if kind in REQUIRED else queries.refused(person_id)
    attempts = Attempt.objects.bulk_create(
        Attempt(
            notice=row,
            channel=channel,
            state=AttemptState.DECLINED if (kind, channel) in unwanted else AttemptState.WAITING,
            at=at,
        )
        for channel in settings.NOTIFY_CHANNELS
    )
    waiting = [attempt for attempt in attempts if attempt.state == AttemptState.WAITING]
    if waiting:
        jobs.defer_many(SEND, [{"attempt": str(attempt.id)} for attempt in waiting])
    return NoticeView(NoticeId(row.id), person_id, kind, row.facts, link, at, None)


@transaction.atomic
def mark_read(notice_id: NoticeId, *, actor: Actor, at: datetime) -> None:
    """Keep that the actor has read one of their notices; the first time counts."""
    own = Notice.objects.filter(pk=notice_id, person_id=_self(actor))
    if not own.unread().update(read_at=at) and not own.exists():
        raise UnknownNotice(notice=notice_id)


@transaction.atomic
def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Keep that the actor has read all their notices; return how many were unread."""
    return Notice.objects.unread().filter(person_id=_self(actor)).update(read_at=at)


@transaction.atomic
def decline(kind: str, channel: str, *, actor: Actor, at: datetime) -> None:
    """Send the actor no more notices of ``kind`` through ``channel``; raise RequiredByLaw."""
    if kind in REQUIRED:
        raise RequiredByLaw(kind=kind, source=REQUIRED[kind])
    Refused.objects.get_or_create(person_id=_self(actor), kind=kind, channel=channel, defaults={"at": at})


@transaction.atomic
def accept(kind: str, channel: str, *, actor: Actor, at: datetime) -> None:
    """Send the actor notices of ``kind`` through ``channel`` again."""
    Refused.objects.filter(person_id=_self(actor), kind=kind, channel=channel).delete()


def send(attempt_id: UUID, *, at: datetime) -> None:
    """Hand one letter to its channel, unless that has been done; may be repeated.

    The row is locked meanwhile, so two workers never send the same letter at the same time. A crash between
    the carrier's yes and our commit sends it once more, with the same key. Raises Unreachable.
    """
    with transaction.atomic():
        row = Attempt.objects.select_for_update().select_related("notice").get(pk=attempt_id)
        if row.state != AttemptState.WAITING:
            return
        contact = _directory()(row.notice.person_id) or Contact(email="", phone="")
        channel = _channel(row.channel)
        address = channel.address(contact)
        row.tries, row.at, row.address = row.tries + 1, at, masked(address)
        row.state, row.error = _handed_over(row, channel, contact, address)
        row.save(update_fields=["state", "error", "tries", "at", "address"])


@transaction.atomic
def write_down_failure(failure: Failure, /, *, attempt: str) -> None:
    """Keep why a letter could not be sent, and whether it will be tried again."""
    error = failure.error
    Attempt.objects.filter(pk=attempt, state=AttemptState.WAITING).update(
        state=AttemptState.FAILED if failure.next_at is None else AttemptState.WAITING,
        error=error.reason if isinstance(error, ChannelTrouble) else type(error).__name__,
        tries=failure.attempt,
        at=failure.at,
    )


def _self(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotPermitted(role=actor.role)
    return actor.person_id


def _handed_over(row: Attempt, channel: Channel, contact: Contact, address: str) -> tuple[AttemptState, str]:
    if not address:
        return AttemptState.NO_ADDRESS, ""
    notice = row.notice
    letter = queries.letter(notice.kind, notice.facts, link=_public(notice.link), language=contact.language)
    try:
        channel.send(letter, address=address, key=str(row.id))
    except (NotConfigured, Rejected) as trouble:
        return _OUTCOMES[type(trouble)], trouble.reason
    return AttemptState.SENT, ""


def _public(link: str) -> str:
    """Return a link that also works outside the node's own pages."""
    return f"{settings.NODE.base_url}{link}" if link.startswith("/") else link


def _directory() -> Directory:
    lookup: Directory = import_string(settings.NOTIFY_DIRECTORY)
    return lookup


def _channel(name: str) -> Channel:
    """Return the channel's adapter; one whose setting has gone since is not configured any more."""
    path = settings.NOTIFY_CHANNELS.get(name, "motcua.platform.notify.adapters.NowhereByPhone")
    channel: Channel = import_string(path)()
    return channel
