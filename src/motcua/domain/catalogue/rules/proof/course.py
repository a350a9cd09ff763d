"""Every way a dossier can go: it comes to a decision, and its hours are the published limit.

Source: internal processes as provinces publish them (3857/QĐ-UBND of Nghệ An): the hours of the steps of every
case add up to the time limit of that case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from motcua.domain.catalogue.rules import process
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.rules.proof.worlds import Goal
from motcua.domain.catalogue.types import (
    CASE,
    CHANNEL,
    Channel,
    Definition,
    Finding,
    FindingClass,
    Stage,
    StepSpec,
)
from motcua.kernel.expressions import holds


@dataclass(frozen=True, slots=True)
class Way:
    """One way through the process, and answers that lead to it."""

    case: str
    channel: Channel
    steps: tuple[StepSpec, ...]
    input: Mapping[str, object]


def findings(search: Search) -> Iterator[Finding]:
    """Yield dead ends, and paths whose hours are not the limit; each kind once at each place."""
    told: set[tuple[str, str]] = set()
    ways = list(ways_of(search))
    for found in (*_other_limits(search.definition, ways), *(f for way in ways for f in _of(search, way))):
        if (found.where, found.what) not in told:
            told.add((found.where, found.what))
            yield found


def ways_of(search: Search) -> Iterator[Way]:
    """Yield every different way: case, channel and the steps that apply."""
    definition, logic = search.definition, search.definition.logic
    reads = frozenset({CHANNEL, *((CASE,) if definition.cases else ())})
    rules = [logic.rule("step", step.key, "when") for step in definition.steps]
    goal = Goal(about=tuple(rule for rule in rules if rule is not None), reads=reads)
    room, seen = search.room(goal), set()
    for world in search.worlds(goal):
        pairs = zip(definition.steps, rules, strict=True)
        steps = tuple(step for step, rule in pairs if rule is None or holds(rule, world))
        kind = (world.get(CASE, ""), world[CHANNEL], tuple(step.key for step in steps))
        if kind not in seen:
            seen.add(kind)
            yield Way(str(kind[0]), Channel(str(kind[1])), steps, room.told(world))


def _of(search: Search, way: Way) -> Iterator[Finding]:
    if missing := [stage for stage in Stage if all(step.stage is not stage for step in way.steps)]:
        facts = {"stage": missing[0].value}
        yield Finding(FindingClass.DEAD_END, "steps", f"no_{missing[0]}", facts=facts, input=way.input)
        return
    yield from _branches(search.definition, way)
    yield from _returns(search.definition, way)
    yield from _hours(search.definition, way)


def _branches(definition: Definition, way: Way) -> Iterator[Finding]:
    """A branch that nothing waits for: the decision would be taken without it."""
    awaited = set().union(*_before(way.steps).values())
    for step in way.steps[:-1]:
        if step.key not in awaited:
            where = f"steps.{definition.steps.index(step)}"
            facts = {"step": step.key}
            yield Finding(FindingClass.DEAD_END, where, "never_joined", facts=facts, input=way.input)


def _returns(definition: Definition, way: Way) -> Iterator[Finding]:
    """Work sent back to a step that this dossier does not have, or that did not come before."""
    applying, before = {step.key for step in way.steps}, _before(way.steps)
    for step in way.steps:
        if step.returns_to is None:
            continue
        where = f"steps.{definition.steps.index(step)}.returns_to"
        facts = {"step": step.key, "to": step.returns_to}
        if step.returns_to not in applying:
            yield Finding(FindingClass.DEAD_END, where, "returns_nowhere", facts=facts, input=way.input)
        elif step.returns_to not in _all_before(step.key, before):
            yield Finding(FindingClass.DEAD_END, where, "returns_aside", facts=facts, input=way.input)


def _hours(definition: Definition, way: Way) -> Iterator[Finding]:
    limit = process.limit_for(definition, way.case, way.channel).hours
    total = sum(process.hours_for(definition, way.case, way.channel, way.steps).values(), Decimal(0))
    if limit is None or total == limit:
        return
    facts = {
        "hours": f"{total.normalize():f}",
        "limit": f"{limit.normalize():f}",
        "case": way.case,
        "channel": way.channel.value,
    }
    where = _limit_path(definition, way)
    yield Finding(FindingClass.HOURS_DIFFER, where, "hours_differ", facts=facts, input=way.input)


def _limit_path(definition: Definition, way: Way) -> str:
    limit = process.limit_for(definition, way.case, way.channel)
    return next((f"limits.{n}" for n, other in enumerate(definition.limits) if other.limit is limit), "limit")


def _other_limits(definition: Definition, ways: list[Way]) -> Iterator[Finding]:
    """A limit that stands behind one that covers all its dossiers."""
    reached = {_limit_path(definition, way) for way in ways}
    for n, _ in enumerate(definition.limits):
        if f"limits.{n}" not in reached:
            facts = {"part": "limit"}
            yield Finding(FindingClass.UNREACHABLE, f"limits.{n}", "never_limit", facts=facts)


def _before(steps: tuple[StepSpec, ...]) -> dict[str, set[str]]:
    """Return the steps each step waits for; where one is left out, the one before it in the list."""
    waits: dict[str, set[str]] = {}
    previous = ""
    for step in steps:
        named = {key for key in step.after if key in waits}
        waits[step.key] = named or ({previous} if previous and not (step.after and named) else set())
        previous = step.key
    return waits


def _all_before(key: str, before: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = set(before[key])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting |= before[one]
    return found
