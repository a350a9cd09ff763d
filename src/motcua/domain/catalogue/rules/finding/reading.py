"""Reading a question: mend slips of the fingers, drop what says nothing, find what the words stand for."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from motcua.domain.catalogue.rules.finding.index import Index
from motcua.domain.catalogue.rules.finding.lexicon import Meaning, Plain
from motcua.domain.catalogue.rules.finding.mending import Mended, mended
from motcua.domain.catalogue.rules.finding.text import PAIR, Syllable, syllables

LONGEST_QUESTION: Final = 40  #: words; what follows is not read
#: A word the records use too (literal) counts for less than the wording of the law it stands for.
LITERAL_BESIDE_MEANING: Final = 0.72
SECOND_MEANING: Final = 0.95
DEED_WEIGHT: Final = 0.45
SCATTERED: Final = 0.8  #: weight of a phrase whose words stand apart
WEIGHT_OF_A_WORD: Final = 3.5


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to find a concept: words in their order, or procedures outright."""

    words: Plain
    weight: float
    written: str = ""  #: the wording of the records, when it is not the question's own
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A part of the question that is looked for as one thing."""

    asked: str
    weight: float
    alternatives: tuple[Alternative, ...]
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, read."""

    words: tuple[Syllable, ...]
    accented: tuple[Syllable, ...]  #: those typed with accents
    concepts: tuple[Concept, ...]
    deeds: frozenset[int]
    special: frozenset[int]
    levels: frozenset[int]
    did_you_mean: str


def read(question: str, index: Index) -> Reading:
    """Read a question against the words that the index knows."""
    lexicon = index.lexicon
    known = mended(syllables(question)[:LONGEST_QUESTION], index.vocabulary)
    words = [word.syllable for word in known]
    concepts: list[Concept] = []
    covered = [False] * len(words)
    deeds = lexicon.deeds_asked.keys_in(words)
    by_place: dict[tuple[int, int], list[Alternative]] = {}
    spans = lexicon.spans(words)
    for span in spans:
        by_place.setdefault((span.start, span.end), []).extend(_alternatives(span.meaning))
    for (start, end), means in by_place.items():
        covered[start:end] = [True] * (end - start)
        literal = tuple(word.plain for word in words[start:end])
        alternatives = [Alternative(literal, LITERAL_BESIDE_MEANING), *means]
        weight = WEIGHT_OF_A_WORD * max(end - start, 2) * min(word.trust for word in known[start:end])
        concepts.append(_concept(known[start:end], alternatives, weight))
        deeds |= _deeds_meant(means[:1], index)
    for places, meaning in lexicon.scattered_spans(words, spans):
        means = _alternatives(meaning)
        apart = [known[place] for place in places]
        concepts.append(_concept(apart, means, SCATTERED * WEIGHT_OF_A_WORD * len(apart)))
        deeds |= _deeds_meant(means[:1], index)
    concepts += _leftovers(known, covered, index)
    return Reading(
        tuple(words),
        tuple(word for word in words if word.has_accents),
        tuple(concepts),
        frozenset(deeds),
        frozenset(lexicon.special_asked.keys_in(words)),
        frozenset(lexicon.levels_asked.keys_in(words)),
        _said_back(known),
    )


def begun(question: str, index: Index, *, most: int = 6) -> list[str]:
    """Return the question with its last word finished, commonest word first; empty when the word is whole."""
    words = syllables(question)
    if not words or question[-1:].isspace():
        return []
    last = words[-1].plain
    at = bisect_left(index.words_in_order, last)
    ends: list[str] = []
    while at < len(index.words_in_order) and index.words_in_order[at].startswith(last):
        ends.append(index.words_in_order[at])
        at += 1
    before = words[-2].plain if len(words) > 1 else ""
    ends.sort(key=lambda word: (-index.frequency.get(f"{before}{PAIR}{word}", 0), -index.frequency[word]))
    head = " ".join(word.typed for word in words[:-1])
    return [f"{head} {index.spellings[word]}".strip() for word in ends[:most]]


def _alternatives(meaning: Meaning) -> list[Alternative]:
    means = [
        Alternative(plain, 1.0 if n == 0 else SECOND_MEANING, written)
        for n, (written, plain) in enumerate(meaning.means)
    ]
    return [*means, Alternative((), 1.0, "", meaning.codes)] if meaning.codes else means


def _deeds_meant(means: Sequence[Alternative], index: Index) -> set[int]:
    """Return the deeds that the wording of the law names: who says "giải chấp" asks to strike off an entry."""
    named = index.lexicon.deeds_named
    return {deed for one in means for deed in named.keys_in(syllables(one.written))}


def _concept(known: Sequence[Mended], alternatives: list[Alternative], weight: float) -> Concept:
    typed = " ".join(dict.fromkeys(word.typed for word in known))
    understood = " ".join(word.syllable.typed for word in known)
    corrected = understood if any(word.trust < 1 for word in known) else ""
    return Concept(typed, weight, tuple(alternatives), corrected)


def _leftovers(known: list[Mended], covered: list[bool], index: Index) -> list[Concept]:
    """Make a concept of each word that stands for itself; neighbours also count as pairs."""
    words = [word.syllable for word in known]
    idle = _idle(words, covered, index)
    deeds = index.lexicon.deeds_asked.places_in(words)
    concepts = []
    for n, word in enumerate(known):
        plain = word.syllable.plain
        if covered[n] or n in idle or plain not in index.idf or plain.isdigit():
            continue
        weight = index.idf[plain] * word.trust * (DEED_WEIGHT if n in deeds else 1.0)
        concepts.append(_concept([word], [Alternative((plain,), 1.0)], weight))
        follows = n + 1 < len(words) and not covered[n + 1] and n + 1 not in idle
        pair = f"{plain}{PAIR}{words[n + 1].plain}" if follows else ""
        if pair in index.idf:
            weight = 0.5 * index.idf[pair] * (DEED_WEIGHT if n in deeds and n + 1 in deeds else 1.0)
            concepts.append(_concept(known[n : n + 2], [Alternative((pair,), 1.0)], weight))
    return concepts


def _idle(words: list[Syllable], covered: list[bool], index: Index) -> set[int]:
    """Return the places of words that say nothing here: fillers outside any compound of the records."""
    idle = index.lexicon.fillers.places_in(words)
    compound = {
        place
        for n in range(len(words) - 1)
        if not (covered[n] or covered[n + 1])
        and not (words[n].has_accents or words[n + 1].has_accents)
        and not (n in idle and n + 1 in idle)
        and index.frequency.get(f"{words[n].plain}{PAIR}{words[n + 1].plain}", 0) * 3
        > min(index.frequency.get(words[n].plain, 0), index.frequency.get(words[n + 1].plain, 0))
        for place in (n, n + 1)
    }
    return idle - compound


def _said_back(known: Sequence[Mended]) -> str:
    if all(word.trust == 1.0 for word in known):
        return ""
    return " ".join(word.syllable.typed for word in known)
