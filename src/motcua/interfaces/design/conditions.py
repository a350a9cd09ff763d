"""A rule of a definition in the words of its questions: when something is asked, told to whom it is asked of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.domain.catalogue.types import Definition, FieldType, FormField
from motcua.interfaces.design import formats
from motcua.kernel.expressions import Node
from motcua.kernel.expressions.trees import Binary, Items, Literal, Logic, Name, Unary

COMPARED: Final[Mapping[str, str]] = {
    "==": "{question}: {answer}",
    "!=": gettext_noop("{question}: không phải {answer}"),
    "<": gettext_noop("{question}: dưới {answer}"),
    "<=": gettext_noop("{question}: đến {answer}"),
    ">": gettext_noop("{question}: trên {answer}"),
    ">=": gettext_noop("{question}: từ {answer}"),
}
JOINED: Final[Mapping[str, str]] = {"&&": gettext_noop("và"), "||": gettext_noop("hoặc")}


@dataclass(frozen=True, slots=True)
class Equality:
    """The commonest condition: the answer to ``field`` equals ``equals``."""

    field: str
    equals: object


def equality(node: Node | None) -> Equality | None:
    """Return the condition as an equality, if it is one."""
    match node:
        case Binary("==", Name(key), Literal(value)):
            return Equality(key, value)
        case Name(key):
            return Equality(key, True)
        case Unary("!", Name(key)):
            return Equality(key, False)
        case _:
            return None


class _Unsayable(Exception):
    """The rule is too involved for a sentence made by rote."""


def in_words(definition: Definition, node: Node | None, language: str) -> str:
    """Return a condition in words, in the language of the request; "" for none or one too involved to say."""
    if node is None:
        return ""
    try:
        return _said(definition, node, language)
    except _Unsayable:
        return ""


def _said(definition: Definition, node: Node, language: str) -> str:
    match node:
        case Logic(op, left, right):
            sides = (_said(definition, left, language), _said(definition, right, language))
            return f" {_(JOINED[op])} ".join(sides)
        case Name(key):
            return _compared(definition, "==", key, (True,), language)
        case Unary("!", Name(key)):
            return _compared(definition, "==", key, (False,), language)
        case Binary("in", Name(key), Items(items)) if all(isinstance(item, Literal) for item in items):
            values = tuple(item.value for item in items if isinstance(item, Literal))
            return _compared(definition, "==", key, values, language)
        case Binary(op, Name(key), Literal(value)) if op in COMPARED and value is not None:
            return _compared(definition, op, key, (value,), language)
        case _:
            raise _Unsayable


def _compared(definition: Definition, op: str, key: str, values: tuple[object, ...], language: str) -> str:
    question = next((field for field in definition.fields if field.key == key), None)
    if question is None:
        raise _Unsayable
    answer = f" {_(JOINED['||'])} ".join(_answer(question, value, language) for value in values)
    return _(COMPARED[op]).format(question=question.label.to(language).rstrip("?"), answer=answer)


def _answer(question: FormField, value: object, language: str) -> str:
    match question.type, value:
        case _, bool():
            return _("Có") if value else _("Không")
        case FieldType.CHOICE, _:
            return next((c.label.to(language) for c in question.choices if c.value == value), str(value))
        case FieldType.DATE, str():
            return formats.day(date.fromisoformat(value))
        case FieldType.INTEGER | FieldType.MONEY, int():
            return f"{value:,}".replace(",", ".")
        case _:
            return str(value)
