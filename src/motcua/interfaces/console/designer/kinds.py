"""What a part of the grammar looks like to somebody who edits it: one input per attribute, lists beside.

Read from the grammar itself (the pydantic models of catalogue.types), so that nothing of it can be left out.
"""

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from motcua.domain.catalogue.types import Definition, Words

RULES: Final = frozenset({"show_when", "require_when", "compute", "when", "formula", "rule"})
LONG: Final = frozenset(
    {"hint", "intro", "summary", "outcome", "content", "conditions", "reason", "presence", "message"}
)


class Kind(StrEnum):
    """How an attribute is typed in."""

    TEXT = "text"
    RULE = "rule"
    WORDS = "words"  #: a text in two languages
    YES_NO = "yes_no"
    INT = "int"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    MANY = "many"  #: several of a few
    TEXTS = "texts"  #: one a line
    DATA = "data"  #: a mapping, as YAML
    PART = "part"  #: a part with a page of its own
    PARTS = "parts"  #: a list of parts


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a part of the grammar."""

    name: str
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()
    model: type[BaseModel] | None = None  #: of PART and PARTS


@cache
def attributes(model: type[BaseModel]) -> tuple[Attribute, ...]:
    """Return the attributes of a part, in the order of the grammar, by the names they have in a file."""
    return tuple(
        _attribute(field.alias or name, field.annotation, required=field.is_required())
        for name, field in model.model_fields.items()
    )


@cache
def model_at(path: str) -> type[BaseModel] | None:
    """Return the model of the part at ``path`` ("sections.0.fields.2"); None where the grammar has none."""
    model: type[BaseModel] | None = Definition
    for step in path.split(".") if path else ():
        if step.isdigit() or model is None:
            continue
        found = next((each for each in attributes(model) if each.name == step), None)
        model = found.model if found else None
    return model


def _attribute(  # noqa: PLR0911 - a case per kind
    name: str,
    annotation: Any,  # noqa: ANN401
    *,
    required: bool,
) -> Attribute:
    bare = _bare(annotation)
    if get_origin(bare) is tuple:
        return _of_tuple(name, _bare(get_args(bare)[0]), required=required)
    if get_origin(bare) is Literal:
        return Attribute(name, Kind.CHOICE, required, tuple(map(str, get_args(bare))))
    if not isinstance(bare, type):
        return Attribute(name, Kind.DATA, required)
    if issubclass(bare, Words):
        return Attribute(name, Kind.WORDS, required)
    if issubclass(bare, BaseModel):
        return Attribute(name, Kind.PART, required, model=bare)
    if issubclass(bare, StrEnum):
        return Attribute(name, Kind.CHOICE, required, tuple(bare))
    if issubclass(bare, str) and name in RULES:
        return Attribute(name, Kind.RULE, required)
    return Attribute(name, _SIMPLE.get(bare, Kind.DATA), required)


_SIMPLE: Final[Mapping[type, Kind]] = {
    str: Kind.TEXT,
    bool: Kind.YES_NO,
    int: Kind.INT,
    float: Kind.NUMBER,
    Decimal: Kind.NUMBER,
    date: Kind.DATE,
    time: Kind.TIME,
}


def _of_tuple(name: str, each: Any, *, required: bool) -> Attribute:  # noqa: ANN401 - an annotation
    if isinstance(each, type) and issubclass(each, BaseModel):
        return Attribute(name, Kind.PARTS, required, model=each)
    if get_origin(each) is Literal:
        return Attribute(name, Kind.MANY, required, tuple(map(str, get_args(each))))
    if isinstance(each, type) and issubclass(each, StrEnum):
        return Attribute(name, Kind.MANY, required, tuple(each))
    return Attribute(name, Kind.TEXTS, required)


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - an annotation
    """Return an annotation without ``Annotated`` and without ``| None``."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        inner = [each for each in get_args(annotation) if each is not type(None)]
        return _bare(inner[0]) if len(inner) == 1 else inner
    return annotation
