"""Read the text of an expression into a tree. Source: the grammar of cel-spec, less what is left out."""

import ast
from functools import lru_cache
from typing import Final

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from motcua.kernel.errors import Invalid
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
    children,
)

MAX_LENGTH: Final = 2_000  #: characters
MAX_NODES: Final = 400
MAX_DEPTH: Final = 40
MAX_WHOLE: Final = 2**53 - 1  #: the largest whole number every language of the node holds exactly
MACROS: Final = frozenset({"all", "exists", "exists_one", "filter", "map"})
MACRO_ARGUMENTS: Final = 2


class BadExpression(Invalid):
    """The expression cannot be read or mixes kinds; ``facts``: ``what`` (a code), ``at`` (text concerned)."""

    code = "expressions.bad_expression"


_GRAMMAR: Final = r"""
?start: ternary
?ternary: or_ | or_ "?" or_ ":" ternary -> ternary
?or_: and_ | or_ "||" and_ -> or_
?and_: relation | and_ "&&" relation -> and_
?relation: sum_ | relation RELATION sum_ -> binary | relation IN sum_ -> binary
?sum_: product | sum_ SUM product -> binary
?product: unary | product PRODUCT unary -> binary
?unary: member | "!" unary -> not_ | "-" unary -> minus
?member: primary
    | member "." NAME -> part
    | member "." NAME "(" [arguments] ")" -> method
    | member "[" ternary "]" -> index
?primary: "(" ternary ")"
    | NAME -> name
    | NAME "(" [arguments] ")" -> call
    | "[" [arguments] "]" -> items
    | "true" -> true | "false" -> false | "null" -> null
    | FLOAT -> float_ | INT -> int_ | STRING -> text
arguments: ternary ("," ternary)* [","]

IN.2: /in(?![A-Za-z0-9_])/
RELATION: "==" | "!=" | "<=" | ">=" | "<" | ">"
SUM: "+" | "-"
PRODUCT: "*" | "/" | "%"
NAME: /(?!(?:true|false|null|in)\b)[A-Za-z_][A-Za-z0-9_]*/
FLOAT: /[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?/
INT: /[0-9]+/
STRING: /"(?:[^"\\\n]|\\["'\\nt])*"|'(?:[^'\\\n]|\\["'\\nt])*'/
%ignore /\s+/
"""


@v_args(inline=True)
class _Tree(Transformer[Token, Node]):
    """Parser actions: one per alternative of the grammar."""

    def ternary(self, test: Node, then: Node, other: Node) -> Node:
        return Ternary(test, then, other)

    def or_(self, left: Node, right: Node) -> Node:
        return Logic("||", left, right)

    def and_(self, left: Node, right: Node) -> Node:
        return Logic("&&", left, right)

    def binary(self, left: Node, op: Token, right: Node) -> Node:
        return Binary(str(op), left, right)

    def not_(self, operand: Node) -> Node:
        return Unary("!", operand)

    def minus(self, operand: Node) -> Node:
        match operand:
            case Literal(int() | float() as number) if not isinstance(number, bool):
                return Literal(-number)
            case _:
                return Unary("-", operand)

    def part(self, of: Node, name: Token) -> Node:
        return Part(of, str(name))

    def index(self, of: Node, at: Node) -> Node:
        return Index(of, at)

    def method(self, of: Node, name: Token, arguments: tuple[Node, ...] | None) -> Node:
        given = arguments or ()
        if name not in MACROS:
            return Call(str(name), (of, *given))
        if len(given) != MACRO_ARGUMENTS or not isinstance(given[0], Name):
            raise BadExpression(what="macro", at=str(name))
        return Each(str(name), of, given[0].name, given[1])

    def call(self, name: Token, arguments: tuple[Node, ...] | None) -> Node:
        return Call(str(name), arguments or ())

    def items(self, arguments: tuple[Node, ...] | None) -> Node:
        return Items(arguments or ())

    def arguments(self, *given: Node | None) -> tuple[Node, ...]:
        return tuple(each for each in given if each is not None)

    def name(self, name: Token) -> Node:
        return Name(str(name))

    def true(self) -> Node:
        return Literal(True)

    def false(self) -> Node:
        return Literal(False)

    def null(self) -> Node:
        return Literal(None)

    def int_(self, digits: Token) -> Node:
        if len(digits) > len(str(MAX_WHOLE)) or int(digits) > MAX_WHOLE:
            raise BadExpression(what="too_large", at=str(digits)[:40])
        return Literal(int(digits))

    def float_(self, digits: Token) -> Node:
        if (number := float(digits)) == float("inf"):
            raise BadExpression(what="too_large", at=str(digits)[:40])
        return Literal(number)

    def text(self, quoted: Token) -> Node:
        return Literal(str(ast.literal_eval(str(quoted))))


_PARSER: Final = Lark(_GRAMMAR, parser="lalr", maybe_placeholders=True)


@lru_cache(maxsize=20_000)
def read(source: str) -> Node:
    """Return the tree of ``source``. Raises BadExpression when it is too long, too deep or not CEL."""
    if len(source) > MAX_LENGTH:
        raise BadExpression(what="too_long", at=source[:40])
    try:
        tree = _PARSER.parse(source)
        node = _Tree().transform(tree)
    except UnexpectedInput as fault:
        at = source[(fault.pos_in_stream or 0) :][:20] if source.strip() else ""
        raise BadExpression(what="unreadable", at=at or source[-20:]) from fault
    except RecursionError as fault:
        raise BadExpression(what="too_complex", at=source[:40]) from fault
    except VisitError as fault:
        if isinstance(fault.orig_exc, BadExpression):
            raise fault.orig_exc from None
        raise BadExpression(what="too_complex", at=source[:40]) from fault
    _refuse_if_huge(node, source)
    return node


def _refuse_if_huge(node: Node, source: str) -> None:
    level, count, depth = [node], 0, 0
    while level:
        count, depth = count + len(level), depth + 1
        if count > MAX_NODES or depth > MAX_DEPTH:
            raise BadExpression(what="too_complex", at=source[:40])
        level = [child for each in level for child in children(each)]
