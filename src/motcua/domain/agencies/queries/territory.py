"""Provinces and communes on a day, and what became of those of another day."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources
from uuid import UUID

from motcua.domain.agencies.models import AdminUnit, UnitLineage
from motcua.domain.agencies.queries._sql import Row, ids, rows, today, word_starts
from motcua.domain.agencies.rules.territory import REFORM, level_of, rank, spelled_out
from motcua.domain.agencies.types import (
    AdminUnitView,
    AgencyKind,
    FoundUnit,
    LevelOneRow,
    TerritoryPlan,
    UnitLevel,
    UnitLink,
    UnitRow,
    UnknownUnit,
)

_FIELDS = ("code", "name", "kind", "parent_code", "valid_from", "valid_to")
_MOST_CANDIDATES = 300
_Merit = tuple[int, bool, bool, str]  # how well the name answers, accents amiss, by its past only, order

# One row for each code: the one in force on the day, else the one that ended last before it, else the first.
_UNITS = """
    SELECT DISTINCT ON (code) code, name, kind, parent_code, valid_from, valid_to
      FROM agencies_adminunit
     WHERE code = ANY(%(codes)s)
     ORDER BY code, (coalesce(valid_from, '-infinity') <= %(on)s) DESC, valid_from DESC NULLS LAST
"""

# What each unit lives on in, step by step. A district lives on in its communes. A commune absorbed before the
# table of conversion was drawn up has no heir of its own there: then only its district is known.
_HEIRS = """
    WITH RECURSIVE heirs (root, id) AS (
        SELECT id, id FROM agencies_adminunit WHERE id = ANY(%(ids)s)
        UNION
        SELECT heirs.root, next.id FROM heirs, LATERAL (
            SELECT l.new_id AS id FROM agencies_unitlineage l WHERE l.old_id = heirs.id
            UNION ALL
            SELECT c.id FROM agencies_adminunit d
              JOIN agencies_adminunit c ON c.parent_code = d.code AND c.valid_to = d.valid_to
             WHERE d.id = heirs.id AND d.level = 'district'
            UNION ALL
            SELECT d.id FROM agencies_adminunit c
              JOIN agencies_adminunit d ON d.code = c.parent_code AND d.valid_to = c.valid_to
             WHERE c.id = heirs.id AND c.level = 'commune'
               AND NOT EXISTS (SELECT 1 FROM agencies_unitlineage l WHERE l.old_id = c.id)
        ) next
    )
    SELECT heirs.root, u.id, u.code, u.name, u.kind, u.parent_code, u.valid_from, u.valid_to, u.sort_key
      FROM heirs JOIN agencies_adminunit u ON u.id = heirs.id
     WHERE u.id <> heirs.root AND coalesce(u.valid_from, '-infinity') <= %(on)s
       AND (u.valid_to IS NULL OR u.valid_to >= %(on)s)
     ORDER BY u.sort_key
"""

# Units in force on the day, or ended before it, in whose name and place every word begins a word.
_CANDIDATES = """
    SELECT id, code, name, kind, parent_code, valid_from, valid_to, sort_key
      FROM agencies_adminunit
     WHERE ' ' || place_text LIKE ALL(%(words)s) AND ' ' || search_text LIKE ANY(%(words)s)
       AND coalesce(valid_from, '-infinity') <= %(on)s
     ORDER BY search_text = %(text)s DESC, ' ' || search_text LIKE %(tail)s DESC,
              ' ' || search_text LIKE ALL(%(words)s) DESC, valid_to DESC NULLS FIRST, length(search_text)
     LIMIT %(most)s
