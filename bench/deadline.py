"""How long one deadline takes: remembered, and fresh on a calendar that is ready."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter

from motcua.kernel.calendar import (
    Limit,
    Pause,
    Unit,
    add_working_minutes,
    due,
    vietnam,
    working_minutes_between,
)

BAR_US = 20.0
_TIMES = 20_000
_ROUNDS = 5


def _microseconds(deed: Callable[[int], object]) -> float:
    """Return the best of a few rounds: what the machine needs when nobody disturbs it."""
    best = float("inf")
    for turn in range(_ROUNDS):
        begun = perf_counter()
        for n in range(_TIMES):
            deed(turn * _TIMES + n)
        best = min(best, perf_counter() - begun)
    return best / _TIMES * 1e6


def main() -> int:
    """Print the figures; 1 if the bar is missed."""
    calendar, received = vietnam(range(2024, 2028)), datetime(2026, 2, 11, 9, tzinfo=UTC).replace(tzinfo=None)
    limit = Limit(5, Unit.WORKING_DAY)
    pauses = (Pause(received + timedelta(days=13), received + timedelta(days=14)),)
    figures = {
        "deadline, remembered": _microseconds(lambda _: due(calendar, received, limit)),
        "deadline with a pause, remembered": _microseconds(
            lambda _: due(calendar, received, limit, pauses=pauses)
        ),
        "deadline, fresh": _microseconds(lambda n: due(calendar, received + timedelta(seconds=n), limit)),
        "deadline with a pause, fresh": _microseconds(
            lambda n: due(calendar, received + timedelta(seconds=n), limit, pauses=pauses)
        ),
        "add working minutes": _microseconds(lambda n: add_working_minutes(calendar, received, n)),
        "measure working minutes": _microseconds(
            lambda n: working_minutes_between(calendar, received, received + timedelta(minutes=n))
        ),
    }
    for name, figure in figures.items():
        sys.stdout.write(f"{name:36} {figure:8.2f} µs\n")
    sys.stdout.write(f"bar: a remembered deadline costs at most {BAR_US:g} µs\n")
    return int(figures["deadline with a pause, remembered"] > BAR_US)
