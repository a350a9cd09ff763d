"""Dates and spans are written in Vietnamese custom."""

from datetime import UTC, datetime

from motcua.interfaces.design import formats


def test_an_instant_is_written_with_weekday_and_vietnam_time() -> None:
    assert formats.instant(datetime(2026, 2, 25, 2, 0, tzinfo=UTC)) == "thứ Tư 25/02/2026, 9:00"


def test_what_is_left_and_what_is_late_are_said_in_words() -> None:
    assert formats.remaining(130) == "còn 2 giờ làm việc"
    assert formats.remaining(-500) == "quá hạn 1 ngày làm việc"


def test_a_masked_number_shows_only_its_ends() -> None:
    assert formats.masked("064190001123") == "064 ••• ••• 123"
