"""Which limit applies, which steps a dossier goes through, and when each would be done."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from motcua.domain.catalogue.rules.answers import Filled
from motcua.domain.catalogue.types import (
    Channel,
    Definition,
    DefinitionFault,
    LimitSpec,
    OtherLimit,
    Stage,
    StepSpec,
)


@dataclass(frozen=True, slots=True)
class Course:
    """How one dossier goes: its case ("" where there are none), its limit, its steps, the hours of each stage."""

    case: str
    limit: LimitSpec
    steps: tuple[StepSpec, ...]
    hours: Mapping[Stage, Decimal]


def course(form: Filled) -> Course:
    """Return how a dossier with this form goes."""
    definition, steps = form.definition, form.steps
    return Course(
        form.case,
        limit_for(definition, form.case, form.channel),
        steps,
        hours_for(definition, form.case, form.channel, steps),
    )


def limit_for(definition: Definition, case: str, channel: Channel | None) -> LimitSpec:
    """Return the time limit of a dossier of ``case`` ("" where there are none) that came by ``channel``."""
    other = _other_limit(definition, case, channel)
    return definition.limit if other is None else other.limit


def hours_for(
    definition: Definition, case: str, channel: Channel | None, steps: tuple[StepSpec, ...]
) -> dict[Stage, Decimal]:
    """Return the working hours each stage has, given the ``steps`` that apply: of its longest branch."""
    hours = _hours(definition, _other_limit(definition, case, channel))
    spans = schedule(definition.steps, hours, applying={step.key for step in steps})
    done, shares = Decimal(0), {}
    for stage in Stage:
        end = max((spans[step.key][1] for step in steps if step.stage is stage), default=done)
        shares[stage], done = max(end - done, Decimal(0)), max(end, done)
    return shares


def schedule(
    steps: tuple[StepSpec, ...], hours: Mapping[str, Decimal], *, applying: Collection[str] | None = None
) -> dict[str, tuple[Decimal, Decimal]]:
    """Return (begin, end) of each step that applies, in working hours from the start; None: all apply.

    A step begins when those it comes ``after`` have ended; one left out takes no time and passes the wait on.
    """
    ends: dict[str, Decimal] = {}
    spans: dict[str, tuple[Decimal, Decimal]] = {}
    before: StepSpec | None = None
    for step in steps:
        awaited = step.after or ((before.key,) if before else ())
        begin = ends[step.key] = max((ends[key] for key in awaited), default=Decimal(0))
        if applying is None or step.key in applying:
            ends[step.key] = begin + hours.get(step.key, step.hours)
            spans[step.key] = (begin, ends[step.key])
        before = step
    return spans


def faults(definition: Definition) -> Iterator[DefinitionFault]:
    """Yield where the hours of the steps are not the published limit.

    Source: internal processes as provinces publish them (3857/QĐ-UBND of Nghệ An). Steps that apply to some
    dossiers only are left to the proof, which looks at every path.
    """
    if any(step.when for step in definition.steps):
        return
    for where, other in (("limit", None), *((f"limits.{n}", o) for n, o in enumerate(definition.limits))):
        limit = (other.limit if other else definition.limit).hours
        spans = schedule(definition.steps, _hours(definition, other))
        total = max(end for _, end in spans.values())
        if limit is not None and total != limit:
            yield DefinitionFault(where, "hours_differ", f"{total.normalize():f} ≠ {limit.normalize():f}")


def _other_limit(definition: Definition, case: str, channel: Channel | None) -> OtherLimit | None:
    return next(
        (
            other
            for other in definition.limits
            if (not other.cases or case in other.cases) and (not other.channels or channel in other.channels)
        ),
        None,
    )


def _hours(definition: Definition, other: OtherLimit | None) -> dict[str, Decimal]:
    own = {step.key: step.hours for step in definition.steps}
    return own | dict(other.hours) if other else own
