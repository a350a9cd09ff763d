"""The words of questions, ready to be matched: synonyms, fillers and deeds as phrases of syllables."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.domain.catalogue.rules.finding.text import Syllable, plain_words, syllables
from motcua.domain.catalogue.types.finding import Synonym, Words

GAP: Final = "…"
LONGEST_GAP: Final = 3  #: words that "…" may stand for
REACH: Final = 4  #: other words that may stand between those of a scattered phrase
MOST_SCATTERED: Final = 4

Plain = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: words of the records (as written, and plain), procedures people chose."""

    means: tuple[tuple[str, Plain], ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a question that stands for something."""

    start: int
    end: int
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class _Phrase:
    parts: tuple[Syllable | None, ...]  #: None: a gap
    is_plain: bool  #: several words, all written without accents, as lessons are: any accents will do

    def length_at(self, words: Sequence[Syllable], start: int) -> int:
        """Return how many words the phrase covers from ``start``; 0 where it is not."""
        at, odd, gap = start, 0, False
        for part in self.parts:
            if part is None:
                gap = True
                continue
            end = min(at + (LONGEST_GAP if gap else 0) + 1, len(words))
            seen = next((n for n in range(at, end) if words[n].plain == part.plain), -1)
            if seen < 0:
                return 0
            odd += words[seen].has_accents and words[seen].exact != part.exact and not self.is_plain
            at, gap = seen + 1, False
        return at - start if odd * 3 <= len(self.parts) and not self._is_in_doubt(words[start]) else 0

    def _is_in_doubt(self, word: Syllable) -> bool:
        """Say whether a phrase of one accented word meets one typed without: "do" is not "đò"."""
        first = self.parts[0]
        return len(self.parts) == 1 and first is not None and first.has_accents and not word.has_accents


class PhraseBook:
    """Phrases with the key each stands for, looked up by their first word."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        self._by_first: dict[str, list[tuple[_Phrase, int]]] = defaultdict(list)
        for written, key in entries:
            parts: list[Syllable | None] = []
            for piece in written.split(GAP):
                parts += [*syllables(piece), None]
            parts.pop()
            if parts and parts[0] is not None:
                is_plain = len(parts) > 1 and not any(part and part.has_accents for part in parts)
                self._by_first[parts[0].plain].append((_Phrase(tuple(parts), is_plain), key))

    def at(self, words: Sequence[Syllable], start: int) -> list[tuple[int, int]]:
        """Return (words covered, key) of every phrase that begins at ``start``."""
        there = self._by_first.get(words[start].plain, ())
        return [(length, key) for phrase, key in there if (length := phrase.length_at(words, start))]

    def keys_in(self, words: Sequence[Syllable]) -> set[int]:
        """Return the keys of all phrases that occur anywhere."""
        return {key for start in range(len(words)) for _, key in self.at(words, start)}

    def places_in(self, words: Sequence[Syllable]) -> set[int]:
        """Return the places that all phrases cover."""
        return {
            place
            for start in range(len(words))
            for length, _ in self.at(words, start)
            for place in range(start, start + length)
        }

    def phrases(self) -> Iterator[tuple[Syllable, ...]]:
        """Return every stretch of words without a gap."""
        for there in self._by_first.values():
            for phrase, _ in there:
                stretch: list[Syllable] = []
                for part in (*phrase.parts, None):
                    if part is not None:
                        stretch.append(part)
                    elif stretch:
                        yield tuple(stretch)
                        stretch = []


class Scattered:
    """Phrases of several words, found when all their words stand near each other, in any order."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        phrases = [(words, key) for written, key in entries if len(words := syllables(written)) > 1]
        usual = Counter(word for words, _ in phrases for word in {one.plain for one in words})
        self._by_rarest: dict[str, list[tuple[dict[str, str], int]]] = defaultdict(list)
        for words, key in phrases:
            rarest = min((word.plain for word in words), key=lambda word: usual[word])
            self._by_rarest[rarest].append(({word.plain: word.exact for word in words}, key))

    def within(self, words: Sequence[Syllable]) -> list[tuple[frozenset[int], int]]:
        """Return (places, key) of every phrase whose words stand within reach, those that say most first."""
        places: dict[str, list[int]] = defaultdict(list)
        for n, word in enumerate(words):
            places[word.plain].append(n)
        found: list[tuple[frozenset[int], int]] = []
        for rarest in places:
            for parts, key in self._by_rarest.get(rarest, ()):
                if not parts.keys() <= places.keys():
                    continue
                at = _tightest([places[part] for part in parts])
                odd = sum(words[n].has_accents and words[n].exact != parts[words[n].plain] for n in at)
                if max(at) - min(at) < len(parts) + REACH and odd * 3 <= len(parts):
                    found.append((frozenset(at), key))
        found.sort(key=lambda pair: (-len(pair[0]), max(pair[0]) - min(pair[0]), pair[1]))
        return found


def _tightest(choices: list[list[int]]) -> list[int]:
    """Choose a place for each word so that all stand close: around the word with the fewest places."""
    tries = [[_nearest(here, places) for places in choices] for here in min(choices, key=len)]
    return min(tries, key=lambda at: max(at) - min(at))


def _nearest(here: int, places: list[int]) -> int:
    return min(places, key=lambda place: abs(place - here))


class Lexicon:
    """How questions are read. Built once from ``Words``; own synonyms take the place of shipped ones."""

    def __init__(self, words: Words, own: Sequence[Synonym] = ()) -> None:
        self.words = words
        self._meanings: list[Meaning] = []
        entries = self._entries(words.synonyms, own)
        self.synonyms = PhraseBook(entries)
        self.scattered = Scattered(entries)
        self.fillers = PhraseBook((filler, 0) for filler in words.fillers)
        self.deeds_asked = PhraseBook((ask, n) for n, deed in enumerate(words.deeds) for ask in deed.asks)
        self.deeds_named = PhraseBook((name, n) for n, deed in enumerate(words.deeds) for name in deed.names)
        self.special_named = PhraseBook((case.name, n) for n, case in enumerate(words.special))
        self.special_asked = PhraseBook(
            (ask, n) for n, case in enumerate(words.special) for ask in case.asked
        )
        self._said_alike = [syllables(alike[0]) for alike in words.same]
        self._same = PhraseBook((one, n) for n, alike in enumerate(words.same) for one in alike)
        self.levels_asked = PhraseBook(
            (ask, n) for n, level in enumerate(words.levels) for ask in level.asked
        )

    def in_one_way(self, words: Sequence[Syllable]) -> list[Syllable]:
        """Return the words, those that say one thing said in one way: "heo" as "lợn", "bhyt" in full."""
        told: list[Syllable] = []
        at = 0
        while at < len(words):
            length, key = max(self._same.at(words, at), default=(0, 0))
            told += self._said_alike[key] if length else [words[at]]
            at += max(length, 1)
        return told

    def _entries(self, shipped: Sequence[Synonym], own: Sequence[Synonym]) -> list[tuple[str, int]]:
        replaced = {plain_words(say) for synonym in own if synonym.means for say in synonym.says}
        entries: list[tuple[str, int]] = []
        for synonym in [*shipped, *own]:
            self._meanings.append(
                Meaning(tuple((mean, plain_words(mean)) for mean in synonym.means), synonym.codes)
            )
            is_own = synonym in own
            entries += [
                (say, len(self._meanings) - 1)
                for say in synonym.says
                if is_own or plain_words(say) not in replaced
            ]
        return entries

    def scattered_spans(
        self, words: Sequence[Syllable], known: Sequence[Span]
    ) -> list[tuple[list[int], Meaning]]:
        """Return (places, meaning) of phrases whose words are there but apart, that no span covers already."""
        covered = [frozenset(range(span.start, span.end)) for span in known]
        taken: list[frozenset[int]] = []
        found: list[tuple[list[int], Meaning]] = []
        told = {id(span.meaning) for span in known}
        for places, key in self.scattered.within(words):
            if id(self._meanings[key]) in told or any(places <= one for one in (*covered, *taken)):
                continue
            told.add(id(self._meanings[key]))
            taken.append(places)
            found.append((sorted(places), self._meanings[key]))
        return found[:MOST_SCATTERED]

    def spans(self, words: Sequence[Syllable]) -> list[Span]:
        """Return the stretches that stand for something: the choice that covers most, long phrases first.

        Several meanings of the same stretch become one span each.
        """
        best: list[tuple[float, list[Span]]] = [(0.0, [])] * (len(words) + 1)
        for start in range(len(words) - 1, -1, -1):
            best[start] = best[start + 1]
            by_length: dict[int, list[int]] = defaultdict(list)
            for length, key in self.synonyms.at(words, start):
                by_length[length].append(key)
            for length, keys in by_length.items():
                worth = length**1.6 + best[start + length][0]
                if worth > best[start][0]:
                    here = [Span(start, start + length, self._meanings[key]) for key in dict.fromkeys(keys)]
                    best[start] = (worth, here + best[start + length][1])
        return best[0][1]
