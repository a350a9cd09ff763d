"""Everyday phrases of procedures: which of them is nearest to a question as a whole.

The index counts words over everything a procedure says; here each phrase stands alone, since a question that is
nearly one of them is answered, however common its words are. Likeness is Tversky's (1977): what both hold, beside what
only one of them holds; words few phrases hold weigh most.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.domain.catalogue.rules.finding.lexicon import Lexicon
from motcua.domain.catalogue.rules.finding.text import PAIR, Syllable, syllables

ONLY_IN_PHRASE: Final = 0.55  #: how much a word of the phrase that was not asked for counts against it
ONLY_IN_QUESTION: Final = 0.25  #: and a word of the question the phrase does not hold
PAIR_WEIGHT: Final = 0.4
FILLER_WEIGHT: Final = 0.3  #: of a word that says nothing elsewhere: it may here, "chưa có cha"
OTHER_ACCENTS: Final = 0.15  #: of a word typed with other accents than the phrase has: "bò" is hardly "bỏ"
MEANING: Final = "="  #: marks a term that is no word but what words stand for


@dataclass(frozen=True, slots=True)
class Near:
    """A phrase of a procedure and how like a question it is (0 to 1)."""

    phrase: str
    likeness: float


@dataclass(frozen=True, slots=True)
class _Term:
    plain: str
    exact: str
    weight: float


class Phrases:
    """The everyday phrases of all procedures of an index."""

    def __init__(self, entries: Iterable[tuple[int, str]], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._owners: list[int] = []
        self._texts: list[str] = []
        held: list[dict[str, _Term]] = []
        for number, text in entries:
            self._owners.append(number)
            self._texts.append(text)
            held.append(self._terms(syllables(text)))
        counted = Counter(plain for terms in held for plain in terms)
        self._idf = {plain: math.log(1 + len(held) / times) for plain, times in counted.items()}
        self._rarest = math.log(1 + len(held)) if held else 1.0
        self._whole = array("f", (self._weight(terms.values()) for terms in held))
        self._postings: dict[str, tuple[array[int], list[str]]] = {}
        self._post(held)

    def __len__(self) -> int:
        return len(self._texts)

    def nearest(self, words: Sequence[Syllable], *, least: float) -> dict[int, Near]:
        """Return for each procedure, by number, its phrase most like the question, if at least so like."""
        terms = self._terms(words)
        asked = self._weight(terms.values())
        shared: dict[int, float] = defaultdict(float)
        for term in terms.values():
            posting = self._postings.get(term.plain)
            if posting is None:
                continue
            weight = term.weight * self._idf[term.plain]
            odd = weight * OTHER_ACCENTS if term.exact != term.plain else weight
            for phrase, exact in zip(*posting, strict=True):
                shared[phrase] += weight if exact == term.exact else odd
        found: dict[int, Near] = {}
        for phrase, both in shared.items():
            missed = max(0.0, self._whole[phrase] - both)
            likeness = both / (both + ONLY_IN_PHRASE * missed + ONLY_IN_QUESTION * max(0.0, asked - both))
            owner = self._owners[phrase]
            if likeness >= least and (owner not in found or found[owner].likeness < likeness):
                found[owner] = Near(self._texts[phrase], likeness)
        return found

    def _post(self, held: Sequence[dict[str, _Term]]) -> None:
        for phrase, terms in enumerate(held):
            for term in terms.values():
                numbers, exact = self._postings.setdefault(term.plain, (array("I"), []))
                numbers.append(phrase)
                exact.append(term.exact)

    def _weight(self, terms: Iterable[_Term]) -> float:
        return sum(term.weight * self._idf.get(term.plain, self._rarest) for term in terms)

    def _terms(self, words: Sequence[Syllable]) -> dict[str, _Term]:
        """Return words, pairs of neighbours and what they stand for, each once."""
        spans = self._lexicon.spans(words)
        words = self._lexicon.in_one_way(words)
        idle = self._lexicon.fillers.places_in(words)
        weights = [FILLER_WEIGHT if place in idle else 1.0 for place in range(len(words))]
        terms: dict[str, _Term] = {}
        for word, weight in zip(words, weights, strict=True):
            terms.setdefault(word.plain, _Term(word.plain, word.exact, weight))
        for place in range(len(words) - 1):
            one, two = words[place], words[place + 1]
            plain, exact = f"{one.plain}{PAIR}{two.plain}", f"{one.exact}{PAIR}{two.exact}"
            weight = PAIR_WEIGHT * min(weights[place], weights[place + 1])
            terms.setdefault(plain, _Term(plain, exact, weight))
        for span in spans:
            for mean, _ in span.meaning.means[:1]:
                terms.setdefault(f"{MEANING}{mean}", _Term(f"{MEANING}{mean}", f"{MEANING}{mean}", 1.0))
        return terms
