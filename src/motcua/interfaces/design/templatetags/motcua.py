"""Template tags of the design system: ``{% load motcua %}``.

{% icon "search" %}                     an inline picture, hidden from screen readers; size by class
{% status state %}                      the chip of a dossier state: word, shape and colour
{% due kind minutes %}                  the chip of a deadline: late, soon, ok, paused, done
{% mark %}                              the lotus of the masthead
{% node "name" %}                       a public setting of the node: name, owner
{% theme as theme %}                    the chosen theme: light, dark or empty for the system's
{% other_language as language %}        the language to offer: {"code", "name"}
{% links "portal" as places %}          the links of a shell: portal, tabs, desk, console, foot
{% visitor as me %}                     who is signed in: name, seat, agency
{% unread as count %}                   how many notices wait
{{ fee|money }} {{ at|when }} {{ at|when_short }} {{ on|day }} {{ minutes|remaining }} {{ number|masked }}
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final, cast
from xml.etree import ElementTree

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from motcua.domain.agencies.types import SeatView
from motcua.interfaces.design import access, formats, lotus, navigation
from motcua.kernel.money import Money
from motcua.platform.notify import queries as notify

register = template.Library()

THEMES: Final = ("light", "dark")

#: state of a dossier → tone, icon, words
STATES: Final = {
    "submitted": ("info", "send", gettext_noop("Đã nộp, chờ tiếp nhận")),
    "accepted": ("info", "inbox", gettext_noop("Đã tiếp nhận")),
    "not_accepted": ("late", "ban", gettext_noop("Không được tiếp nhận")),
    "processing": ("info", "clock", gettext_noop("Đang xử lý")),
    "supplement_requested": ("soon", "triangle-alert", gettext_noop("Cần bạn bổ sung")),
    "payment_requested": ("soon", "wallet", gettext_noop("Cần bạn nộp tiền")),
    "withdrawal_requested": ("soon", "undo-2", gettext_noop("Đang xin rút")),
    "stopped": ("late", "octagon-x", gettext_noop("Dừng xử lý")),
    "done": ("ok", "check", gettext_noop("Đã có kết quả")),
    "returned": ("ok", "check-check", gettext_noop("Đã trả kết quả")),
}

#: kind of a deadline → tone, icon, words when no minutes are given
DUE: Final = {
    "late": ("late", "circle-alert", gettext_noop("Quá hạn")),
    "soon": ("soon", "hourglass", gettext_noop("Sắp đến hạn")),
    "ok": ("", "clock", gettext_noop("Còn hạn")),
    "paused": ("", "pause", gettext_noop("Tạm dừng")),
    "done": ("ok", "check", gettext_noop("Đã xong")),
}


@cache
def _svg(name: str, classes: str) -> SafeString:
    source = ElementTree.fromstring(lucide(name, size=None))
    shapes = "".join(ElementTree.tostring(shape, encoding="unicode").strip() for shape in source)
    return mark_safe(
        format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">', f"i {classes}".strip())
        + shapes
        + "</svg>"
    )


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Render the icon ``name`` of the lucide set; ``classes`` is one of small, large, huge."""
    return _svg(str(name), str(classes))


@register.simple_tag
def mark() -> SafeString:
    """Render the lotus."""
    paths = "".join(f'<path d="{petal}"/>' for petal in lotus.paths())
    return mark_safe(f'<svg class="i mark" viewBox="0 0 24 24" aria-hidden="true">{paths}</svg>')


def chip(tone: str, picture: str, words: str) -> SafeString:
    """Return a chip: a word, a shape, a colour."""
    return format_html('<span class="{}">{}{}</span>', f"chip {tone}".strip(), icon(picture), words)


@register.simple_tag
def status(state: str) -> SafeString:
    """Render the chip of a dossier state."""
    tone, picture, words = STATES[str(state)]
    return chip(tone, picture, _(words))


