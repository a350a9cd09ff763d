"""Prove a definition before it is published: each finding names the place and the answers that show it.

One file per class of finding; ``worlds`` and ``search`` find the answers for all of them.
"""

from collections.abc import Mapping

from motcua.domain.catalogue.rules import definitions
from motcua.domain.catalogue.rules.proof import (
    answerable,
    asking,
    charges,
    course,
    failing,
    mandatory,
    printed,
    reachable,
    trials,
)
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.types import HELD, BadDefinition, Definition, Finding, FindingClass, Proof

__all__ = ["prove", "prove_text"]

_SEARCHED = (
    mandatory.findings,
    reachable.findings,
    answerable.findings,
    course.findings,
    charges.findings,
    failing.findings,
    printed.findings,
)


def prove(definition: Definition, *, held: Mapping[str, str] = HELD) -> Proof:
    """Return the proof of ``definition``. ``held``: source of a prefilled answer → register of this node."""
    search = Search(definition)
    found = [finding for findings in _SEARCHED for finding in findings(search)]
    found += [*asking.findings(search, held), *trials.findings(search)]
    return Proof(definition.code, tuple(found), search.searched, search.exhaustive)


def prove_text(text: str, *, held: Mapping[str, str] = HELD) -> Proof:
    """Return the proof of the definition written in ``text``; what cannot be read are findings too."""
    try:
        definition = definitions.modelled(definitions.read(text))
    except BadDefinition as refusal:
        return Proof("", tuple(unreadable(refusal)), 0, exhaustive=True)
    return prove(definition, held=held)


def unreadable(refusal: BadDefinition) -> list[Finding]:
    """Return the faults of a definition that does not follow the grammar, as findings."""
    faults = refusal.facts["faults"]
    assert isinstance(faults, list)
    return [
        Finding(
            FindingClass.UNREADABLE,
            str(fault["where"]),
            str(fault["what"]),
            facts={"says": str(fault["says"])},
        )
        for fault in faults
    ]
