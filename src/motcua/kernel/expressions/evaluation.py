"""Evaluate a checked expression. The page's evaluator does the same, step for step, over the same data."""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from motcua.kernel.expressions.reading import MAX_WHOLE
from motcua.kernel.expressions.trees import (
    Binary,
    Call,
    Each,
    Index,
    Items,
    Literal,
    Logic,
    Name,
    Node,
    Part,
    Ternary,
    Unary,
)

Value = bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"] | None
Scope = Mapping[str, object]  #: answers by name, in canonical JSON; a missing name is unanswered

MAX_STEPS: Final = 50_000  #: a rule over a table of a thousand rows stays far below


class Reason(StrEnum):
    """Why an expression has no value."""

    UNANSWERED = "unanswered"  #: it needs an answer that is not there yet; the only ordinary one
    DIVISION_BY_ZERO = "division_by_zero"
    OVERFLOW = "overflow"  #: beyond what every language of the node holds exactly
    OUT_OF_RANGE = "out_of_range"  #: an index beyond the list
    TOO_MUCH = "too_much"  #: more than MAX_STEPS


class NoValue(Exception):
    """The expression has no value for these answers."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def value(node: Node, scope: Scope) -> Value:
    """Return the value of a checked ``node`` under ``scope``. Raises NoValue."""
    return _Evaluation(MAX_STEPS).of(node, scope)


def holds(node: Node, scope: Scope) -> bool:
    """Return whether the condition ``node`` is true; one without a value is not."""
    try:
        return value(node, scope) is True
    except NoValue:
        return False


class _Evaluation:
    """One evaluation and the steps it has left."""

    def __init__(self, steps: int) -> None:
        self._steps = steps

    def of(self, node: Node, scope: Scope) -> Value:  # noqa: C901, PLR0911, PLR0912 - a case per kind of node
        self._steps -= 1
        if self._steps < 0:
            raise NoValue(Reason.TOO_MUCH)
        match node:
            case Literal(value):
                return value
            case Name(name):
                return scope.get(name)  # type: ignore[return-value]  # scopes hold canonical JSON
            case Binary(op, left, right):
                return _OPERATORS[op](self.of(left, scope), self.of(right, scope))
            case Logic(op, left, right):
                return self._logic(op == "||", left, right, scope)
            case Unary("!", operand):
                return not _there(self.of(operand, scope))
            case Unary(_, operand):
                return -_number(self.of(operand, scope))
            case Part(of, name):
                return _record(self.of(of, scope)).get(name)
            case Ternary(test, then, other):
                return self.of(then if _there(self.of(test, scope)) else other, scope)
            case Call(function, arguments):
                return _FUNCTIONS[function](*(_there(self.of(each, scope)) for each in arguments))
            case Items(items):
                return [self.of(each, scope) for each in items]
            case Index(of, at):
                return _at(_list(self.of(of, scope)), int(_number(self.of(at, scope))))
            case Each():
                return self._each(node, scope)

    def _logic(self, absorbing: bool, left: Node, right: Node, scope: Scope) -> bool:
        """A side that decides wins, whichever comes first and even if the other has no value (cel-spec)."""
        failure: NoValue | None = None
        for side in (left, right):
            try:
                if _there(self.of(side, scope)) is absorbing:
                    return absorbing
            except NoValue as fault:
                if fault.reason is Reason.TOO_MUCH:
                    raise
                failure = failure or fault
        if failure is not None:
            raise failure
        return not absorbing

    def _each(self, node: Each, scope: Scope) -> Value:
        items = _list(self.of(node.of, scope))
        if node.macro == "map":
            return [self.of(node.body, {**scope, node.name: item}) for item in items]
        if node.macro in {"all", "exists"}:
            return self._quantified(node, items, scope, decides=node.macro == "exists")
        kept = [item for item in items if _there(self.of(node.body, {**scope, node.name: item})) is True]
        return kept if node.macro == "filter" else len(kept) == 1

    def _quantified(self, node: Each, items: Sequence[Value], scope: Scope, *, decides: bool) -> bool:
        failure: NoValue | None = None
        for item in items:
            try:
                if _there(self.of(node.body, {**scope, node.name: item})) is decides:
                    return decides
            except NoValue as fault:
                if fault.reason is Reason.TOO_MUCH:
                    raise
                failure = failure or fault
        if failure is not None:
            raise failure
        return not decides


def _there(value: Value) -> Value:
    if value is None:
        raise NoValue(Reason.UNANSWERED)
    return value


def _number(value: Value) -> int | float:
    return _there(value)  # type: ignore[return-value]  # the checker has seen that it is a number


def _record(value: Value) -> Mapping[str, Value]:
    return _there(value)  # type: ignore[return-value]  # the checker has seen that it is a record


def _list(value: Value) -> Sequence[Value]:
    return [] if value is None else value  # type: ignore[return-value]  # an unanswered table has no rows


def _at(items: Sequence[Value], place: int) -> Value:
    if not 0 <= place < len(items):
        raise NoValue(Reason.OUT_OF_RANGE)
    return items[place]


def _whole(number: int) -> int:
    if abs(number) > MAX_WHOLE:
        raise NoValue(Reason.OVERFLOW)
    return number


def _bounded(number: int | float) -> int | float:
    """Return ``number`` if every language of the node holds it, and its neighbours, exactly as we do.

    The page cannot tell 2 from 2.0, so that doubles end where whole numbers do.
    """
    if not abs(number) <= MAX_WHOLE:  # also what is not a number
        raise NoValue(Reason.OVERFLOW)
    return number


def _ordering(compare: Callable[[object, object], bool]) -> Callable[[Value, Value], Value]:
    return lambda left, right: compare(_there(left), _there(right))


def _plus(left: Value, right: Value) -> Value:
    left, right = _there(left), _there(right)
    if isinstance(left, str):
        return left + str(right)
    return _bounded(_number(left) + _number(right))


def _divide(left: Value, right: Value) -> Value:
    if not _number(right):
        raise NoValue(Reason.DIVISION_BY_ZERO)
    return _bounded(_number(left) / _number(right))


def _divide_whole(left: Value, right: Value) -> Value:
    """Towards zero, as cel-spec says; Python's ``//`` goes down."""
    one, other = int(_number(left)), int(_number(right))
    if not other:
        raise NoValue(Reason.DIVISION_BY_ZERO)
    size = abs(one) // abs(other)
    return size if (one < 0) == (other < 0) else -size


