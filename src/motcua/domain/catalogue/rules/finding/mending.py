"""Mending words that nobody knows: keys of an input method, words run together, slips of the fingers.

A word the records or the synonyms know is never touched: accents do not matter to the search, so the only mistakes
left are in letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from motcua.domain.catalogue.rules.finding.text import Syllable, from_input_method, is_syllable, syllable
from motcua.domain.catalogue.rules.finding.vocabulary import Vocabulary

LEFT_OVER: Final = 0.95  #: trust in a word read from keys of an input method, or parted from others
MENDED: Final = 0.9  #: trust in a correction of what can be no word
GUESSED: Final = 0.7  #: trust in a correction of what could be a word
LONGEST_JOINED: Final = 40
LONGEST_SYLLABLE: Final = 7
SHORTEST_MENDED: Final = 3
LONG: Final = 6  #: letters from which two mistakes are allowed


@dataclass(frozen=True, slots=True)
class Mended:
    """A word of a question as it is understood, as it was typed, and how sure that is (1: as typed)."""

    syllable: Syllable
    typed: str
    trust: float = 1.0


def mended(words: Sequence[Syllable], vocabulary: Vocabulary) -> list[Mended]:
    """Return the words with those that nobody knows put right where that can be done."""
    result: list[Mended] = []
    for n, word in enumerate(words):
        if vocabulary.knows(word.plain) or word.plain.isdigit():
            result.append(Mended(word, word.typed))
            continue
        before = result[-1].syllable.plain if result else ""
        after = words[n + 1].plain if n + 1 < len(words) else ""
        meant, trust = _meant(word, before, after, vocabulary)
        result += [Mended(vocabulary.spelt(plain), word.typed, trust) for plain in meant] or [
            Mended(word, word.typed)
        ]
    return result


def _meant(word: Syllable, before: str, after: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], float]:
    plain = word.plain
    keys = from_input_method(plain)
    if keys != plain and vocabulary.knows(keys):
        return (keys,), LEFT_OVER
    if not plain.isalpha() or len(plain) < SHORTEST_MENDED:
        return (), 1.0
    if not is_syllable(plain) and (parted := _parted(plain, vocabulary)):
        return parted, LEFT_OVER
    return _nearest(plain, before, after, vocabulary, is_accented=word.has_accents)


def _parted(joined: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Part words run together: the fewest words, of these the ones that stand together most often."""
    if not LONG <= len(joined) <= LONGEST_JOINED:
        return ()

    @cache
    def best(start: int) -> tuple[int, tuple[str, ...]] | None:
        if start == len(joined):
            return 0, ()
        found: tuple[int, tuple[str, ...]] | None = None
        for end in range(start + 2, min(start + LONGEST_SYLLABLE, len(joined)) + 1):
            word = syllable(joined[start:end]).plain
            rest = best(end) if vocabulary.knows(word) and is_syllable(word) else None
            if rest is None:
                continue
            bond = vocabulary.together(word, rest[1][0]) if rest[1] else 0
            worth = rest[0] + (2 if bond else 0) - 1 + (len(word) > SHORTEST_MENDED)
            if found is None or worth > found[0]:
                found = worth, (word, *rest[1])
        return found

    answer = best(0)
    return answer[1] if answer and len(answer[1]) > 1 else ()


def _nearest(
    plain: str, before: str, after: str, vocabulary: Vocabulary, *, is_accented: bool
) -> tuple[tuple[str, ...], float]:
    could_be_a_word = is_syllable(plain)
    if could_be_a_word and is_accented:
        return (), 1.0  # typed with care: a word of the language that no record uses
    allowed = 2 if len(plain) >= LONG and not could_be_a_word else 1
    choices = []
    for word in vocabulary.near(plain):
        apart = distance(plain, word)
        if apart > allowed or (len(word) < SHORTEST_MENDED and apart > 0):
            continue
        company = vocabulary.together(before, word) + vocabulary.together(word, after)
        if could_be_a_word and not company:
            continue
        choices.append((apart, -min(company, 50), word[0] != plain[0], -vocabulary.how_common(word), word))
    if not choices:
        return (), 1.0
    return (min(choices)[-1],), GUESSED if could_be_a_word else MENDED


def distance(one: str, two: str) -> int:
    """Return how many letters must be changed, added, dropped or swapped with their neighbour.

    >>> distance("kahi", "khai"), distance("sinhh", "sinh"), distance("xe", "tau")
    (1, 1, 3)
    """
    before_last: list[int] = []
    last = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(two, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before_last, last = last, row
    return last[-1]
