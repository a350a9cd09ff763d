"""What the QR code on an identity card says – *mã QR trên thẻ căn cước*.

Source: Circular 06/2021/TT-BCA and Circular 17/2024/TT-BCA (cards with chip): fields parted by ``|``, by
position. Seven fields on cards of 2021; those of 2024 add four, mostly empty. Empty fields keep their
place. Text is brought to NFC; space around fields is forgiven.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from motcua.kernel.identifiers import personal_id
from motcua.kernel.identifiers.personal_id import NotAPersonalId, PersonalId
from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, are_digits

_LONGEST = 2_000
_FEWEST, _MOST = 7, 11
_OLD_NUMBER = re.compile(r"(?:[0-9]{9})?")
_SEXES = {"nam": "M", "nữ": "F"}
_WORDS = {"M": "Nam", "F": "Nữ"}
_DATE_DIGITS = 8
_BYTE_ORDER_MARK = "\ufeff"  # some readers put it before the text


class NotACardQr(NotAnIdentifier):
    """The text is not the payload of an identity card, or it contradicts itself."""

    code = "identifiers.not_a_card_qr"


@dataclass(frozen=True, slots=True)
class CardQr:
    """The holder of a card as its QR code tells."""

    personal_id: PersonalId
    old_number: str  #: nine digits of the former card, or empty
    full_name: str
    born_on: date
    sex: str  #: M or F
    residence: str
    issued_on: date
    more: tuple[str, ...] = ()  #: the fields after the seventh, as many as there were

    @property
    def fields(self) -> int:
        """Return the number of fields of the payload."""
        return _FEWEST + len(self.more)

    def __str__(self) -> str:
        born, issued = (
            f"{self.born_on:%d%m}{self.born_on.year:04}",
            f"{self.issued_on:%d%m}{self.issued_on.year:04}",
        )
        first = (self.personal_id.number, self.old_number, self.full_name, born, _WORDS[self.sex])
        return "|".join((*first, self.residence, issued, *self.more))


def parse(text: str) -> CardQr:
    """Return what the payload in ``text`` says. Raises NotACardQr, also if number, birth and sex disagree."""
    payload = unicodedata.normalize("NFC", text[: _LONGEST + 1]).strip().strip(_BYTE_ORDER_MARK)
    if not payload:
        raise NotACardQr(Reason.EMPTY)
    if len(payload) > _LONGEST:
        raise NotACardQr(Reason.TOO_LONG, most=_LONGEST)
    fields = [field.strip() for field in payload.split("|")]
    while len(fields) > _MOST and not fields[-1]:
        fields.pop()
    if not _FEWEST <= len(fields) <= _MOST:
        raise NotACardQr(Reason.FIELDS, fields=len(fields), expected="7, 11")
    number, old_number, full_name, born, sex, residence, issued = fields[:_FEWEST]
    card = CardQr(
        personal_id=_number(number),
        old_number=old_number,
        full_name=full_name,
        born_on=_date(born, "born_on"),
        sex=_SEXES.get(sex.lower(), ""),
        residence=residence,
        issued_on=_date(issued, "issued_on"),
        more=tuple(fields[_FEWEST:]),
    )
    _refuse_incomplete(card)
    _refuse_contradictions(card)
    return card


def _number(text: str) -> PersonalId:
    try:
        return personal_id.parse(text)
    except NotAPersonalId as refusal:
        facts = {key: fact for key, fact in refusal.facts.items() if key != "reason"}
        raise NotACardQr(refusal.reason, field="personal_id", **facts) from refusal


def _date(digits: str, field: str) -> date:
    """Return the date written as ddmmyyyy."""
    if len(digits) != _DATE_DIGITS or not are_digits(digits):
        raise NotACardQr(Reason.DATE, field=field, date=digits)
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError as error:
        raise NotACardQr(Reason.DATE, field=field, date=digits) from error


def _refuse_incomplete(card: CardQr) -> None:
    if not card.full_name:
        raise NotACardQr(Reason.NAME)
    if not card.sex:
        raise NotACardQr(Reason.SEX)
    if not _OLD_NUMBER.fullmatch(card.old_number):
        raise NotACardQr(Reason.OLD_NUMBER)


def _refuse_contradictions(card: CardQr) -> None:
    if card.personal_id.birth_year != card.born_on.year:
        raise NotACardQr(
            Reason.BIRTH_YEAR_MISMATCH, number=card.personal_id.birth_year, card=card.born_on.year
        )
    if card.personal_id.sex != card.sex:
        raise NotACardQr(Reason.SEX_MISMATCH, number=card.personal_id.sex, card=card.sex)
    if card.issued_on < card.born_on:
        raise NotACardQr(Reason.ISSUED_BEFORE_BIRTH)
