"""Narrowing a list of procedures, and counting what it can be narrowed by."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from motcua.domain.catalogue.types.finding import Facet, Filters
from motcua.domain.catalogue.types.record_views import SearchRow

NO_FILTERS: Final = Filters()


def admits(filters: Filters, row: SearchRow) -> bool:
    """Say whether a procedure is among what is asked for."""
    return all(value in set(values(row, facet)) for facet, value in filters.wanted.items())


def values(row: SearchRow, facet: Facet) -> Iterator[str]:
    """Return what a procedure is under a facet; nothing where its record does not say."""
    match facet:
        case Facet.LEVEL:
            yield from row.levels
        case Facet.SUBJECT:
            yield from row.subjects
        case Facet.AGENCY:
            yield from dict.fromkeys(row.performers)
        case Facet.FIELD | Facet.MINISTRY | Facet.LIFE_EVENT | Facet.ONLINE:
            name = "online_level" if facet is Facet.ONLINE else str(facet)
            if value := getattr(row, name):
                yield value


def counts(rows: Iterable[SearchRow], filters: Filters) -> dict[Facet, dict[str, int]]:
    """Count each value of each facet, most first; a facet in use counts as if it were not."""
    counted: dict[Facet, Counter[str]] = {facet: Counter() for facet in Facet}
    for row in rows:
        missed = [facet for facet, value in filters.wanted.items() if value not in set(values(row, facet))]
        if len(missed) > 1:
            continue
        for facet in missed or Facet:
            counted[facet].update(values(row, facet))
    return {facet: dict(counter.most_common()) for facet, counter in counted.items()}
