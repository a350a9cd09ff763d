"""The code of a commune or a province – *mã đơn vị hành chính*.

Source: Decision 124/2004/QĐ-TTg and its later amendments (General Statistics Office): five digits for a
commune, two for a province. Whether a code is in force on a date is the business of the agencies' register.
Spaces are ignored.
"""

from dataclasses import dataclass

from motcua.kernel.identifiers.provinces import OLD_PROVINCES
from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, are_digits, squeezed

_PROVINCE, _COMMUNE = 2, 5


class NotATerritoryCode(NotAnIdentifier):
    """The text is neither the code of a commune nor of a province."""

    code = "identifiers.not_a_territory_code"


@dataclass(frozen=True, slots=True)
class TerritoryCode:
    """The code of a territory and whether it is a commune or a province."""

    code: str
    level: str  #: commune or province

    def __str__(self) -> str:
        return self.code


def parse(text: str) -> TerritoryCode:
    """Return the territory code written in ``text``. Raises NotATerritoryCode."""
    code = squeezed(text)
    if not code:
        raise NotATerritoryCode(Reason.EMPTY)
    if not are_digits(code):
        raise NotATerritoryCode(Reason.NOT_DIGITS)
    if len(code) == _PROVINCE:
        if code not in OLD_PROVINCES:
            raise NotATerritoryCode(Reason.PROVINCE, province=code)
        return TerritoryCode(code, "province")
    if len(code) != _COMMUNE:
        raise NotATerritoryCode(Reason.LENGTH, length=len(code), expected="5, 2")
    if not code.strip("0"):
        raise NotATerritoryCode(Reason.SERIAL)
    return TerritoryCode(code, "commune")
