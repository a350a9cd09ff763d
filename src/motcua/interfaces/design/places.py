"""Places as people name them: communes by present or former name, and what became of a former one.

Source of the change: the reorganisation of 2025 (Resolution 202/2025/QH15; commune resolutions of the same year).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AdminUnitView, FoundUnit, UnknownUnit
from motcua.domain.catalogue import queries as catalogue
from motcua.kernel.text import fold

COMMUNE_CODE: Final = re.compile(r"^[0-9]{5}$")
MOST_CHOICES: Final = 8  #: places offered when a name fits several


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of today. ``formerly`` are the old names it was found by; none if by its own."""

    code: str
    name: str  #: with its province
    formerly: tuple[str, ...] = ()


def called(text: str) -> tuple[Place, ...]:
    """Return the communes a typed place may mean; one if it says so exactly."""
    wanted = _bare(text)
    units = agencies.find_units(text.replace(",", " "), limit=20)
    named = _named(unit for unit in units if COMMUNE_CODE.match(unit.code))
    exact = tuple(place for place in named if _bare(place.name) == wanted)
    return exact or named[:MOST_CHOICES]


def of_today(code: str) -> tuple[Place, ...]:
    """Return the commune of today with this code, or those that took over a former one; none if unknown."""
    held = agencies.units({code})
    if any(unit.valid_to is None for unit in held.values()):
        return _named(held.values())
    try:
        heirs = agencies.successors(code)
    except UnknownUnit:
        return ()
    old = held[code].name if code in held else code
    return tuple(Place(place.code, place.name, (old,)) for place in _named(heirs))


def names(answers: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Return the names of all communes named in ``answers``, rows of tables included, by code (two queries)."""
    codes = {code for one in answers for code in catalogue.communes_named(one) if COMMUNE_CODE.match(code)}
    return {place.code: place.name for place in _named(agencies.units(codes).values())} if codes else {}


def near(province_code: str) -> tuple[str, ...]:
    """Return the communes of a province, to suggest while somebody types."""
    if not province_code:
        return ()
    province = agencies.unit(province_code).name
    return tuple(f"{unit.name}, {province}" for unit in agencies.communes(province_code))


def _bare(place: str) -> str:
    """Return a place without accents and without the words people leave out."""
    return " ".join(re.sub(r"\b(tinh|thanh pho|tp)\b|[^a-z0-9]+", " ", fold(place)).split())


def _named(units: Iterable[AdminUnitView]) -> tuple[Place, ...]:
    """Return each unit as "commune, province", in one query."""
    communes = list(units)
    provinces = agencies.units({unit.parent_code for unit in communes}) if communes else {}
    return tuple(
        Place(
            unit.code,
            f"{unit.name}, {provinces[unit.parent_code].name}"
            if unit.parent_code in provinces
            else unit.name,
            unit.formerly if isinstance(unit, FoundUnit) else (),
        )
        for unit in communes
    )
