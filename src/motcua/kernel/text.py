"""Vietnamese text for machines: accent-free search text and sort keys.

The embedded PostgreSQL has neither unaccent nor ICU collations, so both live in columns of ours.
Source of the order: TCVN 6909 alphabet; tones rank below letters (ngang, huyền, hỏi, ngã, sắc, nặng).
"""

import re
import unicodedata

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_LETTERS)}
_GAPS = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Return ``text`` lower-case, without accents, đ as d, punctuation as single spaces.

    >>> fold("Đặng Thị H’Bia")
    'dang thi h bia'
    """
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return _GAPS.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


def sort_key(text: str) -> str:
    """Return a string whose plain byte order is the Vietnamese dictionary order of ``text``.

    Letters are compared first, tones only between words otherwise equal.
    """
    letters, tones = [], []
    for word in text.lower().split():
        for char in unicodedata.normalize("NFC", word):
            parts = unicodedata.normalize("NFD", char)
            tone = next((_TONES[p] for p in parts if p in _TONES), "0")
            base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
            letters.append(_RANK.get(base, base))
            tones.append(tone)
        letters.append(" ")
    return "".join(letters).rstrip() + "\t" + "".join(tones)  # the tab ranks below every letter and the space


def name_sort_key(full_name: str) -> str:
    """Sort key of a person: given name first (the last word), then family and middle names."""
    words = full_name.split()
    return sort_key(" ".join(words[-1:] + words[:-1]))
