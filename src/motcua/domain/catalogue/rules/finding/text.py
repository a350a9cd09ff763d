"""Vietnamese as people type it: syllables with and without accents, and what is left of an input method.

Source of the keys: the Telex and VNI input methods, as every Vietnamese keyboard has them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PAIR: Final = " "  #: joins two neighbouring words into one term

_TONES: Final = frozenset("\u0300\u0309\u0303\u0301\u0323")
_PARTS: Final = re.compile(r"[^\W_]+")
_LONE_Y: Final = re.compile(r"^([bcdghklmnpqrstvx]{1,3})y$")  # ký = kí, lý = lí, sỹ = sĩ
_TELEX_VOWELS: Final = re.compile(r"aa|ee|oo|dd|aw|ow|uw")
_TELEX_TONE: Final = re.compile(r"[sfrxj]$|(?<=[aeiouy])[sfrxjz](?=[aeiouy]|[cghmnptu]{0,2}$)")
_LETTERS_AND_DIGITS: Final = re.compile(r"^[a-z]+\d[a-z\d]*$")
# onset + rhyme of Vietnamese, without accents: enough to tell a real syllable from a slip of the fingers
_SYLLABLE: Final = re.compile(
    r"^(?:ngh|ng|nh|th|tr|ch|gh|gi|kh|ph|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|oai|oay|uay|uoi|uou|ieu|yeu|uya|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?$"
)


@dataclass(frozen=True, slots=True)
class Syllable:
    """A word as typed, without its accents, and with them in one spelling (hoà = hòa)."""

    typed: str
    plain: str
    exact: str  #: letters without tone, then the tone; equal for both ways to place it

    @property
    def has_accents(self) -> bool:
        return self.exact != self.plain


@lru_cache(maxsize=65_536)
def syllable(typed: str) -> Syllable:
    """Return a word, lower-case, as a syllable."""
    letters, tone, bare = [], "", []
    for char in unicodedata.normalize("NFD", typed.lower()):
        if char in _TONES:
            tone = char
        else:
            letters.append(char)
            if char == "đ":
                bare.append("d")
            elif not unicodedata.combining(char):
                bare.append(char)
    plain = _with_i("".join(bare))
    exact = _with_i(unicodedata.normalize("NFC", "".join(letters)))
    return Syllable(typed.lower(), plain, exact + tone)


def syllables(text: str) -> list[Syllable]:
    """Return the words of a text."""
    return [syllable(part) for part in _PARTS.findall(unicodedata.normalize("NFC", text.lower()))]


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without accents."""
    return tuple(one.plain for one in syllables(text))


def from_input_method(word: str) -> str:
    """Return what a word left over from Telex or VNI keys was meant to be, without accents.

    >>> from_input_method("giaays"), from_input_method("gia61y"), from_input_method("dduowngf")
    ('giay', 'giay', 'duong')
    """
    if _LETTERS_AND_DIGITS.match(word):
        return _with_i(re.sub(r"\d", "", word))
    without_tone = _TELEX_TONE.sub("", word)
    return _with_i(_TELEX_VOWELS.sub(lambda pair: pair[0][0], without_tone).replace("w", ""))


def is_syllable(plain: str) -> bool:
    """Say whether letters could be a Vietnamese word."""
    return _SYLLABLE.match(plain) is not None


def _with_i(plain: str) -> str:
    return _LONE_Y.sub(r"\1i", plain)
