"""Names of provinces, districts and communes: their level, and how well they answer a search."""

from motcua.domain.agencies.types import UnitLevel
from motcua.kernel.text import fold

_LEVELS = {2: UnitLevel.PROVINCE, 3: UnitLevel.DISTRICT, 5: UnitLevel.COMMUNE}
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
