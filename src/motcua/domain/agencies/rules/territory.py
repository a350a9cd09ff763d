"""Names of provinces, districts and communes: their level, and how well they answer a search."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from motcua.domain.agencies.types import UnitLevel, UnitRow
from motcua.kernel.text import fold

#: Provinces and communes merged, districts ended. Source: Resolution 202/2025/QH15; Law 72/2025/QH15.
REFORM: Final = date(2025, 7, 1)

_LEVELS = {2: UnitLevel.PROVINCE, 3: UnitLevel.DISTRICT, 5: UnitLevel.COMMUNE}
_SHORT = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "q": "quan",
    "h": "huyen",
    "p": "phuong",
    "x": "xa",
    "tphcm": "thanh pho ho chi minh",
    "hcm": "ho chi minh",
}
_NUMBERED = re.compile(r"\b([pq])([0-9]+)\b")
_KINDS = ("thanh pho", "thi tran", "thi xa", "dac khu", "phuong", "huyen", "tinh", "quan", "xa")


def level_of(code: str) -> UnitLevel:
    """Return the level a code of the statistics office belongs to, told by its length."""
    return _LEVELS[len(code)]


def bare(folded: str) -> str:
    """Return an accent-free name without the word for its kind: "pleiku" of "thanh pho pleiku"."""
    kind = next((kind for kind in _KINDS if folded.startswith(f"{kind} ")), "")
    return folded[len(kind) :].strip()


def rank(name: str, asked: str) -> int:
    """Return how well a name answers what was asked, best first from 0; both may carry accents."""
    said, wanted = fold(name), fold(asked)
    claims = (
        said == wanted,
        bare(said) == wanted,
        said.startswith(f"{wanted} "),
        bare(said).startswith(wanted),
        all(f" {word}" in f" {said}" for word in wanted.split()),
        True,
    )
    return claims.index(True)


def spelled_out(asked: str) -> str:
    """Return what was asked without accents, the usual short forms in full: "tp pleiku", "q10"."""
    parted = _NUMBERED.sub(r"\1 \2", fold(asked))
    return " ".join(_SHORT.get(word, word) for word in parted.split())


def place_texts(units: Iterable[UnitRow]) -> dict[tuple[str, date | None], str]:
    """Return, by code and first day, each unit's accent-free name followed by those of the units above."""
    units = list(units)
    of_period = {(unit.code, unit.valid_to): unit for unit in units}

    def above(unit: UnitRow) -> Iterable[UnitRow]:
        while unit.parent_code:
            parent = of_period.get((unit.parent_code, unit.valid_to)) or of_period.get(
                (unit.parent_code, None)
            )
            if parent is None:
                return
            yield parent
            unit = parent

    return {
        (unit.code, unit.valid_from): fold(" ".join((unit.name, *(parent.name for parent in above(unit)))))
        for unit in units
    }
