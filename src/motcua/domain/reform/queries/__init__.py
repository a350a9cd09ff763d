"""Read what procedures take of people: one, before and after a change, all in order, and what has been saved."""

from motcua.domain.reform.queries.burdens import (
    burden,
    burden_of,
    compared,
    draft_compared,
    draft_of,
)
from motcua.domain.reform.queries.prices import (
    prices,
    prices_for,
    prices_history,
)
from motcua.domain.reform.queries.ranking import (
    RankFilter,
    ranking,
    ranking_page,
)
from motcua.domain.reform.queries.savings import saved
from motcua.domain.reform.rules import activities

ASSUMED_PAPER_HOURS = activities.ASSUMED_PAPER_HOURS
ASSUMED = activities.ASSUMED
ASSUMED_TRAVEL_DONG = activities.ASSUMED_TRAVEL_DONG

__all__ = [
    "ASSUMED",
    "ASSUMED_PAPER_HOURS",
    "ASSUMED_TRAVEL_DONG",
    "RankFilter",
    "burden",
    "burden_of",
    "compared",
    "draft_compared",
    "draft_of",
    "prices",
    "prices_for",
    "prices_history",
    "ranking",
    "ranking_page",
    "saved",
]
