"""Find procedures by the words people use: one index in each process, rebuilt when the catalogue changes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

import yaml
from django.db.models import Count, Max, Sum

from motcua.domain.catalogue.models import DeclinedCandidate, OwnSynonym, RecordVersion, SearchChoice
from motcua.domain.catalogue.queries.procedures import definitions_in_force
from motcua.domain.catalogue.queries.records import catalogue_stamp, search_rows
from motcua.domain.catalogue.rules import finding
from motcua.domain.catalogue.rules.records import content, derived
from motcua.domain.catalogue.types import ProcedureView, Record
from motcua.domain.catalogue.types.finding import (
    Candidate,
    Filters,
    Found,
    Hit,
    Synonym,
    SynonymId,
    SynonymOrigin,
    SynonymView,
    Words,
)
from motcua.domain.catalogue.types.record_views import SearchRow
from motcua.kernel.clock import local_date, now

STAMP_TRUSTED_FOR_S = 1.0
MOST_DEFINED: Final = 200  #: hits that are looked through for procedures with a definition
_FILES: Final = Path(__file__).parents[1] / "finding"


@dataclass(slots=True)
class _Memory:
    """The index of this process: of one day, one state of the catalogue and of the synonyms."""

    stamp: str = ""
    read_at: float = float("-inf")
    index: finding.Index | None = None
    lock: Lock = field(default_factory=Lock)

    def fresh(self) -> finding.Index:
        """Return the index; look at the stamp at most once a second. Who sees a change rebuilds, others go on."""
        known = self.index
        if known is not None and monotonic() - self.read_at < STAMP_TRUSTED_FOR_S:
            return known
        if not self.lock.acquire(blocking=known is None) and known is not None:
            return known
        try:
            return self._looked_at()
        finally:
            self.lock.release()

    def _looked_at(self) -> finding.Index:
        on = local_date(now())
        stamp = f"{on} {catalogue_stamp()} {_synonym_stamp()}"
        if self.index is None or stamp != self.stamp:
            lexicon = finding.Lexicon(shipped_words(), [view.synonym for view in own_synonyms()])
            self.index, self.stamp = finding.Index(list(search_rows(on=on)), lexicon), stamp
        self.read_at = monotonic()
        return self.index


_memory = _Memory()


def forget_index() -> None:
    """Let the next question look at the stamp again; whoever changes rows calls this in their process."""
    _memory.read_at = float("-inf")


def search(question: str, *, filters: Filters = finding.NO_FILTERS, limit: int = 20) -> Found:
    """Return the procedures in force today that answer a question, best first, with reasons and counts.

    Accents, case, abbreviations, everyday words and slips of the fingers are understood; a code or the beginning
    of one is enough. Costs no query unless the catalogue changed.
    """
    return finding.find(question, _memory.fresh(), filters=filters, limit=limit)


def suggest(question: str, *, limit: int = 6) -> list[Hit]:
    """Return hits for a question still being typed."""
    return finding.suggest(question, _memory.fresh(), limit=limit)


def browse(*, filters: Filters = finding.NO_FILTERS, limit: int = 50, start: int = 0) -> Found:
    """Return the procedures in force today that pass the filters, by prior and name, from ``start`` on."""
    return finding.browse(_memory.fresh(), filters=filters, limit=limit, start=start)


def search_rows_of(codes: Iterable[str]) -> dict[str, SearchRow]:
    """Return what the search knows of some procedures in force today, by code; no query."""
    index = _memory.fresh()
    return {code: index.entries[index.by_code[code]].row for code in codes if code in index.by_code}


def search_definitions(question: str, *, on: date, limit: int = 20) -> list[ProcedureView]:
    """Return the procedures with a definition in force on a day that answer a question, best first."""
    hits = search(question, limit=MOST_DEFINED).hits
    defined = definitions_in_force({hit.code for hit in hits if hit.row.has_definition}, on=on)
    return [defined[hit.code] for hit in hits if hit.code in defined][:limit]


def records_of(codes: set[str], *, on: date) -> dict[str, Record]:
    """Return the records of several procedures in force on a day, by code; those definitions imply included."""
    rows = RecordVersion.objects.public(on).filter(code__in=codes).values_list("code", "content")
    found = {code: content.restored(data) for code, data in rows}
    rest = codes - set(found)
    if rest:
        views = definitions_in_force(rest, on=on)
        found |= {code: derived.record_of(view.definition) for code, view in views.items()}
    return found


@lru_cache(maxsize=1)
def shipped_words() -> Words:
    """Return how questions are read, as it is shipped."""
    everyday = sorted((_FILES / "everyday").glob("*.yaml"))
    words, synonyms, *phrases = (
        yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for file in (_FILES / "words.yaml", _FILES / "synonyms.yaml", *everyday)
    )
    return finding.read_words(words, synonyms, phrases)


def own_synonyms(*, retired: bool = False) -> list[SynonymView]:
    """Return the synonyms of this node, newest first; with ``retired`` also those that no longer count."""
    rows = OwnSynonym.objects.all() if retired else OwnSynonym.objects.counting()
    return [
        SynonymView(
            SynonymId(row.pk),
            Synonym(tuple(row.says), tuple(row.means), tuple(row.codes)),
            SynonymOrigin(row.origin),
            row.added_at,
            row.added_by,
            row.retired_at,
        )
        for row in rows.order_by("-added_at", "-pk")
    ]


def candidates(*, least: int = 5, limit: int = 50) -> list[Candidate]:
    """Return what people's choices teach: words that end in one procedure more often than not.

    Only of the last twelve months, at least ``least`` times, and not where the search puts it first already.
    """
    since = local_date(now()) - timedelta(days=365)
    chosen: dict[str, dict[str, int]] = defaultdict(dict)
    rows = SearchChoice.objects.filter(month__gte=since).values_list("question", "code")
    for question, code, times in rows.annotate(sum=Sum("times")).order_by():
        chosen[question][code] = times
    declined = set(DeclinedCandidate.objects.values_list("question", "code"))
    found = []
    for question, codes in chosen.items():
        code, times = max(codes.items(), key=lambda pair: pair[1])
        asked = sum(codes.values())
        if times < least or times * 2 <= asked or (question, code) in declined:
            continue
        hits = search(question, limit=1).hits
        row = search_rows_of([code]).get(code)
        if row and not (hits and hits[0].code == code):
            found.append(Candidate(question, code, row.name, times, asked))
    return sorted(found, key=lambda one: -one.chosen)[:limit]


def _synonym_stamp() -> str:
    facts = OwnSynonym.objects.aggregate(n=Count("pk"), added=Max("added_at"), retired=Max("retired_at"))
    return f"{facts['n']}-{facts['added']}-{facts['retired']}"
