"""Agencies as they stand on a day: names, codes, places in the tree, history."""

from collections.abc import Iterable
from datetime import date

from motcua.domain.agencies.models import AgencyCode, AgencyName, Lineage
from motcua.domain.agencies.queries._sql import Row, ids, rows, today, word_starts
from motcua.domain.agencies.types import (
    AgencyId,
    AgencyKind,
    AgencyView,
    CodeGrammar,
    CodeView,
    LineageKind,
    LineageView,
    NameView,
    UnknownAgency,
)

# An agency on a day; one closed by then (or not opened yet) as it last (or first) stood.
_VIEW = """
    SELECT a.id, coalesce(c.code, ''), coalesce(n.name, ''), coalesce(n.short_name, ''), a.kind, p.parent_id,
           a.commune_code, a.province_code, a.address, a.phone, a.email, a.valid_from, a.valid_to
      FROM (SELECT *, greatest(least(%(on)s::date, valid_to), valid_from) AS day FROM agencies_agency) a
      LEFT JOIN agencies_agencyname n ON n.agency_id = a.id
           AND n.valid_from <= a.day AND (n.valid_to IS NULL OR n.valid_to >= a.day)
      LEFT JOIN agencies_agencycode c ON c.agency_id = a.id AND c.grammar = 'current'
           AND c.valid_from <= a.day AND (c.valid_to IS NULL OR c.valid_to >= a.day)
      LEFT JOIN agencies_placement p ON p.agency_id = a.id
           AND p.valid_from <= a.day AND (p.valid_to IS NULL OR p.valid_to >= a.day)
"""
_EXISTS = "a.valid_from <= %(on)s AND (a.valid_to IS NULL OR a.valid_to >= %(on)s)"

# Everything below some agencies on a day, themselves included; UNION ends the walk even in a broken tree.
_BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT %(id)s::uuid
        UNION
        SELECT p.agency_id FROM agencies_placement p JOIN below ON p.parent_id = below.id
         WHERE p.valid_from <= %(on)s AND (p.valid_to IS NULL OR p.valid_to >= %(on)s)
    )
    SELECT id FROM below
"""

# The way from an agency to its root, nearest first.
_ABOVE = """
    WITH RECURSIVE above (id, height) AS (
        SELECT %(id)s::uuid, 0
        UNION ALL
        SELECT p.parent_id, above.height + 1 FROM agencies_placement p JOIN above ON p.agency_id = above.id
         WHERE p.valid_from <= %(on)s AND (p.valid_to IS NULL OR p.valid_to >= %(on)s) AND above.height < 50
    )
    SELECT id FROM above WHERE height > 0 ORDER BY height
