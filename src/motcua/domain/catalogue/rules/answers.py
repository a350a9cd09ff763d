"""What a form asks, given the answers so far, and whether what was typed may stand.

The same functions serve the page, the API and the counter. Answers come back in canonical JSON (dates as ISO
text, whole numbers as int, yes/no as bool), with computed ones filled in, or are refused with one code per field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from motcua.domain.catalogue.rules import reading
from motcua.domain.catalogue.types import (
    CASE,
    CHANNEL,
    TODAY,
    BadAnswers,
    Channel,
    Definition,
    FieldType,
    FormField,
    PaperSpec,
    Section,
    StepSpec,
)
from motcua.kernel.expressions import Node, NoValue, holds, value

REQUIRED: Final = "required"
NOT_AFFIRMED: Final = "not_affirmed"
CHECK: Final = "check"  #: followed by the number of the check that fails, e.g. "check.0"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as far as it is filled: what is asked, what must be answered, and what the answers are."""

    definition: Definition
    shown: tuple[FormField, ...]
    required: frozenset[str]
    answers: Mapping[str, object]  #: of shown questions, computed ones included
    scope: Mapping[str, object]  #: what rules read: answers, today, channel, case
    case: str  #: "" where the procedure has no cases
    channel: Channel | None

    def holds(self, part: str, key: str, aspect: str, *, otherwise: bool = True) -> bool:
        """Return whether a rule of the definition holds; ``otherwise`` where there is none."""
        node = self.definition.logic.rule(part, key, aspect)
        return otherwise if node is None else holds(node, self.scope)

    @property
    def papers(self) -> tuple[PaperSpec, ...]:
        """The papers that apply."""
        return tuple(
            paper
            for paper in self.definition.papers
            if (not paper.cases or self.case in paper.cases) and self.holds("paper", paper.key, "show_when")
        )

    @property
    def required_papers(self) -> tuple[PaperSpec, ...]:
        """The papers that must be handed in."""
        return tuple(
            p for p in self.papers if self.holds("paper", p.key, "require_when", otherwise=p.required)
        )

    def missing_papers(self, present: Iterable[str]) -> tuple[PaperSpec, ...]:
        """The papers that must be handed in and are not among ``present`` keys."""
        there = set(present)
        return tuple(p for p in self.required_papers if p.key not in there and not p.presented)

    @property
    def steps(self) -> tuple[StepSpec, ...]:
        """The steps the dossier goes through."""
        return tuple(step for step in self.definition.steps if self.holds("step", step.key, "when"))


def filled(
    definition: Definition, answers: Mapping[str, object], *, today: date, channel: Channel | None = None
) -> Filled:
    """Return the form filled with canonical ``answers``, on the day and by the channel of filing."""
    questions = {f.key: (section, f) for section in definition.sections for f in section.fields}
    scope: dict[str, object] = {TODAY: today.isoformat(), CHANNEL: channel.value if channel else None}
    shown, required = set(), set()
    for key in definition.logic.order:
        if key == CASE:
            scope[CASE] = _case(definition, scope)
            continue
        section, question = questions[key]
        if not _asked(definition, section, question, scope):
            continue
        shown.add(key)
        if _required(definition, question, scope):
            required.add(key)
        answer = _answer(definition, question, answers, scope)
        if answer is not None:
            scope[key] = answer
    kept = {f.key: scope[f.key] for f in definition.fields if f.key in scope}
    case = str(scope[CASE])
    asked = tuple(f for f in definition.fields if f.key in shown)
    return Filled(definition, asked, frozenset(required), kept, scope, case, channel)


def checked(
    definition: Definition, answers: Mapping[str, object], *, today: date, channel: Channel | None = None
) -> dict[str, object]:
    """Return every applicable answer in canonical form, computed ones included.

    Answers to questions that do not apply are dropped. Raises BadAnswers(fields={key: code}) naming every
    fault at once.
    """
    clean, faults = partly_checked(definition, answers, today=today)
    form = filled(definition, clean, today=today, channel=channel)
    asked = {f.key for f in form.shown}
    faults = {key: code for key, code in faults.items() if key.partition(".")[0] in asked}
    for question in form.shown:
        if question.key not in faults and (fault := missing(question, form)):
            faults[question.key] = fault
    for question in form.shown:
        if question.key not in faults and (fault := failed_check(question, form)):
            faults[question.key] = fault
    if faults:
        raise BadAnswers(fields=faults)
    return dict(form.answers)


def partly_checked(
    definition: Definition, answers: Mapping[str, object], *, today: date, keys: Iterable[str] | None = None
) -> tuple[dict[str, object], dict[str, str]]:
    """Return (clean answers, faults) of what is there; nothing is missed for being absent.

    ``keys`` limits the check to some fields, e.g. those of one page. A fault inside a table is keyed
    ``table.row.column``, and the table itself then counts as faulty (``wrong_rows``).
    """
    wanted = None if keys is None else set(keys)
    clean: dict[str, object] = {}
    faults: dict[str, str] = {}
    for question in definition.fields:
        if (wanted is not None and question.key not in wanted) or question.compute is not None:
            continue
        answer = reading.tidied(answers.get(question.key))
        if answer is None:
            continue
        try:
            clean[question.key] = reading.read(question, answer, today)
        except reading.Wrong as wrong:
            faults |= {
                question.key: wrong.fault,
                **{f"{question.key}.{at}": f for at, f in wrong.inside.items()},
            }
    return clean, faults


def failed_check(question: FormField, form: Filled) -> str:
    """Return the code of the first check of ``question`` that fails; "" for none.

    A check that needs an answer not there yet does not fail.
    """
    for number, _ in enumerate(question.checks):
        node = form.definition.logic.rule("field", question.key, f"checks.{number}")
        if node is not None and _is_false(node, form.scope):
            return f"{CHECK}.{number}"
    return ""


def missing(question: FormField, form: Filled) -> str:
    """Return the code of what is missing of a required answer; "" for nothing."""
    if question.key not in form.required:
        return ""
    answer = form.answers.get(question.key)
    if answer is None or answer == []:
        return REQUIRED
    return NOT_AFFIRMED if question.type is FieldType.SIGNATURE and answer is not True else ""


def _is_false(node: Node, scope: Mapping[str, object]) -> bool:
    try:
        return value(node, scope) is False
    except NoValue:
        return False


def _case(definition: Definition, scope: Mapping[str, object]) -> str:
    for case in definition.cases:
        node = definition.logic.rule("case", case.key, "when")
        if node is None or holds(node, scope):
            return case.key
    return ""


def _asked(
    definition: Definition, section: Section, question: FormField, scope: Mapping[str, object]
) -> bool:
    above = definition.logic.rule("section", section.key, "show_when")
    if above is not None and not holds(above, scope):
        return False
    own = definition.logic.rule("field", question.key, "show_when")
    return own is None or holds(own, scope)


def _required(definition: Definition, question: FormField, scope: Mapping[str, object]) -> bool:
    if question.compute is not None:
        return False
    node = definition.logic.rule("field", question.key, "require_when")
    return question.required if node is None else holds(node, scope)


def _answer(
    definition: Definition, question: FormField, answers: Mapping[str, object], scope: Mapping[str, object]
) -> object:
    node = definition.logic.rule("field", question.key, "compute")
    if node is None:
        return answers.get(question.key)
    try:
        return value(node, scope)
    except NoValue:
        return None
