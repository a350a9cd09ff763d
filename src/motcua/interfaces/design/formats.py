"""How dates, spans and personal numbers are written for people: Vietnamese custom, both languages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from motcua.kernel.clock import VIETNAM

WEEKDAYS: Final = (
    gettext_noop("thứ Hai"),
    gettext_noop("thứ Ba"),
    gettext_noop("thứ Tư"),
    gettext_noop("thứ Năm"),
    gettext_noop("thứ Sáu"),
    gettext_noop("thứ Bảy"),
    gettext_noop("Chủ nhật"),
)
MINUTES_OF_A_DAY: Final = 480  #: a working day of eight hours, only for saying roughly how long


def day(value: date) -> str:
    """Return ``25/02/2026``; an instant is taken in Vietnam."""
    local = value.astimezone(VIETNAM) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


def day_with_weekday(value: date) -> str:
    """Return ``thứ Tư 25/02/2026``."""
    local = value.astimezone(VIETNAM) if isinstance(value, datetime) else value
    return f"{_(WEEKDAYS[local.weekday()])} {local:%d/%m/%Y}"


def instant(value: datetime) -> str:
    """Return ``thứ Tư 25/02/2026, 9:00``."""
    local = value.astimezone(VIETNAM)
    return f"{day_with_weekday(local)}, {local.hour}:{local:%M}"


def short_instant(value: datetime) -> str:
    """Return ``25/02 9:00``, for lists."""
    local = value.astimezone(VIETNAM)
    return f"{local:%d/%m} {local.hour}:{local:%M}"


def span(minutes: int) -> str:
    """Return a span of working minutes roughly, in its largest fitting unit."""
    size = abs(minutes)
    if size < 60:  # noqa: PLR2004 - minutes of an hour
        return ngettext("%(n)d phút", "%(n)d phút", size) % {"n": size}
    if size < MINUTES_OF_A_DAY:
        hours = size // 60
        return ngettext("%(n)d giờ làm việc", "%(n)d giờ làm việc", hours) % {"n": hours}
    days = size // MINUTES_OF_A_DAY
    return ngettext("%(n)d ngày làm việc", "%(n)d ngày làm việc", days) % {"n": days}


def rough(minutes: int) -> int:
    """Return a span of working minutes cut down to what ``span`` says of it."""
    unit = 1 if minutes < 60 else 60 if minutes < MINUTES_OF_A_DAY else MINUTES_OF_A_DAY  # noqa: PLR2004
    return minutes // unit * unit


def remaining(minutes: int) -> str:
    """Return ``còn 2 giờ làm việc``, or ``quá hạn 1 ngày làm việc`` for a negative number of minutes."""
    words = _("quá hạn %(span)s") if minutes < 0 else _("còn %(span)s")
    return words % {"span": span(minutes)}


def masked(personal_id: str) -> str:
    """Return a personal number with its middle hidden: ``064 ••• ••• 123``."""
    return f"{personal_id[:3]} ••• ••• {personal_id[-3:]}" if len(personal_id) > 6 else "•••"  # noqa: PLR2004


def size(size_bytes: int) -> str:
    """Return ``340 kB`` or ``1,4 MB``: decimal units, as phones count."""
    if size_bytes < 1_000_000:  # noqa: PLR2004 - a megabyte
        return f"{max(1, round(size_bytes / 1000))} kB" if size_bytes else "0 kB"
    number = f"{size_bytes / 1_000_000:.1f}".removesuffix(".0")
    return f"{number if get_language() == 'en' else number.replace('.', ',')} MB"


def decimal(value: Decimal | int) -> str:
    """Return ``1.250.000`` or ``0,5``; with an English point only in English."""
    number = Decimal(value).normalize()
    text = f"{number:,f}"
    return text if get_language() == "en" else text.translate(str.maketrans(",.", ".,"))
