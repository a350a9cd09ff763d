"""The questions of a procedure as JSON Schema (draft 2020-12), for programs that draw or check forms.

Checks of identifiers and dates go as far as the schema language does; the node checks again when filing.
"""

from collections.abc import Iterator
from typing import Any, Final

from motcua.domain.catalogue.types import MOST_ROWS, Definition, FieldType, FormField, Section
from motcua.interfaces.design.conditions import equality

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ADDRESS: Final = {
    "type": "object",
    "properties": {
        "street": {"type": "string"},
        "commune_code": {"type": "string", "pattern": "^[0-9]{5}$"},
    },
    "required": ["commune_code"],
    "additionalProperties": False,
}
TEXT: Final = {"type": "string"}
DATE: Final = {"type": "string", "format": "date"}


def _parts(*, required: tuple[str, ...], **parts: dict[str, str]) -> dict[str, Any]:
    return {"type": "object", "properties": parts, "required": list(required), "additionalProperties": False}


_SHAPES: Final[dict[FieldType, dict[str, Any]]] = {
    FieldType.TEXT: {"type": "string"},
    FieldType.LONG_TEXT: {"type": "string"},
    FieldType.INTEGER: {"type": "integer"},
    FieldType.MONEY: {"type": "integer"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.CHOICE: {"type": "string"},
    FieldType.YES_NO: {"type": "boolean"},
    FieldType.PERSONAL_ID: {"type": "string", "pattern": "^[0-9]{12}$"},
    FieldType.TAX_CODE: {"type": "string", "pattern": "^[0-9]{10}(-?[0-9]{3})?$|^[0-9]{12}$"},
    FieldType.PHONE: {"type": "string", "pattern": r"^(\+84|0)[0-9]{9,10}$"},
    FieldType.EMAIL: {"type": "string", "format": "email", "maxLength": 254},
    FieldType.ADDRESS: ADDRESS,
    FieldType.NUMBER: {"type": "number"},
    FieldType.PARTIAL_DATE: {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    FieldType.PERSON: _parts(required=("full_name",), full_name=TEXT, personal_id=TEXT, born_on=DATE),
    FieldType.BANK_ACCOUNT: _parts(
        required=("bank", "number", "holder"), bank=TEXT, number=TEXT, holder=TEXT
    ),
    FieldType.TABLE: {"type": "array", "maxItems": MOST_ROWS},
    FieldType.SIGNATURE: {"type": "boolean", "const": True},
}
_TEXTS: Final = {FieldType.TEXT, FieldType.LONG_TEXT}
_NUMBERS: Final = {FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY}


def form_schema(definition: Definition, *, language: str) -> dict[str, Any]:
    """Return the schema of a procedure's answers, with titles and hints in ``language``."""
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": f"urn:motcua:procedure:{definition.code}:{definition.valid_from}",
        "title": definition.name.to(language),
        "type": "object",
        "properties": {field.key: _property(field, language) for field in definition.fields},
        "required": [
            field.key
            for section in definition.sections
            for field in section.fields
            if _always(section, field)
        ],
        "additionalProperties": False,
    }
    if asked := list(_asked_when(definition)):
        schema["allOf"] = asked
    return schema


def _asked_when(definition: Definition) -> Iterator[dict[str, Any]]:
    """Yield what a schema can say of questions asked only after a certain answer."""
    for field in definition.fields:
        condition = equality(definition.logic.rule("field", field.key, "show_when"))
        if condition is not None and field.required and field.require_when is None:
            holds = {
                "properties": {condition.field: {"const": condition.equals}},
                "required": [condition.field],
            }
            yield {"if": holds, "then": {"required": [field.key]}}


def _always(section: Section, field: FormField) -> bool:
    """Tell whether a question must be answered whatever the other answers are; a schema says no more."""
    asked = section.show_when is None and field.show_when is None
    return asked and field.required and field.require_when is None and field.compute is None


def _rules(field: FormField) -> dict[str, str | None]:
    """Return the rules of a question as they are written, in CEL."""
    return {"show_when": field.show_when, "require_when": field.require_when, "compute": field.compute}


def _property(field: FormField, language: str) -> dict[str, Any]:
    shape = {**_SHAPES[field.type], "title": field.label.to(language)}
    if field.hint is not None:
        shape["description"] = field.hint.to(language)
    if field.type in _TEXTS:
        shape |= {"maxLength": field.max_length} | ({"minLength": 1} if field.required else {})
    if field.type in _NUMBERS:
        shape["minimum"] = field.minimum or 0
        if field.maximum is not None:
            shape["maximum"] = field.maximum
    if rules := {name: rule for name, rule in _rules(field).items() if rule}:
        shape["x-rules"] = rules
    if field.columns:
        shape["items"] = {
            "type": "object",
            "properties": {column.key: _property(column, language) for column in field.columns},
            "required": [column.key for column in field.columns if column.required],
            "additionalProperties": False,
        }
    if field.choices:
        shape["oneOf"] = [
            {"const": choice.value, "title": choice.label.to(language)} for choice in field.choices
        ]
    return shape
