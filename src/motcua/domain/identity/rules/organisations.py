"""The form of a tax code, which is also the code of an enterprise, cooperative or household business.

Source: Circular 86/2024/TT-BTC, article 5: ten digits, the tenth a check digit, with three more behind a dash
for a dependent unit; a household business may use the twelve digits of its owner's personal number.
"""

import re
from typing import Final

from motcua.domain.identity.types import BadTaxCode

_FORM = re.compile(r"(?P<nine>\d{9})(?P<check>\d)(?:-(?!000)\d{3})?", re.ASCII)
_PERSONAL = re.compile(r"\d{12}", re.ASCII)
WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def refuse_if_malformed(tax_code: str) -> None:
    """Raise BadTaxCode unless ``tax_code`` is empty or could have been issued."""
    if tax_code and not _PERSONAL.fullmatch(tax_code) and not _could_be_issued(tax_code):
        raise BadTaxCode(fields={"tax_code": BadTaxCode.code})


def _could_be_issued(tax_code: str) -> bool:
    found = _FORM.fullmatch(tax_code)
    if found is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(found["nine"], WEIGHTS, strict=True))
    return int(found["check"]) == 10 - total % 11
