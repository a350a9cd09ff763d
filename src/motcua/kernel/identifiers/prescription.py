"""The code of an electronic prescription – *mã đơn thuốc quốc gia*.

Source: Circular 04/2022/TT-BYT, annex. Five characters of the facility, seven random ones, a dash and the
kind. Upper and lower case are different characters here, so only space around and the form of the dash are
forgiven.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, tidied

_GRAMMAR = re.compile(r"(?P<facility>[0-9A-Za-z]{5})(?P<random>[0-9A-Za-z]{7})-(?P<kind>[cnhy])")


class PrescriptionKind(StrEnum):
    BASIC = "c"  #: đơn thuốc cơ bản
    NARCOTIC = "n"  #: thuốc gây nghiện
    PSYCHOTROPIC = "h"  #: thuốc hướng thần
    TRADITIONAL = "y"  #: y học cổ truyền


class NotAPrescriptionCode(NotAnIdentifier):
    """The text is not the code of a prescription."""

    code = "identifiers.not_a_prescription_code"


@dataclass(frozen=True, slots=True)
class PrescriptionCode:
    """A prescription code taken apart."""

    facility: str
    random: str
    prescription: PrescriptionKind

    def __str__(self) -> str:
        return f"{self.facility}{self.random}-{self.prescription}"


def parse(text: str) -> PrescriptionCode:
    """Return the prescription code written in ``text``. Raises NotAPrescriptionCode."""
    code = tidied(text)
    if not code:
        raise NotAPrescriptionCode(Reason.EMPTY)
    found = _GRAMMAR.fullmatch(code)
    if found is None:
        raise NotAPrescriptionCode(Reason.SHAPE, expected="01CXUpzrizjk-c")
    return PrescriptionCode(found["facility"], found["random"], PrescriptionKind(found["kind"]))
