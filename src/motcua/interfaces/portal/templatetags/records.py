"""Parts of public records in words: ``{% load records %}``.

{{ way.channels|channels }}       Trực tiếp, Trực tuyến
{% wait_words wait %}             3 ngày làm việc; what stands there when the unit is missing
{{ paper|paper_name }}            its name, with dots where the source cut it short
{{ paper|copies }}                1 bản chính, 2 bản sao
{{ fee|fee_words }}               20.000 ₫
{{ text|linked:links }}           text with mentioned instruments linked to the list of the page
{{ text|paragraphs:links }}       the same, in paragraphs
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from django import template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel, Component, Fee
from motcua.interfaces.design import formats, record_words

register = template.Library()

MENTION: Final = re.compile(r"\d+/\d{4}/[A-ZĐ]+(?:-[A-ZĐa-z]+)*\d*")


@register.filter
def channels(found: Iterable[Channel]) -> str:
    """Write channels."""
    return record_words.channels(found)


@register.filter
def channel(found: Channel) -> str:
    """Write one channel."""
    return record_words.channels([found])


@register.simple_tag
def wait_words(time: object, unit: object) -> str:
    """Write a time limit; what stands there when the unit is missing, and that nothing does."""
    if time is None:
        return _("Bản công bố không ghi số ngày.")
    if unit is None:
        return _("Bản công bố ghi “%(time)s” mà không ghi đơn vị.") % {"time": formats.decimal(time)}  # type: ignore[arg-type]  # templates carry no types
    return record_words.time(time, unit)  # type: ignore[arg-type]  # templates carry no types


@register.filter
def paper_name(paper: Component) -> str:
    """Write the name of a paper; dots where the source cut it short."""
    return f"{paper.name}…" if catalogue.is_cut_name(paper) else paper.name


@register.filter
def copies(paper: Component) -> str:
    """Write how many originals and copies of a paper."""
    words = ((_("%(n)d bản chính"), paper.originals), (_("%(n)d bản sao"), paper.copies))
    return ", ".join(said % {"n": n} for said, n in words if n)


@register.filter
def fee_words(fee: Fee) -> str:
    """Write a fee."""
    return record_words.fee(fee)


@register.filter
def linked(text: str, links: Mapping[str, str]) -> SafeString:
    """Return text with every mention of a listed instrument linked to where it stands on the page."""

    def link(found: re.Match[str]) -> str:
        target = links.get(found[0])
        return f'<a href="#{target}">{found[0]}</a>' if target else found[0]

    return mark_safe(MENTION.sub(link, escape(text)))


@register.filter
def paragraphs(text: str, links: Mapping[str, str]) -> SafeString:
    """Write text in paragraphs, mentioned instruments linked."""
    parts = (line.strip() for line in text.split("\n"))
    return format_html_join("", "<p>{}</p>", ((linked(line, links),) for line in parts if line))


@register.filter
def anchor(number: str, links: Mapping[str, str]) -> str:
    """Return the anchor of an instrument on the page."""
    return links.get(number, "")


@register.filter
def get(names: Mapping[str, str], key: str) -> str:
    """Return one value of a mapping, or nothing."""
    return names.get(key, "")
