"""Whether representatives stand for all answers to a rule: it compares, and does not count."""

from collections.abc import Set
from datetime import date

from motcua.kernel.expressions import Node, names
from motcua.kernel.expressions.trees import Binary, Call, Items, Literal, Logic, Name, Part, Ternary, Unary

_EQUAL = {"==", "!="}
_ORDERED = {"<", "<=", ">", ">="}


def is_plain(node: Node, listed: Set[str]) -> bool:  # noqa: PLR0911 - a case per kind of node
    """Return whether ``node`` only compares answers with what is written, or with one another.

    ``listed`` are questions of which every answer is searched; with those a rule may count as it likes.
    """
    if names(node) <= listed:
        return True
    match node:
        case Literal() | Name():
            return True
        case Part(of, _):
            return isinstance(of, Name)
        case Unary("!", operand):
            return is_plain(operand, listed)
        case Logic(_, left, right):
            return is_plain(left, listed) and is_plain(right, listed)
        case Ternary(test, then, other):
            return all(is_plain(each, listed) for each in (test, then, other))
        case Binary("in", item, Items(items)):
            return _is_side(item) and all(isinstance(each, Literal) for each in items)
        case Binary(op, left, right) if op in _EQUAL:
            return _is_side(left) and _is_side(right)
        case Binary(op, left, right) if op in _ORDERED:
            return _is_ordered(left) and _is_ordered(right)
        case _:
            return _is_span(node)


def _is_side(node: Node) -> bool:
    match node:
        case Literal() | Name():
            return True
        case Part(of, _):
            return isinstance(of, Name)
        case Call("size", (Name(),)):
            return True
        case _:
            return _is_span(node)


def _is_ordered(node: Node) -> bool:
    """Texts in the order of the alphabet are not searched to the end; days and numbers are."""
    match node:
        case Literal(str() as text):
            return _is_day(text)
        case _:
            return _is_side(node)


def _is_span(node: Node) -> bool:
    match node:
        case Call("days_between" | "months_between" | "years_between", (one, other)):
            return all(isinstance(each, Literal | Name) for each in (one, other))
        case _:
            return False


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
