"""Likeness of a question to the everyday phrases of each procedure, phrase by phrase.

Many phrases of one procedure make a bag of words in which a single good one drowns; so each is also compared by itself:
the cosine of both as vectors of words and of neighbouring pairs, each worth its rarity among phrases (Salton and
Buckley, 1988). What people do not say is not held against a question, so the length of the phrase counts more.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from motcua.domain.catalogue.rules.finding.text import PAIR, Syllable, syllables

PAIR_WORTH: Final = 0.6  #: of two neighbours, beside their own worth
OTHER_ACCENTS: Final = 0.15  #: what is left of a word whose accents differ: "bò" is hardly "bỏ"
OF_THE_PHRASE: Final = 0.55  #: how much the length of the phrase counts; the rest is the question's

Idle = Callable[[Sequence[Syllable]], set[int]]


class Phrases:
    """The phrases of all procedures, ready to be compared with a question."""

    def __init__(self, by_number: Iterable[tuple[int, Sequence[str]]], idle: Idle) -> None:
        self._idle = idle
        self._numbers: list[int] = []
        self._exact: list[Mapping[str, str]] = []
        terms_of: list[frozenset[str]] = []
        for number, phrases in by_number:
            for phrase in phrases:
                words = self._telling(syllables(phrase))
                self._numbers.append(number)
                self._exact.append({word.plain: word.exact for word in words})
                terms_of.append(frozenset(_terms(words)))
        held_by = Counter(term for terms in terms_of for term in terms)
        self._worth = {term: _rarity(times, len(terms_of), term) for term, times in held_by.items()}
        self._unknown = _rarity(1, max(len(terms_of), 1), "")
        self._lengths = [sum(self._worth[term] ** 2 for term in terms) or 1.0 for terms in terms_of]
        self._phrases_of: dict[str, list[int]] = defaultdict(list)
        for place, terms in enumerate(terms_of):
            for term in terms:
                self._phrases_of[term].append(place)

    def likeness(self, question: Sequence[Syllable]) -> dict[int, float]:
        """Return how like the question the nearest phrase of each procedure is, 0 to 1, by its number."""
        words = self._telling(question)
        if not words or not self._numbers:
            return {}
        accented = {word.plain: word.exact for word in words if word.has_accents}
        shared: dict[int, float] = defaultdict(float)
        length = 0.0
        for term in set(_terms(words)):
            worth = self._worth.get(term)
            if worth is None:
                length += 0.0 if PAIR in term else self._unknown**2
                continue
            length += worth**2
            for phrase in self._phrases_of[term]:
                shared[phrase] += worth**2 * _same_accents(term, accented, self._exact[phrase])
        best: dict[int, float] = {}
        for phrase, both in shared.items():
            whole = self._lengths[phrase] ** OF_THE_PHRASE * length ** (1 - OF_THE_PHRASE)
            number = self._numbers[phrase]
            best[number] = max(best.get(number, 0.0), min(both / whole, 1.0))
        return best

    def _telling(self, words: Sequence[Syllable]) -> list[Syllable]:
        idle = self._idle(words)
        return [word for n, word in enumerate(words) if n not in idle] or list(words)


def _terms(words: Sequence[Syllable]) -> list[str]:
    pairs = (f"{one.plain}{PAIR}{two.plain}" for one, two in itertools.pairwise(words))
    return [*(word.plain for word in words), *pairs]


def _rarity(times: int, phrases: int, term: str) -> float:
    return math.log(1 + phrases / times) * (PAIR_WORTH if PAIR in term else 1.0)


def _same_accents(term: str, accented: Mapping[str, str], exact: Mapping[str, str]) -> float:
    """Return 1 where the accents typed are those of the phrase; words typed without any fit all."""
    share = 1.0
    for plain in term.split(PAIR):
        if plain in accented and accented[plain] != exact[plain]:
            share *= OTHER_ACCENTS
    return share
