"""Ranking: how near each procedure is to a question, and why."""

import heapq
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.domain.catalogue.rules.finding.index import Entry, Index
from motcua.domain.catalogue.rules.finding.narrowing import NO_FILTERS, admits, counts
from motcua.domain.catalogue.rules.finding.phrases import Near
from motcua.domain.catalogue.rules.finding.reading import Alternative, Concept, Reading, begun, read
from motcua.domain.catalogue.rules.finding.text import PAIR
from motcua.domain.catalogue.types.finding import Because, Filters, Found, Hit, Reason
from motcua.domain.catalogue.types.record_views import SearchRow

LOOKED_AT_CLOSELY: Final = 150  #: procedures that are ranked finely
FAR: Final = 0.3  #: below this share of the best score a procedure is no answer
HOPELESS: Final = 0.12  #: share of the best rough score below which nothing brings a procedure back
NOISE: Final = 0.2  #: share of the best score below which a wording is not held
PAIR_WEIGHT: Final = 0.6
FIT: Final = 0.3  #: how much of the score depends on how much of the name was asked for
LEVEL_ASKED: Final = 1.12
OTHER_LEVEL: Final = 0.92
EVERYDAY: Final = 1.0  #: worth of an everyday phrase that is the question itself
CURVE: Final = 1.8  #: how much less a phrase counts that is only half like the question
LIKE: Final = 0.3  #: likeness below which an everyday phrase says nothing
ACCENTS: Final = 0.06  #: bonus when the accents typed are those of the name
WORTH_SAYING: Final = 0.5  #: likeness from which an everyday phrase is a reason
WORTH_TELLING: Final = 0.25  #: how much of a concept a procedure must hold for it to be a reason
_CODE: Final = re.compile(r"^\s*(?P<base>[1-9]\.\d{1,6})(?:\.[\w.]*)?\s*$")
_WHOLE: Final = 8  #: characters of a base code

Scores = dict[int, float]


@dataclass(frozen=True, slots=True)
class _Scored:
    concept: Concept
    by_alternative: tuple[tuple[Alternative, Scores], ...]
    best: Scores


def find(question: str, index: Index, *, filters: Filters = NO_FILTERS, limit: int = 20) -> Found:
    """Return the procedures that answer a question, best first."""
    if code := _CODE.match(question):
        return _by_code(question, code["base"], index, filters, limit)
    reading = read(question, index)
    scored = [_scored(concept, index) for concept in reading.concepts]
    everyday = index.phrases.nearest(reading.words, least=LIKE)
    ranked = _ranked(scored, everyday, reading, index)
    rows = [index.entries[number].row for number, _ in ranked]
    admitted = [(number, score) for number, score in ranked if admits(filters, index.entries[number].row)]
    hits = tuple(
        _hit(number, score, scored, everyday.get(number), index) for number, score in admitted[:limit]
    )
    return Found(question, hits, len(admitted), reading.did_you_mean, counts(rows, filters))


def browse(index: Index, *, filters: Filters = NO_FILTERS, limit: int, start: int = 0) -> Found:
    """Return the procedures that pass the filters: what most people need first, then by name."""
    ordered = sorted(index.entries, key=lambda entry: (-entry.prior, entry.row.name))
    admitted = [entry for entry in ordered if admits(filters, entry.row)]
    hits = tuple(Hit(e.row.code, e.row.name, e.prior, (), e.row) for e in admitted[start : start + limit])
    return Found("", hits, len(admitted), "", counts((entry.row for entry in ordered), filters))


def suggest(question: str, index: Index, *, limit: int = 6) -> list[Hit]:
    """Return hits for a question still being typed: its last word may be the beginning of one."""
    hits: dict[str, Hit] = {}
    for text in begun(question, index, most=3) or [question]:
        for hit in find(text, index, limit=limit).hits:
            if hit.code not in hits or hits[hit.code].score < hit.score:
                hits[hit.code] = hit
    return sorted(hits.values(), key=lambda hit: -hit.score)[:limit]


