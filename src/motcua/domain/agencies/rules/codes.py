"""The two grammars of an agency's electronic identification code – mã định danh điện tử.

Source: Decision 20/2020/QĐ-TTg, art. 4 (current: at most 35 of 0-9, A-Z and dots; level 1 is a letter A-Y and
two digits, lower levels are appended on the right); QCVN 102:2016/BTTTT (legacy: four groups, level 1 last).
One does not follow from the other: numbers were given anew, so both are kept as rows.
"""

import re

from motcua.domain.agencies.types import BadAgencyCode, CodeGrammar

MAX_LENGTH = 35
_CURRENT = re.compile(r"[A-Y][0-9]{2}(\.[0-9A-Z]+)*")
_LEGACY = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}")


def grammar_of(code: str) -> CodeGrammar:
    """Return which grammar ``code`` follows. Raises BadAgencyCode."""
    if len(code) <= MAX_LENGTH:
        if _CURRENT.fullmatch(code):
            return CodeGrammar.CURRENT
        if _LEGACY.fullmatch(code):
            return CodeGrammar.LEGACY
    raise BadAgencyCode(value=code)


def level_one(code: str) -> str:
    """Return the group of the ministry or province: H21 of H21.15.03 and of 000.03.15.H21.

    Raises BadAgencyCode.
    """
    groups = code.split(".")
    return groups[0] if grammar_of(code) is CodeGrammar.CURRENT else groups[-1]
