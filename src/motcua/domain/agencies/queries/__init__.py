"""Read agencies, seats, working calendars and territory. Returns frozen views, never model instances.

Questions about the present take ``on=None``: the calendar day in Vietnam. A day in the past or the future is
asked for by name.
"""

from motcua.domain.agencies.queries.calendars import (
    calendar_days,
    calendar_of,
    forget_calendars,
    office_hours,
    office_hours_ever,
)
from motcua.domain.agencies.queries.people import counters, seat, seats, seats_ever, seats_of
from motcua.domain.agencies.queries.territory import (
    communes,
    find_units,
    pending_territory,
    predecessors_of_unit,
    provinces,
    shipped_level_one,
    shipped_links,
    shipped_units,
    successors,
    unit,
    units,
)
from motcua.domain.agencies.queries.tree import (
    agencies,
    agencies_of_kind,
    agency,
    agency_by_code,
    ancestor_ids,
    children,
    codes_of,
    commune_agency,
    descendant_ids,
    find_agencies,
    lineage_of,
    names_of,
    roots,
)

__all__ = [
    "agencies",
    "agencies_of_kind",
    "agency",
    "agency_by_code",
    "ancestor_ids",
    "calendar_days",
    "calendar_of",
    "children",
    "codes_of",
    "commune_agency",
    "communes",
    "counters",
    "descendant_ids",
    "find_agencies",
    "find_units",
    "forget_calendars",
    "lineage_of",
    "names_of",
    "office_hours",
    "office_hours_ever",
    "pending_territory",
    "predecessors_of_unit",
    "provinces",
    "roots",
    "seat",
    "seats",
    "seats_ever",
    "seats_of",
    "shipped_level_one",
    "shipped_links",
    "shipped_units",
    "successors",
    "unit",
    "units",
]
