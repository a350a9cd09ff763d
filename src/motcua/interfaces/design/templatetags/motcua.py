"""Template tags of the design system: ``{% load motcua %}``.

{% icon "search" %}                     an inline picture, hidden from screen readers; size by class
{% status state %}                      the chip of a dossier state: word, shape and colour
{% due kind minutes %}                  the chip of a deadline: late, soon, ok, paused, done
{% mark %}                              the lotus of the masthead
{% node "name" %}                       a public setting of the node: name, owner
{% theme as theme %}                    the chosen theme: light, dark or empty for the system's
{% other_language as language %}        the language to offer: {"code", "name"}
{{ fee|money }} {{ at|when }} {{ at|when_short }} {{ on|day }} {{ minutes|remaining }} {{ number|masked }}
"""

from datetime import date, datetime
from functools import cache
from typing import Final
from xml.etree import ElementTree

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from motcua.interfaces.design import formats
from motcua.kernel.money import Money

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

#: the lotus: three petals over a door sill
PETALS: Final = (
    "M12 3.5c3 3.200 3.500 7.700 0 12.500-3.500-4.800-3-9.300 0-12.500z",
    "M3 10.500c4-.5 7.300 1.500 9 5.500-4.500 1.600-7.900-.6-9-5.500z",
    "M21 10.500c-4-.5-7.300 1.500-9 5.500 4.500 1.600 7.900-.6 9-5.500z",
    "M5 19.500h14",
)


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
    paths = "".join(f'<path d="{petal}"/>' for petal in PETALS)
    return mark_safe(f'<svg class="i mark" viewBox="0 0 24 24" aria-hidden="true">{paths}</svg>')


def _chip(tone: str, picture: str, words: str) -> SafeString:
    return format_html('<span class="{}">{}{}</span>', f"chip {tone}".strip(), icon(picture), words)


@register.simple_tag
def status(state: str) -> SafeString:
    """Render the chip of a dossier state."""
    tone, picture, words = STATES[str(state)]
    return _chip(tone, picture, _(words))


@register.simple_tag
def due(kind: str, minutes: int | None = None) -> SafeString:
    """Render the chip of a deadline; ``minutes`` of working time left are said where the clock runs."""
    tone, picture, words = DUE[str(kind)]
    runs = minutes is not None and kind not in {"paused", "done"}
    said = formats.remaining(minutes) if runs and minutes is not None else _(words)
    return _chip(tone, picture, said[:1].upper() + said[1:])


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
