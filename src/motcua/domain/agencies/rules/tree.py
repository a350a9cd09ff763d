"""The tree of agencies over time stays a tree on every day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.domain.agencies.types import AgencyId


@dataclass(frozen=True, slots=True)
class Link:
    """``child`` stands under ``parent`` from one day to another, both included."""

    child: AgencyId
    parent: AgencyId
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def stands_below(links: Iterable[Link], agency: AgencyId, root: AgencyId, *, on: date) -> bool:
    """Say whether ``agency`` is ``root`` or stands somewhere under it on that day."""
    parents = {link.child: link.parent for link in links if link.holds_on(on)}
    here: AgencyId | None = agency
    while here is not None and here != root:
        here = parents.pop(here, None)  # popped, so that even a broken tree ends the walk
    return here == root


def would_close_a_loop(links: Iterable[Link], agency: AgencyId, parent: AgencyId, *, since: date) -> bool:
    """Say whether standing under ``parent`` from ``since`` on puts the agency below itself on any day."""
    links = list(links)
    days = {since} | {link.valid_from for link in links if link.valid_from > since}
    return any(stands_below(links, parent, agency, on=day) for day in days)
