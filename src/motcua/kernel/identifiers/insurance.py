"""The social and health insurance number – *mã số BHXH, số thẻ BHYT*.

Source: Decision 1351/QĐ-BHXH (cards of fifteen characters until 04/2021); Decision 1666/QĐ-BHXH (ten digits
since); Official letter 1804/BHXH-QLT (the personal number takes its place from 01/08/2025). Spaces and
lower-case letters are forgiven.
"""

import re
from dataclasses import dataclass

from motcua.kernel.identifiers import personal_id
from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, are_digits, squeezed

_NUMBER, _PERSON = 10, 12
_CARD = re.compile(r"(?P<group>[A-Z]{2})(?P<benefit>[1-5])(?P<province>[0-9]{2})(?P<number>[0-9]{10})")


class NotAnInsuranceNumber(NotAnIdentifier):
    """The text is none of the three forms of an insurance number."""

    code = "identifiers.not_an_insurance_number"


@dataclass(frozen=True, slots=True)
class InsuranceNumber:
    """An insurance number taken apart; what a form does not say is empty."""

    form: str  #: number (ten digits), card (fifteen characters) or personal_id
    number: str  #: the ten or twelve digits
    group: str = ""  #: group of the insured, e.g. DN, TE, HT
    benefit: str = ""  #: level of benefit, 1–5
    province: str = ""  #: two digits, where the card was issued

    def __str__(self) -> str:
        return f"{self.group}{self.benefit}{self.province}{self.number}"


def parse(text: str) -> InsuranceNumber:
    """Return the insurance number written in ``text``. Raises NotAnInsuranceNumber."""
    written = squeezed(text).upper()
    if not written:
        raise NotAnInsuranceNumber(Reason.EMPTY)
    if card := _CARD.fullmatch(written):
        return InsuranceNumber("card", card["number"], card["group"], card["benefit"], card["province"])
    if not are_digits(written):
        raise NotAnInsuranceNumber(Reason.SHAPE, expected="DN4010123456789")
    if len(written) == _PERSON:
        return InsuranceNumber("personal_id", _personal(written))
    if len(written) != _NUMBER:
        raise NotAnInsuranceNumber(Reason.LENGTH, length=len(written), expected="10, 12, 15")
    return InsuranceNumber("number", written)


def _personal(number: str) -> str:
    try:
        return personal_id.parse(number).number
    except personal_id.NotAPersonalId as refusal:
        facts = {key: fact for key, fact in refusal.facts.items() if key != "reason"}
        raise NotAnInsuranceNumber(refusal.reason, **facts) from refusal
