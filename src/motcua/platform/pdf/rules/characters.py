"""Characters that may be printed.

PDF/A forbids text that no embedded font can show (ISO 19005-2 § 6.2.11), and an official paper must read as
it is stored: invisible characters that reorder text (Unicode TR 9, explicit embeddings) are dropped.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from motcua.platform.pdf.types import NO_GLYPH

_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"
)
_DOUBTFUL: Final = re.compile(
    "[^\t\n\x20-\u024f\u02b0-\u036f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ab\u20ac№□]"
)


def printable(text: str) -> str:
    """Return ``text`` without controls, reordering marks and noncharacters.

    >>> printable("Rơ Châm\\u202e H’Lan\\x00")
    'Rơ Châm H’Lan'
    """
    return _UNPRINTABLE.sub("", text)


def surely_shown(text: str) -> str:
    """Return ``text`` with □ for every character the built-in fonts may lack.

    Kept: Latin with all its accents, Vietnamese, general punctuation.
    """
    return _DOUBTFUL.sub(NO_GLYPH, text)


def each_text(value: object, change: Callable[[str], str]) -> object:
    """Return ``value`` with ``change`` applied to every text in it, however deep."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: each_text(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [each_text(inner, change) for inner in value]
    return value
