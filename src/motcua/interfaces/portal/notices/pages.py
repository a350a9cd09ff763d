"""The inbox of notices."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.interfaces.design.access import ActedRequest, for_people
from motcua.interfaces.portal.notices.letters import letter_of
from motcua.kernel.actors import NotPermitted
from motcua.kernel.clock import now
from motcua.platform.notify import commands as deeds
from motcua.platform.notify import queries as notify
from motcua.platform.notify.types import NoticeId


@for_people
@never_cache
@require_safe
def notices(request: ActedRequest) -> HttpResponse:
    """List what the node has told the person, newest first."""
    after = request.GET.get("sau") or None
    page = notify.inbox(_person(request), after=after)
    facts = {
        "notices": [(one, letter_of(one)) for one in page.items],
        "next": page.next_cursor,
        "has_unread": any(one.read_at is None for one in page.items),
    }
    return render(request, "portal/notices/list.html", facts)


@for_people
@require_POST
def open_notice(request: ActedRequest, notice_id: UUID) -> HttpResponse:
    """Keep that a notice was read and go where it leads."""
    notice = notify.notice(NoticeId(notice_id), person_id=_person(request))
    deeds.mark_read(notice.id, actor=request.actor, at=now())
    here = url_has_allowed_host_and_scheme(notice.link, {request.get_host()}, request.is_secure())
    return redirect(notice.link if here and notice.link else "portal:notices")


@for_people
@require_POST
def read_all(request: ActedRequest) -> HttpResponse:
    """Keep that everything was read."""
    n = deeds.mark_all_read(actor=request.actor, at=now())
    words = ngettext("Đã đọc %(n)d thông báo.", "Đã đọc %(n)d thông báo.", n)
    messages.success(request, words % {"n": n})
    return redirect("portal:notices")


def _person(request: ActedRequest) -> UUID:
    if request.actor.person_id is None:
        raise NotPermitted(role=request.actor.role)
    return request.actor.person_id
