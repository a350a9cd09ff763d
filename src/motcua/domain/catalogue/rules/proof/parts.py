"""What of a definition a rule belongs to, and when that part applies at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.domain.catalogue.rules.proof.worlds import one_of
from motcua.domain.catalogue.types import CASE, CHANNEL, Definition, FeeSpec
from motcua.kernel.expressions import Node
from motcua.kernel.expressions.trees import Binary, Literal, Name


@dataclass(frozen=True, slots=True)
class Conditional:
    """A part that applies only sometimes: inside what (``within``), and under which ``own`` conditions."""

    part: str  #: section, question, paper, case, step, fee, reduction
    where: str
    own: tuple[Node, ...]
    within: tuple[Node, ...] = ()
    inside: str = ""  #: path of the part it stands in


def conditionals(definition: Definition) -> Iterator[Conditional]:
    """Yield every part of ``definition`` that has a condition, a case or a channel, outer parts first."""
    logic = definition.logic
    for s, section in enumerate(definition.sections):
        above = _some(logic.rule("section", section.key, "show_when"))
        yield Conditional("section", f"sections.{s}.show_when", above)
        for f, question in enumerate(section.fields):
            own = _some(logic.rule("field", question.key, "show_when"))
            where = f"sections.{s}.fields.{f}.show_when"
            yield Conditional("question", where, own, above, f"sections.{s}.show_when")
    for p, paper in enumerate(definition.papers):
        own = (*one_of(CASE, paper.cases), *_some(logic.rule("paper", paper.key, "show_when")))
        yield Conditional("paper", f"papers.{p}.{'show_when' if paper.show_when else 'cases'}", own)
    for c, case in enumerate(definition.cases):
        where = f"cases.{c}.when" if case.when else f"cases.{c}"
        yield Conditional("case", where, (Binary("==", Name(CASE), Literal(case.key)),))
    for n, step in enumerate(definition.steps):
        yield Conditional("step", f"steps.{n}.when", _some(logic.rule("step", step.key, "when")))
    for n, fee in enumerate(definition.fees):
        owed = when_owed(definition, fee)
        yield Conditional("fee", f"fees.{n}{_aspect(fee)}", owed)
        for r, reduction in enumerate(fee.reductions):
            rule = logic.rule("reduction", f"{fee.key}.{reduction.key}", "when")
            where = f"fees.{n}.reductions.{r}.{'when' if reduction.when else 'channels'}"
            given = (*one_of(CHANNEL, reduction.channels), *_some(rule))
            yield Conditional("reduction", where, given, owed, f"fees.{n}{_aspect(fee)}")


def when_owed(definition: Definition, fee: FeeSpec) -> tuple[Node, ...]:
    """Return the conditions under which ``fee`` is owed."""
    rule = definition.logic.rule("fee", fee.key, "when")
    return (*one_of(CASE, fee.cases), *one_of(CHANNEL, fee.channels), *_some(rule))


def when_asked(definition: Definition, key: str) -> tuple[Node, ...]:
    """Return the conditions under which question ``key`` is asked."""
    section = next(s for s in definition.sections if any(f.key == key for f in s.fields))
    rules = (
        definition.logic.rule("section", section.key, "show_when"),
        definition.logic.rule("field", key, "show_when"),
    )
    return tuple(rule for rule in rules if rule is not None)


def path_of(definition: Definition, key: str) -> str:
    """Return the path of question ``key`` in the file."""
    return next(
        f"sections.{s}.fields.{f}"
        for s, section in enumerate(definition.sections)
        for f, question in enumerate(section.fields)
        if question.key == key
    )


def answered(key: str) -> Node:
    """Return the condition that question ``key`` has an answer."""
    return Binary("!=", Name(key), Literal(None))


def unanswered(key: str) -> Node:
    """Return the condition that question ``key`` has no answer, or is not asked."""
    return Binary("==", Name(key), Literal(None))


def _aspect(fee: FeeSpec) -> str:
    if fee.when:
        return ".when"
    return ".cases" if fee.cases else ".channels" if fee.channels else ""


def _some(node: Node | None) -> tuple[Node, ...]:
    return () if node is None else (node,)
