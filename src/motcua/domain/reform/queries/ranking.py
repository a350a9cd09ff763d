"""All procedures in force in the order of what they take of people.

Reckoned once and kept in the process until a record, a definition or a price is written, or the year changes: three
to five seconds for 2,600 records in a new process, then 0.2 s a page.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import ProcedureView, Record
from motcua.domain.reform.queries.burdens import burden_of, of_record
from motcua.domain.reform.queries.prices import prices
from motcua.domain.reform.types import ActivityKind, BurdenView, Prices, RankRow, SortKey
from motcua.kernel.text import fold
from motcua.platform.database.types import BadCursor, Page

SIZE: Final = 30


@dataclass(frozen=True, slots=True)
class RankFilter:
    """Which procedures the ranking shows; an empty part asks nothing."""

    ministry: str = ""
    field: str = ""
    words: str = ""
    only_defined: bool = False


def ranking(
    *, on: date, sort: SortKey = SortKey.ONCE, only: RankFilter = RankFilter()
) -> tuple[RankRow, ...]:
    """Return procedures in force, the most burdensome by ``sort`` first; of equals, by code."""
    rows = _ranked(on, catalogue.catalogue_stamp(), tuple(prices()))
    wanted = [row for row in rows if _passes(row, only)]
    return tuple(sorted(wanted, key=lambda row: (-value(row, sort), row.code)))


def ranking_page(
    *,
    on: date,
    sort: SortKey = SortKey.ONCE,
    only: RankFilter = RankFilter(),
    after: str = "",
    limit: int = SIZE,
) -> Page[RankRow]:
    """Return a stretch of the ranking behind ``after``, "value~code" of a row. Raises BadCursor."""
    rows = ranking(on=on, sort=sort, only=only)
    if after:
        bound = _read(after)
        rows = tuple(row for row in rows if (-value(row, sort), row.code) > bound)
    items = rows[:limit]
    following = f"{value(items[-1], sort)}~{items[-1].code}" if len(rows) > limit else None
    return Page(items, following)


def value(row: RankRow, sort: SortKey) -> Decimal:
    """Return what the ranking looks at in a row."""
    match sort:
        case SortKey.ONCE:
            return Decimal(row.once_dong)
        case SortKey.YEAR:
            return Decimal(row.year_dong)
        case SortKey.FEE:
            return Decimal(row.fee_dong)
        case _:
            return Decimal(getattr(row.counts, sort.value))


def _read(cursor: str) -> tuple[Decimal, str]:
    number, _, code = cursor.partition("~")
    whole, _, tenth = number.partition(".")
    if not (whole.isdecimal() and (not tenth or tenth.isdecimal()) and catalogue.is_code(code)):
        raise BadCursor
    return -Decimal(number), code


def _passes(row: RankRow, only: RankFilter) -> bool:
    if (only.ministry and row.ministry != only.ministry) or (only.field and row.field != only.field):
        return False
    if only.only_defined and not row.has_definition:
        return False
    said = fold(only.words)
    return (
        not said or row.code.startswith(only.words.strip()) or all(w in fold(row.name) for w in said.split())
    )


@lru_cache(maxsize=2)
def _ranked(on: date, _stamp: str, known: tuple[Prices, ...]) -> tuple[RankRow, ...]:
    defined = {view.code: view for view in catalogue.procedures(on=on)}
    rows = [
        _row(record, defined.get(record.code), known=known, on=on)
        for record in catalogue.records_in_force(on=on)
    ]
    return tuple(rows)


def _row(record: Record, view: ProcedureView | None, *, known: tuple[Prices, ...], on: date) -> RankRow:
    found: BurdenView = (
        burden_of(view.definition, version=view.version, on=on, known=known)
        if view
        else of_record(record, known=known, on=on)
    )
    fee = sum(line.dong for line in found.cost.lines if line.activity.kind is ActivityKind.FEE)
    return RankRow(
        code=record.code,
        name=record.name,
        ministry=record.ministry,
        field=record.field,
        counts=found.counts,
        once_dong=found.cost.once_dong,
        year_dong=found.cost.year_dong,
        fee_dong=fee,
        is_assumed=found.is_assumed,
        has_definition=found.has_definition,
    )
