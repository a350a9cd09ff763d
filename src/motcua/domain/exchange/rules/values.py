"""Numbers, dates and flags in the spellings of the field; what is not understood stays text."""

import re
from datetime import date, datetime, time
from typing import Final

from motcua.domain.exchange.types import Count, Day, Flag, Moment
from motcua.kernel.clock import VIETNAM

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DATES: Final = (
    re.compile(r"(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})[/-](?P<month>[0-9]{1,2})[/-](?P<year>[0-9]{4})"),
)
_TIME: Final = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?")
_FLAGS: Final = {"true": True, "1": True, "false": False, "0": False}


def read_count(text: str) -> Count:
    """Return the number written, or the text."""
    return int(text) if _NUMBER.fullmatch(text) else text


def read_flag(text: str) -> Flag:
    """Return the flag written, or the text."""
    return _FLAGS.get(text.lower(), text)


def read_day(text: str) -> Day:
    """Return the date written ``yyyy/MM/dd``, ``dd/MM/yyyy`` or as ISO 8601, a time after it left out."""
    moment = read_moment(text)
    return moment.date() if isinstance(moment, datetime) else moment


def read_moment(text: str) -> Moment:
    """Return the local time written, midnight where only a day is; a zone is turned into that of Viet Nam."""
    if zoned := _zoned(text):
        return zoned
    day_text, _, time_text = text.replace("T", " ").partition(" ")
    day, hour = _day(day_text), _time(time_text.strip())
    return datetime.combine(day, hour) if day and hour is not None else text


def written_day(day: Day) -> str:
    """Return the only spelling every reader knows: ``yyyy/MM/dd``."""
    return day if isinstance(day, str) else f"{day.year:04}/{day.month:02}/{day.day:02}"


def written_moment(at: Moment) -> str:
    """Return ``yyyy/MM/dd HH:mm:ss``."""
    return at if isinstance(at, str) else f"{written_day(at.date())} {at:%H:%M:%S}"


def written_count(count: Count) -> str:
    return str(count)


def written_flag(flag: Flag) -> str:
    return flag if isinstance(flag, str) else str(flag).lower()


def _zoned(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> date | None:
    for form in _DATES:
        if found := form.fullmatch(text):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def _time(text: str) -> time | None:
    if not text:
        return time()
    found = _TIME.fullmatch(text)
    try:
        return time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0)) if found else None
    except ValueError:
        return None
