"""The personal number – *số định danh cá nhân*, also the number of the identity card.

Source: Law on Identification 2023, article 12; Decree 137/2015/NĐ-CP, article 13; Circular 59/2021/TT-BCA,
article 4. Twelve digits: place of birth registration (3), century and sex (1), year of birth (2), serial
(6). No check digit. Spaces between groups of digits are ignored.
"""

from dataclasses import dataclass

from motcua.kernel.identifiers.provinces import OLD_PROVINCES
from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, are_digits, squeezed

_LENGTH = 12
_FIRST_YEAR = 1900


class NotAPersonalId(NotAnIdentifier):
    """The text is not a personal number."""

    code = "identifiers.not_a_personal_id"


@dataclass(frozen=True, slots=True)
class PersonalId:
    """A personal number taken apart. A province code stays that of the registration, whatever merged
    later."""

    number: str
    province: str  #: 001–096 for the 63 former provinces; from 100 the country code of those born abroad
    province_name: str  #: empty for a country
    born_abroad: bool
    sex: str  #: M or F
    birth_year: int

    def __str__(self) -> str:
        return self.number


def parse(text: str) -> PersonalId:
    """Return the personal number written in ``text``. Raises NotAPersonalId."""
    number = squeezed(text)
    if not number:
        raise NotAPersonalId(Reason.EMPTY)
    if not are_digits(number):
        raise NotAPersonalId(Reason.NOT_DIGITS)
    if len(number) != _LENGTH:
        raise NotAPersonalId(Reason.LENGTH, length=len(number), expected=str(_LENGTH))
    place, century = number[:3], int(number[3])
    if place.startswith("0") and place[1:] not in OLD_PROVINCES:
        raise NotAPersonalId(Reason.PROVINCE, province=place)
    return PersonalId(
        number=number,
        province=place,
        province_name=OLD_PROVINCES[place[1:]] if place.startswith("0") else "",
        born_abroad=not place.startswith("0"),
        sex="F" if century % 2 else "M",
        birth_year=_FIRST_YEAR + 100 * (century // 2) + int(number[4:6]),
    )
