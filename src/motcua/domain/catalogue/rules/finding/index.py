"""The index: which words each procedure holds, where, and how much each is worth there (BM25F).

Words are plain (without accents); pairs of neighbouring words stand beside them, since most Vietnamese words are
compounds of two syllables. Everything that can be known before a question comes is computed here.
"""

import itertools
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.domain.catalogue.rules.finding.lexicon import Lexicon
from motcua.domain.catalogue.rules.finding.phrases import Phrases
from motcua.domain.catalogue.rules.finding.text import PAIR, Syllable, syllables
from motcua.domain.catalogue.rules.finding.vocabulary import Vocabulary
from motcua.domain.catalogue.types.record_views import SearchRow

#: How fast a word repeated stops counting (k1 of BM25).
SATURATION: Final = 1.1
COMMON: Final = 0.08  #: a word in more than this share of all procedures is common
MATTERS: Final = 0.4  #: worth from which a common word is kept
MOST_COMPONENTS: Final = 14
LONGEST_COMPONENT: Final = 40  #: words of one paper that are read

_MARK_OF_LEVEL: Final = re.compile(
    r"\(\s*(?:thực hi[eệ]n\s+(?:tại|ở)?\s*)?(?:cấp\s+)?(?:trung ương|tw|bộ|tỉnh|tinh|xã|huyện|địa phương)\s*\)"
    r"|\(\s*\d\.\d{6}\s*\)|\btại công an cấp tỉnh\b|\bthực hiện tại cấp [^()]*$|^\W*thủ tục:?\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a procedure that is read: its weight, how much length counts against it, pairs or not."""

    weight: float
    length_matters: float
    pairs: bool


ZONES: Final = {
    "name": Zone(4.0, 0.45, True),
    "keywords": Zone(3.0, 0.3, True),
    "everyday": Zone(2.0, 0.3, True),
    "results": Zone(1.2, 0.5, True),
    "field": Zone(0.9, 0.2, True),
    "description": Zone(0.7, 0.6, True),
    "components": Zone(0.35, 0.7, False),
    "performers": Zone(0.15, 0.5, False),
    "ministry": Zone(0.15, 0.2, False),
}


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a word stands: procedures by number, and its worth in each (0 to 1)."""

    numbers: "array[int]"
    worth: "array[float]"


@dataclass(frozen=True, slots=True)
class Entry:
    """What ranking needs of one procedure."""

    row: SearchRow
    name_words: tuple[str, ...]
    name_set: frozenset[str]
    name_exact: frozenset[str]
    deeds: frozenset[int]
    special: tuple[int, ...]
    prior: float


class Index:
    """All procedures, ready to be searched."""

    def __init__(self, rows: Sequence[SearchRow], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.entries: list[Entry] = []
        self.by_code: dict[str, int] = {}
        self.postings: dict[str, Posting] = {}
        self.idf: dict[str, float] = {}
        self.remembered: dict[tuple[str, ...], dict[int, float]] = {}  #: wordings looked up before
        self.names_worth: list[float] = []  #: of each procedure: how much all words of its name tell
        self.spellings: dict[str, str] = {}  #: plain word → its commonest spelling
        self.frequency: dict[str, int] = {}  #: plain word → procedures that hold it
        self._build(rows)
        self.words_in_order = sorted(word for word in self.frequency if PAIR not in word)
        self.vocabulary = Vocabulary(self.frequency, self.spellings, lexicon)
        everyday = lexicon.words.everyday
        self.phrases = Phrases(
            ((number, text) for number, row in enumerate(rows) for text in everyday.get(row.code, ())),
            lexicon,
        )

    def __len__(self) -> int:
        return len(self.entries)

    def _build(self, rows: Sequence[SearchRow]) -> None:
        lengths: dict[str, list[int]] = {zone: [] for zone in ZONES}
        counted: list[dict[str, Counter[str]]] = []
        spelt: dict[str, Counter[str]] = defaultdict(Counter)
        for number, row in enumerate(rows):
            zones: dict[str, Counter[str]] = {}
            everyday = self.lexicon.words.everyday.get(row.code, ())
            for zone, words in _zones(row, everyday):
                if not words:
                    continue
                zones[zone] = _counted(words, pairs=ZONES[zone].pairs)
                lengths[zone].append(len(words))
                for word in words:
                    spelt[word.plain][word.typed] += 1
            counted.append(zones)
            self.by_code[row.code] = number
            self.entries.append(self._entry(row))
        self.spellings = {plain: forms.most_common(1)[0][0] for plain, forms in spelt.items()}
        average = {zone: sum(many) / len(many) if many else 1.0 for zone, many in lengths.items()}
        self._weigh(counted, average)
        self.names_worth = [sum(self.idf[word] for word in entry.name_words) for entry in self.entries]

    def _weigh(self, counted: list[dict[str, Counter[str]]], average: dict[str, float]) -> None:
        numbers: dict[str, array[int]] = defaultdict(lambda: array("I"))
        worth: dict[str, array[float]] = defaultdict(lambda: array("f"))
        for number, zones in enumerate(counted):
            weights: dict[str, float] = defaultdict(float)
            for zone, words in zones.items():
                facts = ZONES[zone]
                size = sum(times for word, times in words.items() if PAIR not in word)
                norm = 1 - facts.length_matters + facts.length_matters * size / average[zone]
                for word, times in words.items():
                    weights[word] += facts.weight * times / norm
            for word, weight in weights.items():
                numbers[word].append(number)
                worth[word].append(weight / (SATURATION + weight))
        total = len(counted)
        for word, there in numbers.items():
            self.postings[word] = _pruned(Posting(there, worth[word]), total)
            self.frequency[word] = len(there)
            self.idf[word] = math.log(1 + (total - len(there) + 0.5) / (len(there) + 0.5))

    def _entry(self, row: SearchRow) -> Entry:
        words = syllables(stem(row.name))
        lexicon = self.lexicon
        return Entry(
            row,
            tuple(word.plain for word in words),
            frozenset(word.plain for word in words),
            frozenset(word.exact for word in words),
            frozenset(lexicon.deeds_named.keys_in(words)),
            tuple(sorted(lexicon.special_named.keys_in(words))),
            _prior(row, lexicon),
        )


def _pruned(posting: Posting, total: int) -> Posting:
    """Keep a common word only where it matters, in names and results: papers full of it tell nothing apart."""
    if len(posting.numbers) <= COMMON * total:
        return posting
    kept = [n for n, worth in enumerate(posting.worth) if worth >= MATTERS]
    return Posting(
        array("I", (posting.numbers[n] for n in kept)), array("f", (posting.worth[n] for n in kept))
    )


def stem(name: str) -> str:
    """Return a name without the level and the word "Thủ tục" that some carry.

    >>> stem("Thủ tục đăng ký khai sinh"), stem("Cấp lại thẻ căn cước (thực hiện tại cấp tỉnh)")
    ('đăng ký khai sinh', 'Cấp lại thẻ căn cước')
    """
    return _MARK_OF_LEVEL.sub(" ", _MARK_OF_LEVEL.sub(" ", name)).strip(" .")


def _zones(row: SearchRow, everyday: Sequence[str]) -> Iterator[tuple[str, list[Syllable]]]:
    yield "name", syllables(stem(row.name))
    yield "keywords", syllables(" ".join(row.keywords))
    yield "everyday", syllables(" ".join(everyday))
    yield "results", syllables(" ".join(dict.fromkeys(row.result_names)))[:80]
    yield "field", syllables(row.field)
    yield "description", syllables(row.description)[:80]
    papers = dict.fromkeys(row.component_names[:MOST_COMPONENTS])
    yield "components", [word for paper in papers for word in syllables(paper)[:LONGEST_COMPONENT]]
    yield "performers", syllables(" ".join(row.performers))[:40]
    yield "ministry", syllables(row.ministry)


def _counted(words: list[Syllable], *, pairs: bool) -> Counter[str]:
    counted = Counter(word.plain for word in words)
    if pairs:
        counted.update(f"{one.plain}{PAIR}{two.plain}" for one, two in itertools.pairwise(words))
    return counted


def _prior(row: SearchRow, lexicon: Lexicon) -> float:
    prior = lexicon.words.prior
    levels = [str(level) for level in row.levels if level != "other"] or ["other"]
    factor = max(prior.level.get(level, 1.0) for level in levels)
    if "district" in levels or "cấp huyện" in row.name:
        factor = prior.level.get("district", 1.0)
    if "citizen" in row.subjects:
        factor *= prior.citizen
    if row.code in prior.essential_codes:
        factor *= prior.essential
    return factor
