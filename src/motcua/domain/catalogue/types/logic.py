"""The rules of a definition, read, checked for kinds and put in the order they are evaluated in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Final, Protocol

from motcua.domain.catalogue.types.fees import FeeSpec
from motcua.domain.catalogue.types.forms import FieldType, FormField, PaperSpec, Section
from motcua.domain.catalogue.types.process import CaseSpec, StepSpec
from motcua.kernel.expressions import (
    BadExpression,
    Kind,
    ListOf,
    Node,
    Record,
    Simple,
    checked,
    names,
    read,
)

TODAY: Final = "today"  #: the day of filing
CHANNEL: Final = "channel"  #: counter, online or post
CASE: Final = "case"  #: the key of the dossier's case
AROUND: Final[Mapping[str, Kind]] = {TODAY: Simple.DATE, CHANNEL: Simple.TEXT, CASE: Simple.TEXT}

_TEXTS: Final = (
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.CHOICE,
    FieldType.PARTIAL_DATE,
    FieldType.PERSONAL_ID,
    FieldType.TAX_CODE,
    FieldType.PHONE,
    FieldType.EMAIL,
)
KINDS: Final[Mapping[FieldType, Kind]] = {
    **dict.fromkeys(_TEXTS, Simple.TEXT),
    FieldType.INTEGER: Simple.INT,
    FieldType.MONEY: Simple.INT,
    FieldType.NUMBER: Simple.DOUBLE,
    FieldType.DATE: Simple.DATE,
    FieldType.YES_NO: Simple.BOOL,
    FieldType.SIGNATURE: Simple.BOOL,
    FieldType.ADDRESS: Record(street=Simple.TEXT, commune_code=Simple.TEXT),
    FieldType.PERSON: Record(full_name=Simple.TEXT, personal_id=Simple.TEXT, born_on=Simple.DATE),
    FieldType.BANK_ACCOUNT: Record(bank=Simple.TEXT, number=Simple.TEXT, holder=Simple.TEXT),
}


class Written(Protocol):
    """The parts of a definition that hold rules."""

    @property
    def fields(self) -> tuple[FormField, ...]: ...
    @property
    def sections(self) -> tuple[Section, ...]: ...
    @property
    def papers(self) -> tuple[PaperSpec, ...]: ...
    @property
    def cases(self) -> tuple[CaseSpec, ...]: ...
    @property
    def steps(self) -> tuple[StepSpec, ...]: ...
    @property
    def fees(self) -> tuple[FeeSpec, ...]: ...


def kind_of(question: FormField) -> Kind:
    """Return the kind of value a question's answer has in a rule."""
    if question.type is FieldType.TABLE:
        return ListOf(Record(**{column.key: kind_of(column) for column in question.columns}))
    return KINDS[question.type]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands: ``path`` as in the file, the ``part`` and ``key`` it belongs to."""

    path: str
    part: str  #: field, section, paper, fee, reduction, case, step
    key: str
    aspect: str  #: show_when, require_when, compute, when, formula, or checks.N


@dataclass(frozen=True, slots=True)
class DefinitionFault:
    """What is wrong at a place of a definition. ``what`` is a stable code."""

    where: str
    what: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Logic:
    """Every rule of a definition, ready to evaluate.

    ``order`` lists the keys of the questions, and ``case``, so that each comes after what its rules read.
    """

    rules: Mapping[tuple[str, str, str], Node]  #: (part, key, aspect) → checked tree
    places: tuple[Place, ...]
    order: tuple[str, ...]
    faults: tuple[DefinitionFault, ...] = field(default=())

    def rule(self, part: str, key: str, aspect: str) -> Node | None:
        return self.rules.get((part, key, aspect))


def logic_of(definition: Written) -> Logic:
    """Return the logic of ``definition``; what cannot be read stands in ``faults`` and is left out."""
    kinds: dict[str, Kind] = {**AROUND, **{f.key: kind_of(f) for f in definition.fields}}
    rules: dict[tuple[str, str, str], Node] = {}
    faults: list[DefinitionFault] = []
    places: list[Place] = []
    for place, source, wanted in _written(definition):
        places.append(place)
        known = {key: kind for key, kind in kinds.items() if not (place.part == "case" and key == CASE)}
        try:
            node, kind = checked(read(source), known)
        except BadExpression as fault:
            faults.append(DefinitionFault(place.path, str(fault.facts["what"]), str(fault.facts["at"])))
            continue
        if wanted not in (None, kind):
            faults.append(DefinitionFault(place.path, "kinds_differ", f"{kind}, {wanted}"))
        rules[place.part, place.key, place.aspect] = node
    order, cycle = _order(definition, rules)
    if cycle:
        faults.append(DefinitionFault("sections", "circular", " → ".join(cycle)))
    return Logic(rules, tuple(places), order, tuple(faults))


def _written(definition: Written) -> Iterator[tuple[Place, str, Kind | None]]:
    """Yield every rule written in the definition: its place, its source and the kind it must have."""
    for s, section in enumerate(definition.sections):
        yield from _of("section", section.key, f"sections.{s}", {"show_when": section.show_when})
        for f, question in enumerate(section.fields):
            path = f"sections.{s}.fields.{f}"
            conditions = {"show_when": question.show_when, "require_when": question.require_when}
            yield from _of("field", question.key, path, conditions)
            yield from _of("field", question.key, path, {"compute": question.compute}, kind_of(question))
            checks = {f"checks.{c}": check.rule for c, check in enumerate(question.checks)}
            yield from _of("field", question.key, path, checks)
    for p, paper in enumerate(definition.papers):
        conditions = {"show_when": paper.show_when, "require_when": paper.require_when}
        yield from _of("paper", paper.key, f"papers.{p}", conditions)
    for c, case in enumerate(definition.cases):
        yield from _of("case", case.key, f"cases.{c}", {"when": case.when})
    for n, step in enumerate(definition.steps):
        yield from _of("step", step.key, f"steps.{n}", {"when": step.when})
    for n, fee in enumerate(definition.fees):
        yield from _of("fee", fee.key, f"fees.{n}", {"when": fee.when})
        yield from _of("fee", fee.key, f"fees.{n}", {"formula": fee.formula}, Simple.INT)
        for r, reduction in enumerate(fee.reductions):
            path, key = f"fees.{n}.reductions.{r}", f"{fee.key}.{reduction.key}"
            yield from _of("reduction", key, path, {"when": reduction.when})


def _of(
    part: str, key: str, path: str, sources: Mapping[str, str | None], kind: Kind = Simple.BOOL
) -> Iterator[tuple[Place, str, Kind | None]]:
    for aspect, source in sources.items():
        if source is not None:
            rule = ".rule" if aspect.startswith("checks.") else ""
            yield Place(f"{path}.{aspect}{rule}", part, key, aspect), source, kind


def _order(
    definition: Written, rules: Mapping[tuple[str, str, str], Node]
) -> tuple[tuple[str, ...], list[str]]:
    """Return the order of evaluation, or none and the circle that forbids one."""
    waits_for: dict[str, set[str]] = {CASE: set()}
    for section in definition.sections:
        above = _read(rules, "section", section.key, ("show_when",))
        for question in section.fields:
            aspects = ("show_when", "require_when", "compute")
            waits_for[question.key] = above | _read(rules, "field", question.key, aspects)
    for case in definition.cases:
        waits_for[CASE] |= _read(rules, "case", case.key, ("when",))
    known = waits_for.keys()
    try:
        return tuple(
            TopologicalSorter({key: before & known for key, before in waits_for.items()}).static_order()
        ), []
    except CycleError as error:
        return tuple(waits_for), list(error.args[1])


def _read(
    rules: Mapping[tuple[str, str, str], Node], part: str, key: str, aspects: Iterable[str]
) -> set[str]:
    found = (rules.get((part, key, aspect)) for aspect in aspects)
    return {name for node in found if node is not None for name in names(node)}
