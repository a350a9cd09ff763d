"""Questions that must be answered and cannot be."""

from collections.abc import Iterator

from motcua.domain.catalogue.rules.proof.parts import answered, when_asked
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.rules.proof.worlds import Goal
from motcua.domain.catalogue.types import Finding, FindingClass, FormField, Severity


def findings(search: Search) -> Iterator[Finding]:
    """Yield the questions that no answer satisfies."""
    for s, section in enumerate(search.definition.sections):
        for f, question in enumerate(section.fields):
            yield from _of(search, question, f"sections.{s}.fields.{f}")


def _of(search: Search, question: FormField, where: str) -> Iterator[Finding]:
    if question.compute is not None and question.require_when is not None:
        yield Finding(
            FindingClass.UNANSWERABLE, where, "computed_required", Severity.WARNING, _named(question)
        )
    if question.compute is None and not _has_values(search, question):
        yield Finding(FindingClass.UNANSWERABLE, where, "no_allowed_answer", facts=_named(question))
        return
    if not question.checks and question.compute is None:
        return  # whatever is allowed will do
    asked = when_asked(search.definition, question.key)
    found = search.witness(Goal(true=(*asked, answered(question.key))))
    if found.input is not None:
        return
    unchecked = search.witness(Goal(true=asked))
    what = "never_computed" if question.compute is not None else "checks_never_pass"
    if unchecked.input is None and not question.required:
        return  # it is never asked, which is told elsewhere
    severity = Severity.FAULT if found.certain else Severity.WARNING
    yield Finding(FindingClass.UNANSWERABLE, where, what, severity, _named(question), unchecked.input)


def _has_values(search: Search, question: FormField) -> bool:
    room = search.room(Goal(reads=frozenset({question.key})))
    return bool(room.options[question.key])


def _named(question: FormField) -> dict[str, str]:
    return {"question": question.key, "label": question.label.vi}
