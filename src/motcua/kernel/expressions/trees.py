"""The syntax tree of an expression, and its form as plain data for the page."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

Scalar = bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Literal:
    value: Scalar


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """``of.name``"""

    of: "Node"
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """``of[at]``"""

    of: "Node"
    at: "Node"


@dataclass(frozen=True, slots=True)
class Unary:
    """``!x`` or ``-x``"""

    op: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """``==  !=  <  <=  >  >=  in  +  -  *  /  %``; ``//`` is division of whole numbers, set by the checker."""

    op: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Logic:
    """``&&`` or ``||``"""

    op: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Ternary:
    """``test ? then : other``"""

    test: "Node"
    then: "Node"
    other: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function; of a method, the receiver is the first argument."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Items:
    """``[a, b, c]``"""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Each:
    """A macro over a list: ``of.all(name, body)``, ``exists``, ``exists_one``, ``filter``, ``map``."""

    macro: str
    of: "Node"
    name: str
    body: "Node"


Node = Literal | Name | Part | Index | Unary | Binary | Logic | Ternary | Call | Items | Each


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly under ``node``."""
    found: list[Node] = []
    for field in fields(node):
        part = getattr(node, field.name)
        found.extend([part] if isinstance(part, Node) else part if isinstance(part, tuple) else [])
    return tuple(found)


def walk(node: Node) -> Iterator[Node]:
    """Yield ``node`` and everything under it."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(node: Node) -> frozenset[str]:
    """Return the names ``node`` reads from its surroundings (not those its macros bind)."""
    match node:
        case Name(name):
            return frozenset({name})
        case Each(_, of, name, body):
            return names(of) | (names(body) - {name})
        case _:
            return frozenset().union(*(names(child) for child in children(node)))


def as_data(node: Node) -> list[object]:
    """Return ``node`` as nested lists ``[type, part, …]``: what the page evaluates."""
    return [
        type(node).__name__.lower(),
        *(_plain(getattr(node, field.name)) for field in fields(node)),
    ]


def _plain(part: object) -> object:
    if isinstance(part, Node):
        return as_data(part)
    if isinstance(part, tuple):
        return [_plain(each) for each in part]
    return part
