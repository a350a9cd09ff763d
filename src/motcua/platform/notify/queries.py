"""Public reads of notices: the inbox, the words, the delivery log, what a person does not want."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.template import Context
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template

from motcua.platform.database.queries import page
from motcua.platform.database.types import Key, Page
from motcua.platform.notify.models import Attempt, Notice, Refused
from motcua.platform.notify.types import (
    PLAIN,
    AttemptState,
    AttemptView,
    Letter,
    NoticeId,
    NoticeView,
    UnknownNotice,
)

log = logging.getLogger(__name__)

_NEWEST_FIRST = (Key("id", descending=True),)
_NOTICE = ("id", "person_id", "kind", "facts", "link", "at", "read_at")
_ATTEMPT = ("id", "notice_id", "notice__kind", "channel", "address", "state", "error", "tries", "at")


def inbox(person_id: UUID, *, after: str | None = None, size: int = 20) -> Page[NoticeView]:
    """Return a person's notices, newest first, behind the cursor ``after``. One query."""
    rows = Notice.objects.filter(person_id=person_id).values_list(*_NOTICE, named=True)
    return page(rows, order=_NEWEST_FIRST, after=after, size=size, view=lambda row: NoticeView(*row))


def notice(notice_id: NoticeId, *, person_id: UUID) -> NoticeView:
    """Return one of a person's notices; raise UnknownNotice for anyone else's."""
    row = Notice.objects.filter(pk=notice_id, person_id=person_id).values_list(*_NOTICE).first()
    if row is None:
        raise UnknownNotice(notice=notice_id)
    return NoticeView(*row)


def unread_count(person_id: UUID) -> int:
    """Return how many notices a person has not read."""
    return Notice.objects.unread().filter(person_id=person_id).count()


def deliveries(
    *, person_id: UUID | None = None, after: str | None = None, size: int = 50
) -> Page[AttemptView]:
    """Return the delivery log, newest first, of one person or of all, behind ``after``. One query."""
    rows = Attempt.objects.all() if person_id is None else Attempt.objects.filter(notice__person_id=person_id)
    log_lines = rows.values_list(*_ATTEMPT, named=True)
    return page(log_lines, order=_NEWEST_FIRST, after=after, size=size, view=_attempt)


def refused(person_id: UUID) -> frozenset[tuple[str, str]]:
    """Return the (kind, channel) pairs a person does not want."""
    return frozenset(Refused.objects.filter(person_id=person_id).values_list("kind", "channel"))


def letter(kind: str, facts: Mapping[str, str], *, link: str, language: str) -> Letter:
    """Return the words of a notice; a kind without words gets those of ``PLAIN``, and the log says so."""
    try:
        template = get_template(_path(kind, language))
    except TemplateDoesNotExist:
        log.warning("a notice has no words", extra={"kind": kind, "language": language})
        template = get_template(_path(PLAIN, language))
    context = Context({**facts, "kind": kind, "link": link}, autoescape=False)  # plain text, not HTML
    subject, _, body = template.template.render(context).strip().partition("\n")  # type: ignore[attr-defined]  # Django's own engine
    return Letter(subject.strip(), body.strip())


def _attempt(row: tuple[Any, ...]) -> AttemptView:
    ident, notice_id, kind, channel, address, state, *rest = row
    return AttemptView(ident, notice_id, kind, channel, address, AttemptState(state), *rest)


def _path(kind: str, language: str) -> str:
    return f"design/notices/{kind}.{language}.txt"
