"""Mandatory parts of a procedure, in both languages.

Source: Decree 63/2010/NĐ-CP, article 8 § 2 (parts that constitute an administrative procedure); Decision
766/QĐ-TTg (2022), criterion 1.3.
"""

from collections.abc import Iterator

from pydantic import BaseModel

from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.types import Definition, Finding, FindingClass, Severity, Words

_LEAST_WORDS = 3  #: a shorter text may well be the same in both languages, such as a name


def findings(search: Search) -> Iterator[Finding]:
    """Yield the parts that are blank or were not translated."""
    definition = search.definition
    for where, text in _texts(definition):
        if not text.strip():
            yield Finding(FindingClass.MISSING_PART, where, "blank", facts={"part": where})
    yield from _dossier(definition)
    if not definition.ministry.strip():
        facts = {"part": "ministry"}
        yield Finding(FindingClass.MISSING_PART, "ministry", "blank", Severity.WARNING, facts)
    if not definition.result.signatures and definition.result.template == "official":
        yield Finding(FindingClass.MISSING_PART, "result.signatures", "nobody_signs")
    for where, words in _words(definition, ""):
        if words.vi == words.en and len(words.vi.split()) >= _LEAST_WORDS:
            severity = Severity.FAULT if "." not in where else Severity.WARNING
            facts = {"part": where, "text": words.vi}
            yield Finding(FindingClass.MISSING_PART, where, "not_translated", severity, facts)


def _texts(definition: Definition) -> Iterator[tuple[str, str]]:
    yield "decision", definition.decision
    yield "result.symbol", definition.result.symbol
    for n, basis in enumerate(definition.legal_basis):
        yield f"legal_basis.{n}.number", basis.number
        yield f"legal_basis.{n}.title", basis.title


def _dossier(definition: Definition) -> Iterator[Finding]:
    """The dossier and how many copies of each component."""
    if not definition.papers:
        facts = {"part": "papers"}
        yield Finding(FindingClass.MISSING_PART, "papers", "no_papers", Severity.WARNING, facts)
    for n, paper in enumerate(definition.papers):
        if not paper.presented and not paper.originals and not paper.copies:
            facts = {"part": paper.key}
            yield Finding(FindingClass.MISSING_PART, f"papers.{n}", "no_copies", facts=facts)


def _words(part: object, path: str) -> Iterator[tuple[str, Words]]:
    """Yield every text in two languages with its path."""
    if isinstance(part, Words):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _words(getattr(part, name), f"{path}.{name}" if path else name)
    elif isinstance(part, tuple):
        for n, each in enumerate(part):
            yield from _words(each, f"{path}.{n}")
