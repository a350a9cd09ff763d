"""A guided walk: from a random world towards a goal, each step the one that brings it nearest.

For rules that count (``a * 2 + b > 100``) the representatives may miss the goal; how far a comparison is from
being true says where to go. The walk is seeded, so that a proof says the same every time.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Final

from motcua.domain.catalogue.rules import reading
from motcua.domain.catalogue.rules.proof.worlds import Room, Scope
from motcua.domain.catalogue.types import FieldType
from motcua.kernel.expressions import Node, NoValue, holds, value
from motcua.kernel.expressions.trees import Binary, Logic, Unary

STARTS: Final = 5
STEPS: Final = 12
MOST_TRIED: Final = 1_200
STRIDES: Final = (1, 10, 100, 1_000, 100_000, 10_000_000)
_COMPARED: Final = {"==", "!=", "<", "<=", ">", ">="}


def walk(room: Room) -> tuple[Scope | None, int]:
    """Return a world that reaches the goal of ``room``, or None; and how many worlds were looked at."""
    chance, tried = Random(room.definition.code), 0
    for _ in range(STARTS):
        picks = {key: chance.choice(options) for key, options in room.options.items() if options}
        world, far = _run(room, picks)
        for _step in range(STEPS):
            if not far:
                return world, tried
            best = (far, picks, world)
            for changed in _neighbours(room, picks, chance):
                tried += 1
                other, distance = _run(room, changed)
                best = min(best, (distance, changed, other), key=lambda found: found[0])
                if not distance or tried > MOST_TRIED:
                    break
            if best[0] >= far or tried > MOST_TRIED:
                break
            far, picks, world = best
        if not far:
            return world, tried
        if tried > MOST_TRIED:
            break
    return None, tried


def _run(room: Room, picks: Mapping[str, object]) -> tuple[Scope, float]:
    """Return the world of ``picks`` and how far it is from the goal (0: there)."""
    scope: Scope = {}
    far = sum(0.0 if demand.stands({}) else 1.0 for demand in room.at_once)
    for at, key in enumerate(room.order):
        choices = room.choices(key, scope)
        if not choices:
            return scope, float("inf")
        picked = picks.get(key)
        answer = picked if len(choices) > 1 or room.options.get(key) else choices[0]
        if choices == (None,):
            answer = None
        if answer is None and None not in choices:
            answer = choices[0]
        if answer is not None:
            scope[key] = answer
        far += sum(
            0.0 if d.stands(scope) else _distance(d.node, scope, wanted=d.wanted) for d in room.due[at]
        )
    return scope, far


def _neighbours(room: Room, picks: Mapping[str, object], chance: Random) -> Iterator[dict[str, object]]:
    keys = list(picks)
    chance.shuffle(keys)
    for key in keys[:20]:
        for option in (*room.options[key][:20], *_strides(room, key, picks[key]), None):
            if option != picks[key]:
                yield {**picks, key: option}


def _strides(room: Room, key: str, answer: object) -> Iterator[object]:
    """Yield whole numbers at some distance from ``answer`` that the question takes."""
    question = room.question(key)
    if question is None or question.type not in {FieldType.INTEGER, FieldType.MONEY, FieldType.NUMBER}:
        return
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return
    for stride in STRIDES:
        for moved in (answer + stride, answer - stride):
            try:
                yield reading.read(question, moved, room.today)
            except reading.Wrong:
                continue


def _distance(node: Node, scope: Mapping[str, object], *, wanted: bool) -> float:
    """Return between 0 (as wanted) and about 1 for each comparison that is not."""
    match node:
        case Unary("!", operand):
            return _distance(operand, scope, wanted=not wanted)
        case Logic(op, left, right):
            sides = [_distance(side, scope, wanted=wanted) for side in (left, right)]
            return sum(sides) if (op == "&&") is wanted else min(sides)
        case Binary(op, left, right) if op in _COMPARED and holds(node, scope) is not wanted:
            return _apart(left, right, scope)
        case _:
            return 0.0 if holds(node, scope) is wanted else 1.0


def _apart(left: Node, right: Node, scope: Mapping[str, object]) -> float:
    try:
        one, other = value(left, scope), value(right, scope)
    except NoValue:
        return 1.0
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return 1.0
    gap = abs(one - other)
    return (gap + 1) / (gap + 2)