def _by_code(question: str, base: str, index: Index, filters: Filters, limit: int) -> Found:
    if len(base) >= _WHOLE:
        codes = [base[:_WHOLE]] if base[:_WHOLE] in index.by_code else []
    else:
        codes = sorted(code for code in index.by_code if code.startswith(base))
    rows = [index.entries[index.by_code[code]].row for code in codes]
    admitted = [row for row in rows if admits(filters, row)]
    hits = tuple(
        Hit(row.code, row.name, 1.0, (Reason(Because.CODE, base, row.code),), row) for row in admitted[:limit]
    )
    return Found(question, hits, len(admitted), "", counts(rows, filters))


def _scored(concept: Concept, index: Index) -> _Scored:
    by_alternative = tuple((one, _remembered(one, index)) for one in concept.alternatives)
    first, first_scores = by_alternative[0]
    if len(by_alternative) == 1 and first.weight == 1.0:
        return _Scored(concept, by_alternative, first_scores)
    best = {number: score * first.weight for number, score in first_scores.items()}
    for alternative, scores in by_alternative[1:]:
        for number, score in scores.items():
            worth = score * alternative.weight
            if worth > best.get(number, 0.0):
                best[number] = worth
    return _Scored(concept, by_alternative, best)


def _remembered(alternative: Alternative, index: Index) -> Scores:
    """Return the scores of an alternative; those of the wording of the law are kept, since they come again."""
    if not alternative.written:
        return _scores(alternative, index)
    known = index.remembered.get(alternative.words)
    if known is None:
        scores = _scores(alternative, index)
        floor = NOISE * max(scores.values(), default=0.0)
        known = {number: score for number, score in scores.items() if score >= floor}
        index.remembered[alternative.words] = known
    return known


def _scores(alternative: Alternative, index: Index) -> Scores:
    """Return how much of the alternative each procedure holds, 0 to 1."""
    if alternative.codes:
        return {index.by_code[code]: 1.0 for code in alternative.codes if code in index.by_code}
    words = alternative.words
    if len(words) == 1:
        posting = index.postings.get(words[0])
        return dict(zip(posting.numbers, posting.worth, strict=True)) if posting else {}
    terms = [(word, 1.0) for word in dict.fromkeys(words)]
    terms += [(f"{one}{PAIR}{two}", PAIR_WEIGHT) for one, two in itertools.pairwise(words)]
    held: Scores = {}
    whole = 0.0
    for term, share in terms:
        idf = index.idf.get(term)
        if idf is None:
            continue
        weight = idf * share
        whole += weight
        posting = index.postings[term]
        for number, worth in zip(posting.numbers, posting.worth, strict=True):
            held[number] = held.get(number, 0.0) + weight * worth
    return {number: score / whole for number, score in held.items()} if whole else {}


def _ranked(
    scored: Sequence[_Scored], everyday: Mapping[int, Near], reading: Reading, index: Index
) -> list[tuple[int, float]]:
    whole = sum(one.concept.weight for one in scored)
    rough: Scores = {}
    for one in scored:
        share = one.concept.weight / whole
        for number, score in one.best.items():
            rough[number] = rough.get(number, 0.0) + share * score
    hopeless = HOPELESS * max(rough.values(), default=0.0)
    hopeful = (
        (score * index.entries[number].prior, number) for number, score in rough.items() if score >= hopeless
    )
    near = [number for _, number in heapq.nlargest(LOOKED_AT_CLOSELY, hopeful)]
    wanted = _wanted_words(reading)
    fine = []
    for number in dict.fromkeys((*near, *everyday)):
        entry = index.entries[number]
        score = rough.get(number, 0.0) * _fineness(entry, wanted, reading, index)
        if number in everyday:
            score += EVERYDAY * everyday[number].likeness ** CURVE * _circumstances(entry, reading, index)
        fine.append((number, score))
    fine.sort(key=lambda pair: (-pair[1], index.entries[pair[0]].row.code))
    floor = fine[0][1] * FAR if fine else 0.0
    return [pair for pair in fine if pair[1] >= floor]


