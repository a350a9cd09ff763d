"""What office hours may look like. Source: Labour Code 2019, art. 105 and 111; Decree 118/2025/NĐ-CP."""

from collections.abc import Collection, Sequence
from datetime import time
from itertools import pairwise

from motcua.domain.agencies.types import BadHours, DayKind

_WEEK = range(1, 8)


def refuse_bad_hours(weekdays: Collection[int], intervals: Sequence[tuple[time, time]]) -> None:
    """Raise BadHours unless there is a weekday and the stretches are in order, not empty and apart."""
    if not weekdays or any(day not in _WEEK for day in weekdays):
        raise BadHours(weekdays=sorted(weekdays))
    shown = [(opens.isoformat(), closes.isoformat()) for opens, closes in intervals]
    if not intervals or any(opens >= closes for opens, closes in intervals):
        raise BadHours(intervals=shown)
    if any(later[0] <= earlier[1] for earlier, later in pairwise(intervals)):
        raise BadHours(intervals=shown)


def kind_of_row(word: str) -> DayKind | None:
    """Return the kind a table of days means: ours, or ``compensation``, with or without a doubt attached.

    None for a row nobody vouches for. Raises ValueError for any other word.
    """
    if word.endswith("_UNVERIFIED"):
        return None
    plain = word.removesuffix("_estimated")
    return DayKind.HOLIDAY if plain == "compensation" else DayKind(plain)
