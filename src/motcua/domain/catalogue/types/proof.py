"""What the proof of a definition finds: a place, what is wrong there, and the answers that show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

#: Which answers the node's own registers hold: source of a prefilled answer → register. A question about one of
#: these that does not take it from there is a finding.
HELD: Final[Mapping[str, str]] = {
    f"{whom}{fact}": "identity"
    for whom in ("account.", "spouse.", "family.mother_", "family.father_")
    for fact in ("full_name", "personal_id", "born_on", "phone", "email", "address")
}
#: Known only when one files for an organisation: a question may take them from there, and need not.
FILED_FOR: Final = frozenset(f"organisation.{fact}" for fact in ("name", "full_name", "tax_code", "address"))


class Severity(StrEnum):
    FAULT = "fault"  #: the definition may not be published
    WARNING = "warning"  #: it may, but somebody should look
    EXEMPT = "exempt"  #: a leader has signed for it, with a public reason


class FindingClass(StrEnum):
    """What a finding is about. The codes are stable."""

    UNREADABLE = "unreadable"  #: not the grammar: malformed, circular, unknown names, kinds that differ
    UNREACHABLE = "unreachable"  #: a condition that can never hold
    ALWAYS = "always"  #: a condition that always holds
    UNANSWERABLE = "unanswerable"  #: a question nobody can answer as it must be
    DEAD_END = "dead_end"  #: steps that lead nowhere
    HOURS_DIFFER = "hours_differ"  #: a path whose hours are not the published limit
    FEE = "fee"  #: a fee that contradicts itself
    RULE_FAILS = "rule_fails"  #: a rule without a value for answers that are allowed
    MISSING_PART = "missing_part"  #: a mandatory part is not there
    RESULT_HOLE = "result_hole"  #: the printed result may lack what it should say
    HELD_BY_REGISTER = "held_by_register"  #: a question whose answer the node already holds
    ASKED_TWICE = "asked_twice"  #: two questions for one answer
    UNTESTED = "untested"  #: no test case of the definition looks here


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``where`` is the path in the file, ``what`` a finer stable code, ``input`` the answers."""

    kind: FindingClass
    where: str
    what: str
    severity: Severity = Severity.FAULT
    facts: Mapping[str, str] = field(default_factory=dict)
    input: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """All findings about one definition, and how far the search for them went."""

    code: str  #: "" when the file could not be read that far
    findings: tuple[Finding, ...]
    searched: int  #: inputs looked at
    exhaustive: bool  #: False when some question was searched within a budget, not to the end

    @property
    def ok(self) -> bool:
        """Return whether the definition may be published."""
        return not self.faults

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.severity is Severity.FAULT)
