"""The code of a dossier – *mã hồ sơ*: agency, day of receipt, number within that day.

Source: Circular 01/2018/TT-VPCP (old agency codes); Circular 03/2025/TT-VPCP, article 13.1 (agency code of
Decision 20/2020) and 13.3, added by Circular 04/2025 (central systems put two digits of the ministry before
the number). Codes of ministry portals with a date of eight digits are read, never issued. Space around,
lower-case letters and typographic dashes are forgiven.
"""

import re
from dataclasses import dataclass
from datetime import date

from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, squeezed

#: Two digits of the ministry before the number in central systems – Circular 04/2025/TT-VPCP. Not closed.
MINISTRIES = {
    "02": "Bộ Công Thương",
    "03": "Bộ Giáo dục và Đào tạo",
    "06": "Bộ Khoa học và Công nghệ",
    "09": "Bộ Nội vụ",
    "10": "Bộ Nông nghiệp và Môi trường",
    "15": "Bộ Tư pháp",
    "16": "Bộ Văn hóa, Thể thao và Du lịch",
    "17": "Bộ Xây dựng",
    "18": "Bộ Y tế",
}

_AGENCY = r"[A-Y][0-9]{2}(?:\.[0-9]{2,3}){0,7}"
_OLD_AGENCY = r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}"
_GRAMMAR = re.compile(
    rf"(?:(?P<agency>{_AGENCY})|(?P<old>{_OLD_AGENCY}))-(?P<day>[0-9]{{6}}|[0-9]{{8}})-(?P<number>[0-9]{{4,12}})"
)
_SHORT_DAY = 6
_CENTRAL_LENGTHS = (6, 7)
_WIDTH = 4
_CENTURY = "20"


class NotADossierCode(NotAnIdentifier):
    """The text is not the code of a dossier."""

    code = "identifiers.not_a_dossier_code"


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier code taken apart."""

    code: str
    scheme: str  #: local, central, old_agency (Circular 01/2018) or ministry_portal (date of eight digits)
    agency: str
    received_on: date
    number: int  #: order within the agency and the day, from 1
    ministry: str = ""  #: two digits; only in central codes

    def __str__(self) -> str:
        return self.code


def parse(text: str) -> DossierCode:
    """Return the dossier code written in ``text``. Raises NotADossierCode."""
    code = squeezed(text).upper()
    if not code:
        raise NotADossierCode(Reason.EMPTY)
    found = _GRAMMAR.fullmatch(code)
    if found is None:
        raise NotADossierCode(Reason.SHAPE, expected="H15.50.05.13-261008-0975")
    received_on, digits = _day(found["day"]), found["number"]
    if found["old"]:
        scheme, ministry = "old_agency", ""
    elif len(found["day"]) != _SHORT_DAY:
        scheme, ministry = "ministry_portal", ""
    elif len(digits) in _CENTRAL_LENGTHS and digits[:2] != "00":
        scheme, ministry = "central", digits[:2]
    else:
        scheme, ministry = "local", ""
    number = int(digits.removeprefix(ministry))
    if number == 0:
        raise NotADossierCode(Reason.SERIAL)
    return DossierCode(code, scheme, found["agency"] or found["old"], received_on, number, ministry)


def issue(agency: str, received_on: date, number: int, *, ministry: str = "") -> DossierCode:
    """Return the code of the ``number``-th dossier an agency receives on that day. Raises NotADossierCode.

    With ``ministry`` (two digits) the code of a central system; with an agency code of the old order that of
    Circular 01/2018. Which number is next is the business of the caller's register.
    """
    return parse(f"{agency}-{received_on:%y%m%d}-{ministry}{number:0{_WIDTH}d}")


def _day(digits: str) -> date:
    whole = _CENTURY + digits if len(digits) == _SHORT_DAY else digits
    try:
        return date(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    except ValueError as error:
        raise NotADossierCode(Reason.DATE, date=digits) from error
