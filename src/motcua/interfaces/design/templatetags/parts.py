"""The parts pages are built from: ``{% load parts %}``. Each stands on the living page at /design.

{% timeline moments %}                          what happened and what comes: parts.Moment
{% tasks tasks %}                               a long form in parts: parts.Task
{% facts pairs %}                               terms and values: (term, value) pairs
{% files lines %}                               files with size, reading and removing: parts.FileLine
{% upload "paper" label hint=… error=… accept=… many=… largest=… %}   one field that takes files
{% pages page %}                                the way on through a list walked by cursor: database Page
{% tabs tabs label %}                           views of one list: parts.Tab
{% fees lines %}                                inside <dl class="answers">: what it costs and how that came about
{% meter value most words %}                    how much of something is done; tone "soon" for a warning
{% copy text words %}                           a button that copies, with a script
{% autosaved %}                                 inside <form data-autosave="…" {% autosave_words %}>: what was saved
{% notice "act" "Title" %}…{% endnotice %}      info, act, ok or late
{% nothing "inbox" "Title" %}…{% endnothing %}  an empty list
{% dialog "id" "Title" %}…{% enddialog %}       opened by <a href="/page" data-opens="id">
{{ size_bytes|size }}                           1,4 MB
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import template
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.domain.catalogue.types import FeeLine
from motcua.interfaces.design import fees as fee_words
from motcua.interfaces.design import formats
from motcua.interfaces.design.parts import PROGRESS_WORDS, FileLine, Moment, Tab, Task, done
from motcua.interfaces.design.templatetags.motcua import chip, icon
from motcua.platform.database.types import Page

register = template.Library()

NOTICES: Final = {"info": "info", "act": "triangle-alert", "ok": "circle-check", "late": "circle-alert"}


@register.inclusion_tag("design/parts/timeline.html")
def timeline(moments: Iterable[Moment]) -> dict[str, object]:
    """Draw what happened and what comes next."""
    return {"moments": moments}


@register.inclusion_tag("design/parts/tasks.html")
def tasks(tasks: Sequence[Task]) -> dict[str, object]:
    """Draw a list of tasks, each with how it stands, under how many are done."""
    return {"lines": [(task, _progress(task)) for task in tasks], "done": done(tasks), "all": len(tasks)}


def _progress(task: Task) -> SafeString:
    tone, picture, words = PROGRESS_WORDS[task.progress]
    return chip(tone, picture, _(words))


@register.inclusion_tag("design/parts/facts.html")
def facts(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Draw terms and their values; a pair without a value is left out."""
    return {"pairs": [(term, value) for term, value in pairs if value is not None and value != ""]}


@register.inclusion_tag("design/parts/fees.html")
def fees(lines: Sequence[FeeLine]) -> dict[str, object]:
    """Draw each fee with how it came about, and their sum."""
    language = "en" if get_language() == "en" else "vi"
    drawn = [(line, line.name.to(language), fee_words.how(line, language)) for line in lines]
    return {"lines": drawn, "total": sum(line.dong for line in lines)}


@register.inclusion_tag("design/parts/files.html", takes_context=True)
def files(context: Context, lines: Iterable[FileLine]) -> dict[str, object]:
    """Draw files."""
    return {"lines": lines, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("design/parts/upload.html")
def upload(
    name: str,
    label: str,
    *,
    hint: str = "",
    error: str = "",
    accept: str = "image/*,application/pdf",
    many: bool = False,
    largest: int = 0,
) -> dict[str, object]:
    """Draw a field that takes files; ``largest`` is in bytes and said before anything is sent."""
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "error": error,
        "accept": accept,
        "many": many,
        "largest": largest,
        "too_large": _("Tệp lớn hơn %(size)s. Hãy chọn tệp nhỏ hơn.") % {"size": formats.size(largest)},
    }


@register.inclusion_tag("design/parts/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], parameter: str = "after", label: str = "") -> dict[str, object]:
    """Draw the ways to the first and the next stretch of a list, keeping every other choice in the address.

    ``label`` names the list where a page has several.
    """
    request = context.get("request")
    query = request.GET if request else QueryDict()
    return {
        "label": label or _("Các trang của danh sách"),
        "first": _address(query, parameter, "") if query.get(parameter) else "",
        "next": _address(query, parameter, page.next_cursor) if page.next_cursor else "",
    }


def _address(query: QueryDict, parameter: str, cursor: str) -> str:
    changed = query.copy()
    changed.pop(parameter, None)
    if cursor:
        changed[parameter] = cursor
    return f"?{changed.urlencode()}"


@register.inclusion_tag("design/parts/tabs.html")
def tabs(tabs: Iterable[Tab], label: str) -> dict[str, object]:
    """Draw the views of one list; ``label`` says what they choose."""
    return {"tabs": tabs, "label": label}


@register.simple_tag
def meter(value: float, most: float, words: str, tone: str = "") -> SafeString:
    """Draw how much is done; ``words`` say it to who does not see it."""
    return format_html(
        '<progress class="meter {}" max="{}" value="{}" aria-label="{}"></progress>', tone, most, value, words
    )


@register.inclusion_tag("design/parts/copy.html")
def copy(text: str, words: str = "") -> dict[str, object]:
    """Draw a button that copies ``text``; shown only where a script can."""
    return {"text": text, "words": words or _("Chép")}


@register.simple_tag
def autosave_words() -> SafeString:
    """Give a form that saves itself its words."""
    return format_html(
        'data-saving="{}" data-saved="{}" data-unsaved="{}"',
        _("Đang lưu…"),
        _("Đã lưu nháp"),
        _("Chưa lưu được; sẽ thử lại khi có mạng"),
    )


@register.simple_tag
def autosaved(words: str = "") -> SafeString:
    """Draw where a form that saves itself says so."""
    return format_html('<p class="saved" role="status" data-autosave-status>{}</p>', words)


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Draw a notice around its content."""
    heading = format_html("<p><b>{}</b></p>", title) if title else ""
    return format_html(
        '<div class="notice {}">{}<div>{}{}</div></div>',
        "" if tone == "info" else tone,
        icon(NOTICES[tone]),
        heading,
        content,
    )


@register.simple_block_tag
def nothing(content: str, picture: str, title: str) -> SafeString:
    """Draw an empty list: why it is empty, and what one can do."""
    return format_html('<div class="empty">{}<b>{}</b>{}</div>', icon(picture, "huge"), title, content)


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> SafeString:
    """Draw a dialog around its content."""
    facts = {"name": name, "title": title, "content": content}
    return SafeString(render_to_string("design/parts/dialog.html", facts))


@register.filter
def size(value: int) -> str:
    """Write a size of a file: ``1,4 MB``."""
    return formats.size(value)
