"""Questions that need not be asked: the node knows, or the form has asked already.

Source: Decree 118/2025/NĐ-CP and Decree 45/2020/NĐ-CP: nobody is asked for what the State's databases hold. A
leader may sign a public exemption (``asked_anyway``) with a reason.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from motcua.domain.catalogue.rules.proof.parts import path_of, when_asked
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.rules.proof.worlds import Goal
from motcua.domain.catalogue.types import FILED_FOR, FieldType, Finding, FindingClass, FormField, Severity

#: How the key of a question says whom it is about → where the answer would come from.
_THE_ACCOUNT: Final = ("applicant", "declarant", "requester", "account", "my")
_ABOUT: Final[Mapping[str, str]] = {
    **dict.fromkeys((*_THE_ACCOUNT, "owner"), "account."),
    **dict.fromkeys(("spouse", "wife", "husband"), "spouse."),
    "mother": "family.mother_",
    "father": "family.father_",
    **dict.fromkeys(("organisation", "company", "enterprise"), "organisation."),
}
#: How the rest of the key says what is asked → which fact.
_FACTS: Final[Mapping[str, str]] = {
    "name": "full_name",
    "full_name": "full_name",
    "personal_id": "personal_id",
    "born_on": "born_on",
    "birthday": "born_on",
    "date_of_birth": "born_on",
    "address": "address",
    "residence": "address",
    "phone": "phone",
    "email": "email",
    "tax_code": "tax_code",
}
_TYPES: Final[Mapping[str, frozenset[FieldType]]] = {
    "full_name": frozenset({FieldType.TEXT}),
    "personal_id": frozenset({FieldType.PERSONAL_ID, FieldType.TEXT}),
    "born_on": frozenset({FieldType.DATE, FieldType.PARTIAL_DATE}),
    "address": frozenset({FieldType.ADDRESS}),
    "phone": frozenset({FieldType.PHONE, FieldType.TEXT}),
    "email": frozenset({FieldType.EMAIL, FieldType.TEXT}),
    "tax_code": frozenset({FieldType.TAX_CODE, FieldType.TEXT}),
}


def findings(search: Search, held: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the questions that need not be asked. ``held``: source of a prefilled answer → register."""
    yield from _held(search, held)
    yield from _twice(search)


def _held(search: Search, held: Mapping[str, str]) -> Iterator[Finding]:
    exempt = {asked.field: asked for asked in search.definition.asked_anyway}
    for question in search.definition.fields:
        where, source = path_of(search.definition, question.key), source_of(question)
        if question.prefill:
            if not question.prefill.startswith(("register.", "dossier.")) and question.prefill not in {
                *held,
                *FILED_FOR,
            }:
                facts = {"question": question.label.vi, "source": question.prefill}
                yield Finding(
                    FindingClass.HELD_BY_REGISTER, f"{where}.prefill", "no_source", Severity.WARNING, facts
                )
            continue
        if question.compute is not None or source not in held or not _is_sure(search, question):
            continue
        facts = {"question": question.label.vi, "source": source, "register": held[source]}
        if asked := exempt.get(question.key):
            facts |= {"reason": asked.reason.vi, "signed_by": asked.signed_by, "decision": asked.decision}
            yield Finding(FindingClass.HELD_BY_REGISTER, where, "exempt", Severity.EXEMPT, facts)
        else:
            yield Finding(FindingClass.HELD_BY_REGISTER, where, "held", facts=facts)


def _is_sure(search: Search, question: FormField) -> bool:
    """An owner or a mother may be anybody's: the one meant is known where other facts of theirs are taken over."""
    about = question.key.partition("_")[0]
    return about in _THE_ACCOUNT or any(
        other.key.startswith(f"{about}_") and other.prefill.startswith(_ABOUT[about])
        for other in search.definition.fields
    )


def source_of(question: FormField) -> str:
    """Return where the answer to a question about a person would come from; "" if it is not such a question."""
    about, _, rest = question.key.partition("_")
    fact = _FACTS.get(rest, "")
    if about not in _ABOUT or question.type not in _TYPES.get(fact, frozenset()):
        return ""
    return f"{_ABOUT[about]}{fact}"


def _twice(search: Search) -> Iterator[Finding]:
    """Questions of one section with the same words, and questions with the same source, asked together."""
    definition, seen = search.definition, dict[tuple[str, str], FormField]()
    exempt = {asked.field for asked in definition.asked_anyway}
    for section in definition.sections:
        for question in section.fields:
            marks = [(f"label.{section.key}", question.label.vi.casefold())]
            marks += [("prefill", question.prefill)] if question.prefill else []
            for kind, mark in marks:
                first = seen.setdefault((kind, mark), question)
                if first is question:
                    continue
                what = "same_source" if kind == "prefill" else "same_words"
                if finding := _asked_together(search, first, question, what, exempt=question.key in exempt):
                    yield finding


def _asked_together(
    search: Search, first: FormField, question: FormField, what: str, *, exempt: bool
) -> Finding | None:
    definition = search.definition
    both = (*when_asked(definition, first.key), *when_asked(definition, question.key))
    found = search.witness(Goal(true=both))
    if found.input is None:
        return None
    facts = {"question": question.label.vi, "first": first.key}
    severity = Severity.FAULT if what == "same_words" else Severity.WARNING  # another person may be meant
    severity = Severity.EXEMPT if exempt else severity
    where = path_of(definition, question.key)
    return Finding(FindingClass.ASKED_TWICE, where, what, severity, facts, found.input or None)
