"""Rules that have no value for answers that are allowed."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.domain.catalogue.rules.proof.parts import when_asked, when_owed
from motcua.domain.catalogue.rules.proof.search import Search
from motcua.domain.catalogue.rules.proof.worlds import Goal, Room
from motcua.domain.catalogue.types import CASE, Definition, Finding, FindingClass
from motcua.kernel.expressions import Node, NoValue, Reason, names, value, walk
from motcua.kernel.expressions.trees import Binary, Call, Each, Index

_MOST_SHOWN = 3  #: rows of a table in the input of a finding


@dataclass(frozen=True, slots=True)
class Used:
    """A rule, when it is evaluated, and whether it must then have a value."""

    where: str
    node: Node
    within: tuple[Node, ...] = ()
    needed: bool = False  #: an unanswered question is a fault here, not ordinary
    check: tuple[str, str] = ("", "")


def findings(search: Search) -> Iterator[Finding]:
    """Yield the rules that fail, one finding for each reason."""
    for rule in _used(search.definition):
        if rule.needed or _is_risky(rule.node):
            yield from _failures(search, rule)


def _failures(search: Search, rule: Used) -> Iterator[Finding]:
    loops = any(isinstance(node, Each | Call) for node in walk(rule.node))
    goal = Goal(true=rule.within, about=(rule.node,), without=rule.check, full=loops)
    room, told = search.room(goal), set()
    for world in search.worlds(goal):
        try:
            value(rule.node, world)
        except NoValue as failure:
            ordinary = failure.reason is Reason.UNANSWERED and not rule.needed
            if not ordinary and failure.reason not in told:
                told.add(failure.reason)
                yield Finding(
                    FindingClass.RULE_FAILS, rule.where, str(failure.reason), input=_shown(room, world)
                )


def _used(definition: Definition) -> Iterator[Used]:
    logic = definition.logic
    for place in logic.places:
        node = logic.rule(place.part, place.key, place.aspect)
        if node is None:
            continue
        match place.part, place.aspect:
            case "field", "compute":
                question = next(f for f in definition.fields if f.key == place.key)
                asked = when_asked(definition, place.key)
                yield Used(place.path, node, asked, needed=question.required)
            case "field", "show_when" | "require_when":
                yield Used(place.path, node)
            case "field", check:
                asked = when_asked(definition, place.key)
                yield Used(place.path, node, asked, check=(place.key, check))
            case "fee", "formula":
                fee = next(fee for fee in definition.fees if fee.key == place.key)
                yield Used(place.path, node, when_owed(definition, fee), needed=True)
            case "case", _ if CASE in names(node):
                continue
            case _:
                yield Used(place.path, node)


def _is_risky(node: Node) -> bool:
    """Return whether ``node`` holds anything that can go wrong besides a missing answer."""
    return any(
        isinstance(each, Index | Each)
        or (isinstance(each, Binary) and each.op in {"+", "-", "*", "/", "//", "%"})
        or (isinstance(each, Call) and each.function in {"sum", "round", "int"})
        for each in walk(node)
    )


def _shown(room: Room, world: dict[str, object]) -> dict[str, object]:
    """Return the input of a finding, long tables cut short."""
    told = room.told(world)
    for key, answer in told.items():
        if isinstance(answer, list) and len(answer) > _MOST_SHOWN:
            told[key] = [*answer[:_MOST_SHOWN], {"rows": len(answer)}]
    return told
