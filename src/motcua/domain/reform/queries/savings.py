"""What published versions have saved against the versions they replaced."""

from datetime import date

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.reform.queries.burdens import compared
from motcua.domain.reform.types import SavedRow


def saved(*, since: date, until: date) -> list[SavedRow]:
    """Return each version that took over between two days and what it saves, with the prices of its own year."""
    found = []
    for before, after in catalogue.successions(since=since, until=until):
        change = compared(before.definition, after.definition, on=after.valid_from, version=before.version)
        found.append(
            SavedRow(
                after.code,
                after.definition.name.vi,
                after.version,
                after.valid_from,
                change.once,
                change.year,
            )
        )
    return found
