"""Template tags of the portal: ``{% load portal %}``.

{% me as person %}                who is signed in: ``name`` and ``unread`` notices; None for a visitor
{% here "/thu-tuc/" %}            aria-current="page" on the pages under an address
{{ words|say }}                   a text of the catalogue in the language of the page
{{ size_bytes|size }}             1,2 MB
{{ life_event|event_icon }} {{ life_event|event_name }}   how an event of life is shown
"""

from dataclasses import dataclass
from typing import Final

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from motcua.domain.catalogue.types import Words
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId
from motcua.platform.notify import queries as notify

register = template.Library()

#: life event of a procedure → icon, words; the order is that of a life
EVENTS: Final = {
    "birth": ("baby", gettext_noop("Sinh con")),
    "school": ("graduation-cap", gettext_noop("Học hành")),
    "marriage": ("gem", gettext_noop("Kết hôn")),
    "home": ("house", gettext_noop("Chuyển nhà")),
    "land": ("map", gettext_noop("Đất và nhà")),
    "vehicle": ("car", gettext_noop("Xe và bằng lái")),
    "business": ("store", gettext_noop("Mở cửa hàng, làm ăn")),
    "work": ("briefcase", gettext_noop("Việc làm")),
    "health": ("heart-pulse", gettext_noop("Sức khỏe")),
    "papers": ("stamp", gettext_noop("Giấy tờ, chứng thực")),
    "retirement": ("armchair", gettext_noop("Nghỉ hưu")),
    "death": ("flower", gettext_noop("Người thân qua đời")),
}
OTHER: Final = ("folder", gettext_noop("Việc khác"))
_KB: Final = 1024


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in person as the masthead shows them."""

    name: str
    unread: int


@register.simple_tag(takes_context=True)
def me(context: Context) -> Me | None:
    """Return who is signed in, asked once per page."""
    request = context.get("request")
    person_id = getattr(getattr(request, "user", None), "person_id", None)
    if person_id is None:
        return None
    return Me(identity.person(PersonId(person_id)).full_name, notify.unread_count(person_id))


@register.simple_tag(takes_context=True)
def here(context: Context, address: str) -> SafeString:
    """Mark a link whose pages the visitor is on."""
    request = context.get("request")
    path = request.path if request else ""
    is_here = path == address if address == "/" else path.startswith(address)
    return mark_safe('aria-current="page"') if is_here else SafeString("")


@register.filter
def say(words: Words | None) -> str:
    """Write a text of the catalogue in the language of the page."""
    return words.to(get_language() or "vi") if words else ""


@register.filter
def size(size_bytes: int) -> str:
    """Write how large a file is: ``340 KB``, ``1,2 MB``."""
    if size_bytes < _KB * _KB:
        return f"{max(1, round(size_bytes / _KB))} KB"
    value = f"{size_bytes / _KB / _KB:.1f}"
    return f"{value} MB" if get_language() == "en" else f"{value.replace('.', ',')} MB"


@register.filter
def event_icon(life_event: str) -> str:
    """Return the picture of a life event."""
    return EVENTS.get(life_event, OTHER)[0]


@register.filter
def event_name(life_event: str) -> str:
    """Write a life event."""
    return _(EVENTS.get(life_event, OTHER)[1])
