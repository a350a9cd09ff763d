"""The counting of a deadline told in sentences, for pages, the API and the command line alike.

Vietnamese first. Plain Python: also used where Django is not loaded.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from motcua.kernel.calendar import Due, Limit, Mode, Step, StepKind, Unit

VIETNAMESE, ENGLISH = "vi", "en"

_UNITS = {
    VIETNAMESE: {
        Unit.WORKING_HOUR: "giờ làm việc",
        Unit.WORKING_DAY: "ngày làm việc",
        Unit.CALENDAR_DAY: "ngày",
        Unit.MONTH: "tháng",
    },
    ENGLISH: {
        Unit.WORKING_HOUR: "working hour",
        Unit.WORKING_DAY: "working day",
        Unit.CALENDAR_DAY: "day",
        Unit.MONTH: "month",
    },
}

_ENGLISH_DAYS_OFF = {
    "Tết Dương lịch": "New Year’s Day",
    "29 Tết": "Lunar New Year",
    "Giao thừa Tết Nguyên Đán": "Lunar New Year",
    "Tết Nguyên Đán": "Lunar New Year",
    "Mùng hai Tết Nguyên Đán": "Lunar New Year",
    "Mùng ba Tết Nguyên Đán": "Lunar New Year",
    "Mùng bốn Tết Nguyên Đán": "Lunar New Year",
    "Mùng năm Tết Nguyên Đán": "Lunar New Year",
    "Ngày Giỗ Tổ Hùng Vương": "Hung Kings’ Day",
    "Ngày Chiến thắng": "Reunification Day",
    "Ngày Quốc tế Lao động": "Labour Day",
    "Quốc khánh": "National Day",
    "Ngày Văn hóa Việt Nam": "Vietnam Culture Day",
}


def sentences(due: Due, lang: str = VIETNAMESE) -> list[str]:
    """Return the explanation of a deadline, one sentence a step, in Vietnamese or (``en``) English."""
    tell, ends = (_ENGLISH, _ends_in_english) if lang == ENGLISH else (_VIETNAMESE, _ends_in_vietnamese)
    told = [tell[step.kind](step) for step in due.explanation if step.kind is not StepKind.DUE]
    return [*told, ends(due)]


def amount(limit: Limit, lang: str = VIETNAMESE) -> str:
    """Return a limit in words: ``0,5 ngày làm việc``, ``1 working day``."""
    value = f"{Decimal(limit.value).normalize():f}"
    unit = _UNITS[lang][limit.unit]
    if lang == VIETNAMESE:
        return f"{value.replace('.', ',')} {unit}"
    return f"{value} {unit}" if value == "1" else f"{value} {unit}s"


def _moment(at: datetime | None) -> str:
    return f"{at:%d/%m/%Y %H:%M}" if at else "…"


def _day(at: datetime) -> str:
    return f"{at:%d/%m/%Y}"


def _span(step: Step) -> str:
    if step.end is None or step.end == step.start:
        return _day(step.start)
    same_year = step.start.year == step.end.year
    return f"{step.start:%d/%m}–{_day(step.end)}" if same_year else f"{_day(step.start)}–{_day(step.end)}"


def _hours(minutes: float, lang: str) -> str:
    value = f"{round(minutes / 60, 2):g}"
    return f"{value.replace('.', ',')} giờ làm việc" if lang == VIETNAMESE else f"{value} working hours"


def _days_off_in_vietnamese(step: Step) -> str:
    named = "Tết Nguyên Đán" if "Tết Nguyên Đán" in step.names else ", ".join(step.names)
    return f"{_span(step)} không tính: {named or 'ngày nghỉ'}."


def _days_off_in_english(step: Step) -> str:
    names = [_ENGLISH_DAYS_OFF.get(name, name) for name in step.names]
    return f"{_span(step)} not counted: {', '.join(dict.fromkeys(names)) or 'days off'}."


def _counted_in_vietnamese(step: Step) -> str:
    if step.limit is None:
        return f"Tính từ {_moment(step.start)}."
    if _by_date(step.limit):
        return (
            f"Ngày {_day(step.start)} không tính; cộng {amount(step.limit)}, đến hết giờ làm việc ngày cuối."
        )
    return f"{_moment(step.start)} + {amount(step.limit)}."


def _counted_in_english(step: Step) -> str:
    if step.limit is None:
        return f"Counted from {_moment(step.start)}."
    if _by_date(step.limit):
        added = amount(step.limit, ENGLISH)
        return f"{_day(step.start)} is not counted; plus {added}, to the close of the last day."
    return f"{_moment(step.start)} + {amount(step.limit, ENGLISH)}."


def _by_date(limit: Limit) -> bool:
    return limit.unit in (Unit.CALENDAR_DAY, Unit.MONTH) or (
        limit.unit is Unit.WORKING_DAY and limit.mode is Mode.DATE
    )


def _paused_in_vietnamese(step: Step) -> str:
    if step.end is None or step.minutes is None:
        return f"Tạm dừng từ {_moment(step.start)}, chưa có trả lời."
    held = _hours(step.minutes, VIETNAMESE)
    return f"Tạm dừng {_moment(step.start)} → {_moment(step.end)} ({held} không tính)."


def _paused_in_english(step: Step) -> str:
    if step.end is None or step.minutes is None:
        return f"Paused since {_moment(step.start)}; no answer yet."
    held = _hours(step.minutes, ENGLISH)
    return f"Paused {_moment(step.start)} → {_moment(step.end)} ({held} not counted)."


_VIETNAMESE: dict[StepKind, Callable[[Step], str]] = {
    StepKind.RECEIVED: lambda step: f"Tiếp nhận lúc {_moment(step.start)}.",
    StepKind.RESTARTED: lambda step: f"Bổ sung đủ hồ sơ lúc {_moment(step.start)}: tính lại từ đầu.",
    StepKind.CUT_OFF: lambda step: f"Nhận sau giờ chốt trong ngày: tính từ {_moment(step.end)}.",
    StepKind.OPENED: lambda step: f"Nhận ngoài giờ làm việc: tính từ {_moment(step.end)}.",
    StepKind.COUNTED: _counted_in_vietnamese,
    StepKind.DAYS_OFF: _days_off_in_vietnamese,
    StepKind.MAKEUP_DAY: lambda step: f"{_day(step.start)} là ngày làm bù, có tính.",
    StepKind.PAUSED: _paused_in_vietnamese,
    StepKind.MOVED: lambda step: f"{_day(step.start)} là ngày nghỉ: chuyển sang ngày làm việc tiếp theo.",
}

_ENGLISH: dict[StepKind, Callable[[Step], str]] = {
    StepKind.RECEIVED: lambda step: f"Received at {_moment(step.start)}.",
    StepKind.RESTARTED: lambda step: f"Dossier completed at {_moment(step.start)}: counted afresh.",
    StepKind.CUT_OFF: lambda step: f"Received after the day’s cut-off: counted from {_moment(step.end)}.",
    StepKind.OPENED: lambda step: f"Received outside office hours: counted from {_moment(step.end)}.",
    StepKind.COUNTED: _counted_in_english,
    StepKind.DAYS_OFF: _days_off_in_english,
    StepKind.MAKEUP_DAY: lambda step: f"{_day(step.start)} is a make-up working day and counts.",
    StepKind.PAUSED: _paused_in_english,
    StepKind.MOVED: lambda step: f"{_day(step.start)} is a day off: moved to the next working day.",
}


def _ends_in_vietnamese(due: Due) -> str:
    if due.is_running:
        return f"Hạn trả kết quả: {_moment(due.explanation[-1].start)}."
    return f"Đồng hồ đang dừng; hạn sớm nhất có thể: {_moment(due.explanation[-1].start)}."


def _ends_in_english(due: Due) -> str:
    if due.is_running:
        return f"Due: {_moment(due.explanation[-1].start)}."
    return f"The clock stands still; due at the earliest: {_moment(due.explanation[-1].start)}."
