"""Check the kinds of an expression before it is ever used, so that a published rule cannot fail on them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from motcua.kernel.expressions.kinds import Kind, ListOf, Record, Simple, said
from motcua.kernel.expressions.reading import BadExpression
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

BOOL, INT, DOUBLE, TEXT, DATE, NULL = (
    Simple.BOOL,
    Simple.INT,
    Simple.DOUBLE,
    Simple.TEXT,
    Simple.DATE,
    Simple.NULL,
)
Kinds = Mapping[str, Kind]

#: Functions over plain values: (kinds of the arguments) → kind of the value.
SIGNATURES: Final[Mapping[str, Mapping[tuple[Kind, ...], Kind]]] = {
    "size": {(TEXT,): INT},
    "startsWith": {(TEXT, TEXT): BOOL},
    "endsWith": {(TEXT, TEXT): BOOL},
    "contains": {(TEXT, TEXT): BOOL},
    "int": {(INT,): INT, (DOUBLE,): INT},  # towards zero, as in CEL
    "double": {(INT,): DOUBLE, (DOUBLE,): DOUBLE},
    "string": {(INT,): TEXT, (TEXT,): TEXT, (DATE,): TEXT},
    "round": {(DOUBLE,): INT},  # half away from zero
    "date": {(TEXT,): DATE},
    "days_between": {(DATE, DATE): INT},
    "months_between": {(DATE, DATE): INT},  # whole months
    "years_between": {(DATE, DATE): INT},  # whole years, i.e. age
}


def checked(node: Node, kinds: Kinds) -> tuple[Node, Kind]:  # noqa: C901, PLR0911 - a case per kind of node
    """Return ``node`` ready to evaluate, and the kind of its value.

    ``kinds`` gives the kind of every name it may read. Whole-number division is marked ``//``; a text compared
    with a date becomes a date. Raises BadExpression: unknown_name, unknown_part, unknown_function,
    kinds_differ, not_a_list, not_a_condition, not_a_date.
    """
    match node:
        case Literal(value):
            return node, _LITERALS[type(value)]
        case Name(name):
            if name not in kinds:
                raise BadExpression(what="unknown_name", at=name)
            return node, kinds[name]
        case Part(of, name):
            return _part(of, name, kinds)
        case Index(of, at):
            return _index(of, at, kinds)
        case Unary(op, operand):
            return _unary(op, operand, kinds)
        case Logic(op, left, right):
            return Logic(op, _condition(left, kinds), _condition(right, kinds)), BOOL
        case Ternary(test, then, other):
            return _ternary(test, then, other, kinds)
        case Items(items):
            return _items(items, kinds)
        case Each(macro, of, name, body):
            return _each(Each(macro, of, name, body), kinds)
        case Call(function, arguments):
            return _call(function, arguments, kinds)
        case Binary(op, left, right):
            return _binary(op, checked(left, kinds), checked(right, kinds))


_LITERALS: Final[Mapping[type, Kind]] = {bool: BOOL, int: INT, float: DOUBLE, str: TEXT, type(None): NULL}


def _condition(node: Node, kinds: Kinds) -> Node:
    ready, kind = checked(node, kinds)
    if kind != BOOL:
        raise BadExpression(what="not_a_condition", at=said(kind))
    return ready


def _part(of: Node, name: str, kinds: Kinds) -> tuple[Node, Kind]:
    ready, kind = checked(of, kinds)
    if not isinstance(kind, Record) or name not in kind.parts:
        raise BadExpression(what="unknown_part", at=name)
    return Part(ready, name), kind.parts[name]


def _index(of: Node, at: Node, kinds: Kinds) -> tuple[Node, Kind]:
    (ready, kind), (place, place_kind) = checked(of, kinds), checked(at, kinds)
    if not isinstance(kind, ListOf):
        raise BadExpression(what="not_a_list", at=said(kind))
    if place_kind != INT:
        raise BadExpression(what="kinds_differ", at=said(place_kind))
    return Index(ready, place), kind.each


def _unary(op: str, operand: Node, kinds: Kinds) -> tuple[Node, Kind]:
    ready, kind = checked(operand, kinds)
    if op == "!" and kind != BOOL:
        raise BadExpression(what="not_a_condition", at=said(kind))
    if op == "-" and kind not in {INT, DOUBLE}:
        raise BadExpression(what="kinds_differ", at=said(kind))
    return Unary(op, ready), kind


def _ternary(test: Node, then: Node, other: Node, kinds: Kinds) -> tuple[Node, Kind]:
    left, right = _alike(checked(then, kinds), checked(other, kinds))
    kind = right[1] if left[1] == NULL else left[1]
    return Ternary(_condition(test, kinds), left[0], right[0]), kind


def _items(items: tuple[Node, ...], kinds: Kinds) -> tuple[Node, Kind]:
    ready = [checked(item, kinds) for item in items]
    if not ready:
        return Items(()), ListOf(NULL)
    if any(kind != ready[0][1] for _, kind in ready):
        raise BadExpression(what="kinds_differ", at="[…]")
    return Items(tuple(node for node, _ in ready)), ListOf(ready[0][1])


def _each(node: Each, kinds: Kinds) -> tuple[Node, Kind]:
    of, kind = checked(node.of, kinds)
    if not isinstance(kind, ListOf):
        raise BadExpression(what="not_a_list", at=said(kind))
    body, body_kind = checked(node.body, {**kinds, node.name: kind.each})
    if node.macro != "map" and body_kind != BOOL:
        raise BadExpression(what="not_a_condition", at=said(body_kind))
    value: Kind = BOOL
    if node.macro in {"filter", "map"}:
        value = kind if node.macro == "filter" else ListOf(body_kind)
    return Each(node.macro, of, node.name, body), value


def _call(function: str, arguments: tuple[Node, ...], kinds: Kinds) -> tuple[Node, Kind]:
    ready = [checked(argument, kinds) for argument in arguments]
    given = tuple(kind for _, kind in ready)
    node = Call(function, tuple(argument for argument, _ in ready))
    match function, given:
        case "size", (ListOf(),):
            return node, INT
        case "sum", (ListOf(Simple.INT | Simple.DOUBLE as each),):
            return node, each
        case "date", (Simple.TEXT,):
            return _date(ready[0][0]), DATE
    if function not in SIGNATURES and function != "sum":
        raise BadExpression(what="unknown_function", at=function)
    kind = SIGNATURES.get(function, {}).get(given)
    if kind is None:
        raise BadExpression(what="kinds_differ", at=f"{function}({', '.join(map(said, given))})")
    return node, kind


def _date(node: Node) -> Node:
    """Return a day written in the expression; only a written one is sure to be a day."""
    match node:
        case Literal(str() as text):
            try:
                return Literal(date.fromisoformat(text).isoformat())
            except ValueError:
                pass
    raise BadExpression(what="not_a_date", at="date(…)")


Typed = tuple[Node, Kind]


def _alike(left: Typed, right: Typed) -> tuple[Typed, Typed]:
    """Return both sides when they may be compared or chosen between; a written text next to a date is a date."""
    if left[1] == DATE and right[1] == TEXT:
        return left, (_date(right[0]), DATE)
    if left[1] == TEXT and right[1] == DATE:
        return (_date(left[0]), DATE), right
    if left[1] != right[1] and NULL not in {left[1], right[1]}:
        raise BadExpression(what="kinds_differ", at=f"{said(left[1])}, {said(right[1])}")
    return left, right


def _binary(op: str, left: Typed, right: Typed) -> Typed:
    return _OPERATORS[op](op, left, right)


def _equal(op: str, left: Typed, right: Typed) -> Typed:
    left, right = _alike(left, right)
    return Binary(op, left[0], right[0]), BOOL


def _ordered(op: str, left: Typed, right: Typed) -> Typed:
    left, right = _alike(left, right)
    if left[1] not in {INT, DOUBLE, TEXT, DATE} or right[1] == NULL:
        raise BadExpression(what="kinds_differ", at=f"{said(left[1])} {op} {said(right[1])}")
    return Binary(op, left[0], right[0]), BOOL


def _within(op: str, left: Typed, right: Typed) -> Typed:
    match right[1]:
        case ListOf(each) if each in {left[1], NULL}:
            return Binary(op, left[0], right[0]), BOOL
        case ListOf():
            raise BadExpression(what="kinds_differ", at=f"{said(left[1])} in {said(right[1])}")
        case _:
            raise BadExpression(what="not_a_list", at=said(right[1]))


def _arithmetic(op: str, left: Typed, right: Typed) -> Typed:
    allowed = {"+": {INT, DOUBLE, TEXT}, "%": {INT}}.get(op, {INT, DOUBLE})
    if left[1] != right[1] or left[1] not in allowed:
        raise BadExpression(what="kinds_differ", at=f"{said(left[1])} {op} {said(right[1])}")
    whole = op == "/" and left[1] == INT
    return Binary("//" if whole else op, left[0], right[0]), left[1]


_OPERATORS: Final[Mapping[str, Callable[[str, Typed, Typed], Typed]]] = {
    "==": _equal,
    "!=": _equal,
    "<": _ordered,
    "<=": _ordered,
    ">": _ordered,
    ">=": _ordered,
    "in": _within,
    "+": _arithmetic,
    "-": _arithmetic,
    "*": _arithmetic,
    "/": _arithmetic,
    "%": _arithmetic,
}
