"""The words that questions may use: those of the records and those of the synonyms, near ones found quickly."""

import itertools
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from motcua.domain.catalogue.rules.finding.lexicon import Lexicon
from motcua.domain.catalogue.rules.finding.text import PAIR, Syllable, syllable

RARE: Final = 2  #: a word in fewer procedures, and in no synonym, corrects nothing
OF_A_SYNONYM: Final = 25  #: how common a word of synonyms counts when the records do not have it


class Vocabulary:
    """Known words with how common they are, which stand beside which, and a way to near ones."""

    def __init__(self, frequency: Mapping[str, int], spellings: Mapping[str, str], lexicon: Lexicon) -> None:
        self._frequency = frequency
        self._spellings = dict(spellings)
        self._asked: set[str] = set()
        self._asked_pairs: set[str] = set()
        for book in (lexicon.synonyms, lexicon.fillers, lexicon.deeds_asked):
            for phrase in book.phrases():
                self._asked.update(word.plain for word in phrase)
                pairs = itertools.pairwise(phrase)
                self._asked_pairs.update(f"{one.plain}{PAIR}{two.plain}" for one, two in pairs)
                for word in phrase:
                    self._spellings.setdefault(word.plain, word.typed)
        self._near: dict[str, list[str]] = defaultdict(list)
        for plain in {*self._asked, *(w for w, n in frequency.items() if n >= RARE and PAIR not in w)}:
            for form in _with_one_letter_less(plain):
                self._near[form].append(plain)

    def knows(self, plain: str) -> bool:
        """Say whether a word occurs in a record or a synonym."""
        return plain in self._frequency or plain in self._asked

    def how_common(self, plain: str) -> int:
        """Return in how many procedures a word occurs; more for words of synonyms."""
        return self._frequency.get(plain, 0) + (OF_A_SYNONYM if plain in self._asked else 0)

    def together(self, one: str, two: str) -> int:
        """Return how often two words stand beside each other."""
        pair = f"{one}{PAIR}{two}"
        return self._frequency.get(pair, 0) + (OF_A_SYNONYM if pair in self._asked_pairs else 0)

    def spelt(self, plain: str) -> Syllable:
        """Return a word in its commonest spelling."""
        return syllable(self._spellings.get(plain, plain))

    def near(self, plain: str) -> set[str]:
        """Return words that differ in one or two letters."""
        return {word for form in _with_one_letter_less(plain) for word in self._near.get(form, ())}


def _with_one_letter_less(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
