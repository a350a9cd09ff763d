"""Template tags of the portal: ``{% load portal %}``.

{{ words|say }}                   a text of the catalogue in the language of the page
{{ life_event|event_icon }} {{ life_event|event_name }}   how an event of life is shown
{% upload_words %}                what portal/upload.js says, on the element it works on
"""

from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from motcua.domain.catalogue.types import Words

register = template.Library()

#: life event of a procedure → icon, words; the order is that of a life
EVENTS: Final = {
    "birth": ("baby", gettext_noop("Sinh con")),
    "school": ("graduation-cap", gettext_noop("Học hành")),
    "marriage": ("gem", gettext_noop("Kết hôn")),
    "family": ("users", gettext_noop("Gia đình, giám hộ")),
    "identity": ("id-card", gettext_noop("Căn cước")),
    "home": ("house", gettext_noop("Chuyển nhà")),
    "land": ("map", gettext_noop("Đất và nhà")),
    "vehicle": ("car", gettext_noop("Xe và bằng lái")),
    "business": ("store", gettext_noop("Mở cửa hàng, làm ăn")),
    "travel": ("plane", gettext_noop("Xuất cảnh, đi lại")),
    "work": ("briefcase", gettext_noop("Việc làm")),
    "health": ("heart-pulse", gettext_noop("Sức khỏe")),
    "papers": ("stamp", gettext_noop("Giấy tờ, chứng thực")),
    "retirement": ("armchair", gettext_noop("Nghỉ hưu")),
    "death": ("flower", gettext_noop("Người thân qua đời")),
}
OTHER: Final = ("folder", gettext_noop("Việc khác"))


def language() -> str:
    """Return the language of the page: vi or en."""
    return "en" if get_language() == "en" else "vi"


@register.filter
def say(words: Words | None) -> str:
    """Write a text of the catalogue in the language of the page."""
    return words.to(language()) if words else ""


@register.filter
def event_icon(life_event: str) -> str:
    """Return the picture of a life event."""
    return EVENTS.get(life_event, OTHER)[0]


@register.filter
def event_name(life_event: str) -> str:
    """Write a life event."""
    return _(EVENTS.get(life_event, OTHER)[1])


@register.simple_tag
def upload_words() -> SafeString:
    """Return what the upload script says, as an attribute: sending, line lost, sent, too large."""
    said = [
        _("Đang gửi"),
        _("Mất mạng. Tự gửi tiếp khi có mạng lại."),
        _("Đã gửi xong"),
        _("Tệp này lớn hơn mức cho phép."),
    ]
    return format_html('data-words="{}"', "|".join(said))