@register.simple_tag
def due(kind: str, minutes: int | None = None) -> SafeString:
    """Render the chip of a deadline; ``minutes`` of working time left are said where the clock runs."""
    tone, picture, words = DUE[str(kind)]
    runs = minutes is not None and kind not in {"paused", "done"}
    said = formats.remaining(minutes) if runs and minutes is not None else _(words)
    return chip(tone, picture, said[:1].upper() + said[1:])


@register.simple_tag
def node(name: str) -> str:
    """Return a public setting of the node."""
    if name not in {"name", "owner"}:
        raise template.TemplateSyntaxError(f"{name!r} is not a public setting")
    return str(getattr(settings.NODE, name))


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Return the theme the visitor chose, or an empty string to follow the system."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.simple_tag
def other_language() -> dict[str, str] | None:
    """Return the first language of the node that is not in use, if there is one."""
    others = [{"code": code, "name": name} for code, name in settings.LANGUAGES if code != get_language()]
    return others[0] if others else None


@register.filter
def money(value: Money | int) -> str:
    """Write an amount: ``150.000 ₫``."""
    return str(value if isinstance(value, Money) else Money(value))


@register.filter
def when(value: datetime | None) -> str:
    """Write an instant: ``thứ Tư 25/02/2026, 9:00``."""
    return formats.instant(value) if value else "—"


@register.filter
def when_short(value: datetime | None) -> str:
    """Write an instant for a list: ``25/02 9:00``."""
    return formats.short_instant(value) if value else "—"


@register.filter
def day(value: date | None) -> str:
    """Write a date: ``25/02/2026``."""
    return formats.day(value) if value else "—"


@register.filter
def remaining(minutes: int) -> str:
    """Write working minutes left, or how late: ``còn 2 giờ làm việc``."""
    return formats.remaining(minutes)


@register.filter
def masked(personal_id: str) -> str:
    """Write a personal number with its middle hidden."""
    return formats.masked(str(personal_id))


@register.filter
def tone(message: Message) -> str:
    """Return the tone of a notice for a message of django.contrib.messages."""
    tones = {"success": "ok", "warning": "act", "error": "late"}
    return tones.get(message.level_tag, "")


# ── who is here, and where ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, as a masthead says it."""

    name: str
    seat: SeatView | None  #: the seat the session remembers
    agency: str


@register.simple_tag(takes_context=True)
def links(context: Context, shell: str) -> tuple[navigation.Link, ...]:
    """Return the links of a shell: portal, tabs, desk, console or foot."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    role = actor.role if actor and shell in {"desk", "console"} else None
    return navigation.links(shell, request.path if request else "", role)


@register.simple_tag
def address_of(path: str) -> str:
    """Return the address at which a page answers; empty while there is none."""
    return navigation.address_of(path) or ""


@register.simple_tag(takes_context=True)
def visitor(context: Context) -> Visitor | None:
    """Return who is signed in; None for a stranger. What the request read already, no query."""
    request = context.get("request")
    if request is None or not hasattr(request, "user") or not request.user.is_authenticated:
        return None
    if not hasattr(request, "_visitor"):
        request._visitor = _visitor(request)
    return cast("Visitor", request._visitor)


def _visitor(request: HttpRequest) -> Visitor:
    person = getattr(request.user, "person", None)
    seat = access.chosen_seat(request) if access.SEAT_KEY in request.session else None
    name = person.full_name if person else request.user.get_username()
    return Visitor(name, seat, seat.agency_name if seat else "")


@register.simple_tag(takes_context=True)
def unread(context: Context) -> int:
    """Return how many notices wait for who is signed in: ``unread`` of the page, or one query a page."""
    given = context.get("unread")
    if given is not None:
        return int(given)
    request = context.get("request")
    person_id = getattr(getattr(request, "user", None), "person_id", None)
    if request is None or person_id is None:
        return 0
    if not hasattr(request, "_unread"):
        request._unread = notify.unread_count(person_id)
    return cast("int", request._unread)