def _wanted_words(reading: Reading) -> frozenset[str]:
    of_concepts = (alternative.words for one in reading.concepts for alternative in one.alternatives)
    return frozenset(part for words in of_concepts for word in words for part in word.split(PAIR))


def _fineness(entry: Entry, wanted: frozenset[str], reading: Reading, index: Index) -> float:
    """Return the factors of one procedure: name, deed, special cases, level, accents, prior."""
    factor = _circumstances(entry, reading, index)
    factor *= _fit(entry, wanted, index) * _deed(entry, reading, index)
    accented = [word for word in reading.accented if word.plain in entry.name_set]
    if accented:
        factor *= 1 + ACCENTS * sum(word.exact in entry.name_exact for word in accented) / len(accented)
    return factor


def _circumstances(entry: Entry, reading: Reading, index: Index) -> float:
    """Return how likely it is that the question is about the cases a procedure is for."""
    factor = entry.prior * _level(entry, reading, index)
    for case in entry.special:
        if case not in reading.special:
            factor *= index.lexicon.words.special[case].factor
    return factor


def _fit(entry: Entry, wanted: frozenset[str], index: Index) -> float:
    """Prefer the name that says no more than was asked."""
    if wanted.isdisjoint(entry.name_set):
        return 1 - FIT
    asked = sum(index.idf[word] for word in entry.name_words if word in wanted)
    whole = index.names_worth[index.by_code[entry.row.code]]
    return 1 - FIT + FIT * (asked / whole if whole else 0.0)


def _deed(entry: Entry, reading: Reading, index: Index) -> float:
    words = index.lexicon.words
    if reading.deeds:
        there = bool(reading.deeds & entry.deeds)
        return words.deed_asked_and_there if there else words.deed_asked_and_missing
    return words.deed_there_and_not_asked if entry.deeds and not _also_first(entry) else 1.0


def _also_first(entry: Entry) -> bool:
    """Say whether a name names the plain case beside another: "Cấp, cấp lại …"."""
    return entry.name_words[:2] in {("cap", "cap"), ("dang", "ki")} or "moi" in entry.name_words[:2]


def _level(entry: Entry, reading: Reading, index: Index) -> float:
    asked = {index.lexicon.words.levels[number].level for number in reading.levels}
    if not asked:
        return 1.0
    return LEVEL_ASKED if asked & set(entry.row.levels) else OTHER_LEVEL


def _hit(number: int, score: float, scored: Iterable[_Scored], everyday: Near | None, index: Index) -> Hit:
    row: SearchRow = index.entries[number].row
    reasons = _reasons(number, scored)
    if everyday and everyday.likeness >= WORTH_SAYING:
        reasons.insert(0, Reason(Because.EVERYDAY, everyday.phrase))
    return Hit(row.code, row.name, round(score, 4), tuple(reasons), row)


def _reasons(number: int, scored: Iterable[_Scored]) -> list[Reason]:
    words: list[str] = []
    reasons: list[Reason] = []
    for one in scored:
        if one.best.get(number, 0.0) < WORTH_TELLING:
            continue
        by = max(one.by_alternative, key=lambda pair: pair[1].get(number, 0.0) * pair[0].weight)[0]
        if one.concept.corrected:
            reasons.append(Reason(Because.CORRECTED, one.concept.asked, one.concept.corrected))
        if by.codes:
            reasons.append(Reason(Because.CHOSEN, one.concept.asked))
        elif by.written:
            reasons.append(Reason(Because.SYNONYM, one.concept.asked, by.written))
        else:
            words += [word for word in one.concept.asked.split() if word not in words]
    if words:
        reasons.append(Reason(Because.WORDS, " ".join(words)))
    return reasons