def _remainder(left: Value, right: Value) -> Value:
    quotient = _divide_whole(left, right)
    return int(_number(left)) - int(_number(right)) * int(_number(quotient))


_OPERATORS: Final[Mapping[str, Callable[[Value, Value], Value]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": _ordering(operator.lt),  # type: ignore[arg-type]  # the checker has seen that both are of one ordered kind
    "<=": _ordering(operator.le),  # type: ignore[arg-type]  # as above
    ">": _ordering(operator.gt),  # type: ignore[arg-type]  # as above
    ">=": _ordering(operator.ge),  # type: ignore[arg-type]  # as above
    "in": lambda item, items: _there(item) in _list(items),
    "+": _plus,
    "-": lambda left, right: _bounded(_number(left) - _number(right)),
    "*": lambda left, right: _bounded(_number(left) * _number(right)),
    "/": _divide,
    "//": _divide_whole,
    "%": _remainder,
}


def _rounded(number: float) -> int:
    """Half away from zero: what a citizen expects of money."""
    size = int(abs(number) + 0.5)
    return _whole(size if number >= 0 else -size)


def _day(text: object) -> date:
    return date.fromisoformat(str(text))


def _months(earlier: object, later: object) -> int:
    one, other = _day(earlier), _day(later)
    if other < one:
        return -_months(later, earlier)
    months = (other.year - one.year) * 12 + other.month - one.month
    return months - (other.day < one.day)


def _years(earlier: object, later: object) -> int:
    months = _months(earlier, later)
    return months // 12 if months >= 0 else -(-months // 12)


def _sum(numbers: Sequence[Value]) -> int | float:
    """One after the other: from Python 3.12 on the built-in sum rounds doubles better than other languages do."""
    total: int | float = 0
    for number in numbers:
        total = _bounded(total + _number(number))
    return total


_FUNCTIONS: Final[Mapping[str, Callable[..., Value]]] = {
    "size": len,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "contains": lambda text, part: part in text,
    "int": lambda number: _whole(int(number)),
    "double": float,
    "string": str,
    "round": _rounded,
    "date": lambda text: text,
    "days_between": lambda earlier, later: (_day(later) - _day(earlier)).days,
    "months_between": _months,
    "years_between": _years,
    "sum": _sum,
}