"""


def unit(code: str, *, on: date | None = None) -> AdminUnitView:
    """Return the unit with this code: in force on that day, or the last one that was. Raises UnknownUnit."""
    found = units([code], on=on)
    if code not in found:
        raise UnknownUnit(unit_code=code)
    return found[code]


def units(codes: Iterable[str], *, on: date | None = None) -> dict[str, AdminUnitView]:
    """Return the units that exist among ``codes``, in one statement; see ``unit``."""
    found = rows(_UNITS, {"codes": ids(codes), "on": today(on)})
    return {row[0]: AdminUnitView(*row) for row in found}


def provinces(*, on: date | None = None) -> list[AdminUnitView]:
    """Return the provinces and cities of that day, in Vietnamese order."""
    found = AdminUnit.objects.on(today(on)).filter(level=UnitLevel.PROVINCE.value)
    return [AdminUnitView(*row) for row in found.order_by("sort_key", "code").values_list(*_FIELDS)]


def communes(province_code: str, *, on: date | None = None) -> list[AdminUnitView]:
    """Return what stands right under a province on that day: communes, or districts before July 2025."""
    found = AdminUnit.objects.on(today(on)).filter(parent_code=province_code)
    return [AdminUnitView(*row) for row in found.order_by("sort_key", "code").values_list(*_FIELDS)]


def successors(old_code: str, *, on: date | None = None) -> list[AdminUnitView]:
    """Return the units of that day in which the former unit with this code lives on, in Vietnamese order.

    A code may have passed to another unit: the former bearer is meant. A code with no former bearer answers
    with its present unit. Raises UnknownUnit.
    """
    day = today(on)
    bearers = AdminUnit.objects.filter(code=old_code).order_by("valid_from")
    former = [bearer.pk for bearer in bearers if bearer.valid_to is not None and bearer.valid_to < day]
    if not former:
        return [unit(old_code, on=day)]
    found = {row[1]: row for row in rows(_HEIRS, {"ids": former, "on": day})}
    return [AdminUnitView(*row[2:8]) for row in found.values()]


def predecessors_of_unit(code: str, *, on: date | None = None) -> list[AdminUnitView]:
    """Return the units that went, whole or in part, into the one with this code on that day."""
    links = UnitLineage.objects.filter(new__in=AdminUnit.objects.on(today(on)).filter(code=code))
    fields = [f"old__{name}" for name in _FIELDS]
    return [AdminUnitView(*row) for row in links.order_by("old__sort_key").values_list(*fields)]


def find_units(text: str, on: date | None = None, *, limit: int = 20) -> list[FoundUnit]:
    """Return units of that day that answer ``text``, accents or not, best first.

    The name of an old commune, district or province finds those that took it over; they say under which old
    names they were found. More words narrow the place: "phường 14 quận 10".
    """
    asked, day = spelled_out(text), today(on)
    if not asked:
        return []
    facts = {"words": word_starts(asked), "text": asked, "tail": f"% {asked}", "on": day}
    candidates = rows(_CANDIDATES, {**facts, "most": _MOST_CANDIDATES})
    ended = [row for row in candidates if row[6] is not None and row[6] < day]
    accented = text.strip().lower()
    found: dict[UUID, tuple[_Merit, Row, set[str]]] = {}
    for row in candidates:
        if row[6] is None or row[6] >= day:
            found[row[0]] = (
                (rank(row[2], asked), accented not in row[2].lower(), False, row[7]),
                row[1:7],
                set(),
            )
    names = {row[0]: row[2] for row in ended}
    heirs = rows(_HEIRS, {"ids": list(names), "on": day}) if ended else []
    for root, unit_id, *fields, order in heirs:
        merit = (rank(names[root], asked), accented not in names[root].lower(), True, order)
        best, row, formerly = found.get(unit_id, (merit, tuple(fields), set[str]()))
        if best[2] or merit < best:
            formerly.add(names[root])
        found[unit_id] = (min(best, merit), row, formerly)
    best_first = sorted(found.values(), key=lambda hit: hit[0])[:limit]
    return [
        FoundUnit(code, name, kind, parent, begun, end, tuple(sorted(formerly)))
        for _, (code, name, kind, parent, begun, end), formerly in best_first
    ]


@cache
def shipped_units() -> tuple[UnitRow, ...]:
    """Return the shipped table of territory, see tools/admin_units.py for its source."""
    return tuple(
        UnitRow(
            code=row["code"],
            level=level_of(row["code"]),
            kind=row["kind"],
            name=row["name"],
            parent_code=row["parent_code"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in _table("admin_units.csv")
    )


def pending_territory() -> TerritoryPlan:
    """Return what loading the shipped tables would change here; changes nothing."""
    fields = ("code", "valid_from", "kind", "name", "parent_code", "valid_to")
    stored = {row[:2]: row[2:] for row in AdminUnit.objects.values_list(*fields)}
    shipped = shipped_units()
    fresh = tuple(row for row in shipped if (row.code, row.valid_from) not in stored)
    changed = tuple(
        row
        for row in shipped
        if stored.get((row.code, row.valid_from))
        not in (None, (row.kind, row.name, row.parent_code, row.valid_to))
    )
    lasting = [row.level for row in shipped if row.valid_to is None]
    return TerritoryPlan(
        to_open=fresh,
        to_correct=changed,
        lineage=max(0, len(shipped_links()) - UnitLineage.objects.count()),
        provinces=lasting.count(UnitLevel.PROVINCE),
        communes=lasting.count(UnitLevel.COMMUNE),
        former_units=len(shipped) - len(lasting),
    )


@cache
def shipped_links() -> tuple[UnitLink, ...]:
    """Return the shipped lineage between dated units.

    Beside the reform of July 2025: a code carried on, since then, by a unit of another kind.
    """
    reform = tuple(
        UnitLink((row["old_code"], None), (row["new_code"], REFORM), bool(row["is_partial"]))
        for row in _table("admin_unit_lineage.csv")
    )
    begun = {(row.code, row.valid_from) for row in shipped_units()}
    carried_on = (
        UnitLink((row.code, row.valid_from), (row.code, row.valid_to + timedelta(days=1)), False)
        for row in shipped_units()
        if row.valid_from and row.valid_to
    )
    return (*reform, *(link for link in carried_on if link.new in begun))


@cache
def shipped_level_one() -> tuple[LevelOneRow, ...]:
    """Return the shipped table of level-one agencies. Source: Decisions 20/2020 and 09/2025/QĐ-TTg."""
    return tuple(
        LevelOneRow(
            code=row["code"],
            kind=AgencyKind(row["kind"]),
            first_name=row["first_name"],
            name=row["name"] or row["first_name"],
            renamed_on=date.fromisoformat(row["renamed_on"]) if row["renamed_on"] else None,
            valid_from=date.fromisoformat(row["valid_from"]),
            province_code=row["province_code"],
            merged_into=row["merged_into"],
            merged_on=date.fromisoformat(row["merged_on"]) if row["merged_on"] else None,
            source=row["source"],
        )
        for row in _table("level_one.csv")
    )


def _table(name: str) -> Iterator[dict[str, str]]:
    source = resources.files("motcua.domain.agencies") / "data" / name
    with source.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
