"""Why a text is not the identifier it should be: one refusal family, stable reasons, and harmless tidying."""

import re
from enum import StrEnum

from motcua.kernel.errors import Invalid


class Reason(StrEnum):
    EMPTY = "empty"  #: nothing was given
    TOO_LONG = "too_long"  #: longer than any identifier of this kind
    NOT_DIGITS = "not_digits"  #: other characters than 0–9
    LENGTH = "length"  #: the wrong number of digits
    SHAPE = "shape"  #: does not follow the grammar
    PROVINCE = "province"  #: no province ever had this code
    SERIAL = "serial"  #: the running number is zero
    BRANCH = "branch"  #: the number of the dependent unit is zero
    CHECK_DIGIT = "check_digit"  #: the check digit does not fit: a slip of the pen
    NEVER_ISSUED = "never_issued"  #: the check digit would have to be ten, so the number was never given out
    DATE = "date"  #: no such date
    FIELDS = "fields"  #: the wrong number of fields
    OLD_NUMBER = "old_number"  #: the former identity card number is not nine digits
    NAME = "name"  #: the name is missing
    SEX = "sex"  #: neither Nam nor Nữ
    BIRTH_YEAR_MISMATCH = "birth_year_mismatch"  #: the number says another year of birth than the date
    SEX_MISMATCH = "sex_mismatch"  #: the number says another sex than the card
    ISSUED_BEFORE_BIRTH = "issued_before_birth"  #: the card is older than its holder
    CHECKSUM = "checksum"  #: the payload was altered or misread
    TAG_MISSING = "tag_missing"  #: a field that must be there is not
    TAG_TWICE = "tag_twice"  #: a field stands there twice
    TAG_VALUE = "tag_value"  #: a field holds something it cannot


class NotAnIdentifier(Invalid):
    """Base of the refusals: ``reason`` says what is wrong, the other facts where."""

    code = "identifiers.malformed"

    def __init__(self, reason: Reason, **facts: object) -> None:
        super().__init__(reason=reason.value, **facts)
        self.reason = reason


_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DIGITS = re.compile(r"[0-9]+")


def tidied(text: str) -> str:
    """Return ``text`` without space around it, without invisible characters, every dash as ``-``."""
    return _UNSEEN.sub("", _DASHES.sub("-", text)).strip()


def squeezed(text: str) -> str:
    """Return the tidied text without any space: people group digits to read them."""
    return "".join(tidied(text).split())


def are_digits(text: str) -> bool:
    """Tell whether ``text`` is one or more of 0–9, and no other script's digits."""
    return _DIGITS.fullmatch(text) is not None
