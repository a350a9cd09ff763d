"""The electronic identification code of an agency – *mã định danh điện tử*.

Source: Decision 20/2020/QĐ-TTg, article 4 (level 1 first: ``H15.50.05.13``, at most 35 characters); Circular
10/2016/TT-BTTTT (level 1 last, thirteen characters: ``000.00.12.H21``), still seen in older codes.
Space around and lower-case letters are forgiven.
"""

import re
from dataclasses import dataclass

from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, squeezed

LONGEST = 35
_LEVEL_1_FIRST = re.compile(r"(?P<head>[A-Y][0-9]{2})(?P<below>(?:\.[0-9A-Z]{2,3})*)")
_LEVEL_1_LAST = re.compile(
    r"(?P<fourth>[0-9]{3})\.(?P<third>[0-9]{2})\.(?P<second>[0-9]{2})\.(?P<head>[A-Z][0-9]{2})"
)


class NotAnAgencyCode(NotAnIdentifier):
    """The text follows neither grammar of agency codes."""

    code = "identifiers.not_an_agency_code"


@dataclass(frozen=True, slots=True)
class AgencyCode:
    """An agency code taken apart."""

    code: str
    scheme: str  #: level_1_first (Decision 20/2020) or level_1_last (Circular 10/2016)
    level_1: str  #: ministry (G…) or province (H…)
    path: tuple[str, ...]  #: the groups below level 1, from the top; empty ones of the old order left out

    @property
    def parent(self) -> str:
        """Return the code of the body above, or empty at level 1. Only Decision 20/2020 codes tell it."""
        return self.code.rpartition(".")[0] if self.scheme == "level_1_first" else ""

    def __str__(self) -> str:
        return self.code


def parse(text: str) -> AgencyCode:
    """Return the agency code written in ``text``. Raises NotAnAgencyCode."""
    code = squeezed(text).upper()
    if not code:
        raise NotAnAgencyCode(Reason.EMPTY)
    if len(code) > LONGEST:
        raise NotAnAgencyCode(Reason.TOO_LONG, length=len(code), most=LONGEST)
    if new := _LEVEL_1_FIRST.fullmatch(code):
        return AgencyCode(code, "level_1_first", new["head"], tuple(new["below"].split(".")[1:]))
    if old := _LEVEL_1_LAST.fullmatch(code):
        groups = (old["second"], old["third"], old["fourth"])
        return AgencyCode(code, "level_1_last", old["head"], tuple(g for g in groups if g.strip("0")))
    raise NotAnAgencyCode(Reason.SHAPE, expected="H21.15.03, 000.00.12.H21")
