"""The tax code – *mã số thuế*, also the number of an enterprise, a cooperative or a household business.

Source: Circular 86/2024/TT-BTC, article 5. Ten digits with a check digit; three more behind a dash for a
dependent unit; since 01/07/2025 persons and household businesses may use the personal number of twelve
digits. Spaces, dots and the missing dash of a branch are forgiven.
"""

from dataclasses import dataclass

from motcua.kernel.identifiers import personal_id
from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, are_digits, squeezed

_HEAD, _BRANCH, _PERSON = 10, 13, 12
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_IMPOSSIBLE = 10


class NotATaxCode(NotAnIdentifier):
    """The text is not a tax code."""

    code = "identifiers.not_a_tax_code"


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A tax code taken apart."""

    number: str  #: ten digits, or the personal number
    branch: str  #: three digits of the dependent unit, or empty
    form: str  #: enterprise, branch or personal_id

    def __str__(self) -> str:
        return f"{self.number}-{self.branch}" if self.branch else self.number


def check_digit(head: str) -> int:
    """Return the tenth digit for the nine before it; ten means the number is never issued."""
    return 10 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, head[:9], strict=True)) % 11


def parse(text: str) -> TaxCode:
    """Return the tax code written in ``text``. Raises NotATaxCode."""
    written = squeezed(text).replace(".", "")
    number = written.replace("-", "")
    if not written:
        raise NotATaxCode(Reason.EMPTY)
    if not are_digits(number):
        raise NotATaxCode(Reason.NOT_DIGITS)
    if "-" in written and not (len(number) == _BRANCH and written == f"{number[:10]}-{number[10:]}"):
        raise NotATaxCode(Reason.SHAPE, expected="0123456789-001")
    if len(number) == _PERSON:
        return TaxCode(_personal(number), "", "personal_id")
    if len(number) not in (_HEAD, _BRANCH):
        raise NotATaxCode(Reason.LENGTH, length=len(number), expected="10, 12, 13")
    _refuse_bad_digits(number)
    branch = number[_HEAD:]
    return TaxCode(number[:_HEAD], branch, "branch" if branch else "enterprise")


def _personal(number: str) -> str:
    try:
        return personal_id.parse(number).number
    except personal_id.NotAPersonalId as refusal:
        raise NotATaxCode(
            refusal.reason, **{k: v for k, v in refusal.facts.items() if k != "reason"}
        ) from refusal


def _refuse_bad_digits(number: str) -> None:
    if number[2:9] == "0000000":
        raise NotATaxCode(Reason.SERIAL)
    if number[_HEAD:] == "000":
        raise NotATaxCode(Reason.BRANCH)
    expected = check_digit(number)
    if expected == _IMPOSSIBLE:
        raise NotATaxCode(Reason.NEVER_ISSUED)
    if expected != int(number[9]):
        raise NotATaxCode(Reason.CHECK_DIGIT, expected=str(expected), found=number[9])