"""


def _view(row: Row) -> AgencyView:
    return AgencyView(row[0], row[1], row[2], row[3], AgencyKind(row[4]), *row[5:])


def agency(agency_id: AgencyId, *, on: date | None = None) -> AgencyView:
    """Return one agency. Raises UnknownAgency."""
    found = agencies([agency_id], on=on)
    if agency_id not in found:
        raise UnknownAgency(id=str(agency_id))
    return found[agency_id]


def agencies(agency_ids: Iterable[AgencyId], *, on: date | None = None) -> dict[AgencyId, AgencyView]:
    """Return those agencies that exist among ``agency_ids``, in one statement."""
    facts = {"on": today(on), "ids": ids(agency_ids)}
    return {row[0]: _view(row) for row in rows(f"{_VIEW} WHERE a.id = ANY(%(ids)s)", facts)}


def agency_by_code(code: str, on: date | None = None) -> AgencyView:
    """Return the agency that carries ``code``, in either grammar, on that day. Raises UnknownAgency."""
    day = today(on)
    bearer = AgencyCode.objects.on(day).filter(code=code).values_list("agency_id", flat=True).first()
    if bearer is None:
        raise UnknownAgency(agency_code=code, on=day.isoformat())
    return agency(AgencyId(bearer), on=day)


def children(agency_id: AgencyId, *, on: date | None = None) -> list[AgencyView]:
    """Return the agencies right under one, in order of their names."""
    facts = {"on": today(on), "id": agency_id}
    found = rows(f"{_VIEW} WHERE p.parent_id = %(id)s AND {_EXISTS} ORDER BY n.sort_key", facts)
    return [_view(row) for row in found]


def roots(*, on: date | None = None) -> list[AgencyView]:
    """Return the agencies that stand under nobody, in order of their codes."""
    facts = {"on": today(on)}
    found = rows(f"{_VIEW} WHERE p.parent_id IS NULL AND {_EXISTS} ORDER BY c.code, n.sort_key", facts)
    return [_view(row) for row in found]


def agencies_of_kind(*kinds: AgencyKind, on: date | None = None) -> list[AgencyView]:
    """Return the agencies of these kinds that are open on that day, in order of their names."""
    facts = {"on": today(on), "kinds": [kind.value for kind in kinds]}
    found = rows(f"{_VIEW} WHERE a.kind = ANY(%(kinds)s) AND {_EXISTS} ORDER BY n.sort_key", facts)
    return [_view(row) for row in found]


def descendant_ids(agency_id: AgencyId, *, on: date | None = None) -> frozenset[AgencyId]:
    """Return the agency itself and everything under it on that day, in one statement."""
    return frozenset(row[0] for row in rows(_BELOW, {"id": agency_id, "on": today(on)}))


def ancestor_ids(agency_id: AgencyId, *, on: date | None = None) -> tuple[AgencyId, ...]:
    """Return the way up from an agency, its parent first."""
    return tuple(row[0] for row in rows(_ABOVE, {"id": agency_id, "on": today(on)}))


def commune_agency(commune_code: str, on: date | None = None) -> AgencyView:
    """Return the People's Committee that serves a commune. Raises UnknownAgency."""
    day = today(on)
    facts = {"on": day, "code": commune_code, "kind": AgencyKind.COMMUNE.value}
    found = rows(f"{_VIEW} WHERE a.commune_code = %(code)s AND a.kind = %(kind)s AND {_EXISTS}", facts)
    if not found:
        raise UnknownAgency(commune_code=commune_code, on=day.isoformat())
    return _view(found[0])


def find_agencies(text: str, *, on: date | None = None, limit: int = 20) -> list[AgencyView]:
    """Return agencies whose name today or whose code answers ``text``, accents or not, best first."""
    words = word_starts(text)
    if not words:
        return []
    facts = {"on": today(on), "words": words, "code": f"{text.strip().upper()}%", "limit": limit}
    said = "' ' || n.search_text LIKE ALL(%(words)s)"
    found = rows(
        f"{_VIEW} WHERE {_EXISTS} AND (({said}) OR c.code LIKE %(code)s)"
        " ORDER BY (c.code LIKE %(code)s) DESC NULLS LAST, length(n.search_text), n.sort_key LIMIT %(limit)s",
        facts,
    )
    return [_view(row) for row in found]


def codes_of(agency_id: AgencyId) -> list[CodeView]:
    """Return every code an agency ever carried, oldest first."""
    fields = ("agency_id", "code", "grammar", "valid_from", "valid_to")
    found = AgencyCode.objects.filter(agency=agency_id).order_by("valid_from", "grammar").values_list(*fields)
    return [CodeView(AgencyId(i), code, CodeGrammar(g), begun, end) for i, code, g, begun, end in found]


def names_of(agency_id: AgencyId) -> list[NameView]:
    """Return every name an agency ever had, oldest first."""
    fields = ("agency_id", "name", "short_name", "valid_from", "valid_to")
    found = AgencyName.objects.filter(agency=agency_id).order_by("valid_from").values_list(*fields)
    return [NameView(AgencyId(i), name, short, begun, end) for i, name, short, begun, end in found]


def lineage_of(agency_id: AgencyId) -> list[LineageView]:
    """Return what an agency came from and what became of it, oldest first."""
    fields = ("predecessor_id", "successor_id", "kind", "since", "basis")
    both = Lineage.objects.filter(predecessor=agency_id) | Lineage.objects.filter(successor=agency_id)
    found = both.order_by("since", "pk").values_list(*fields)
    return [LineageView(AgencyId(o), AgencyId(n), LineageKind(k), since, b) for o, n, k, since, b in found]
