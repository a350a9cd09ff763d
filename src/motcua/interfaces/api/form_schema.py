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


PERSONAL_ID: Final = {"type": "string", "pattern": "^[0-9]{12}$"}
ACCOUNT: Final = {"type": "string", "pattern": "^[0-9A-Z]{6,20}$"}


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
    FieldType.PERSONAL_ID: PERSONAL_ID,
    FieldType.TAX_CODE: {"type": "string", "pattern": "^[0-9]{10}(-?[0-9]{3})?$|^[0-9]{12}$"},
    FieldType.PHONE: {"type": "string", "pattern": r"^(\+84|0)[0-9]{9,10}$"},
    FieldType.EMAIL: {"type": "string", "format": "email", "maxLength": 254},
    FieldType.ADDRESS: ADDRESS,
    FieldType.NUMBER: {"type": "number"},
    FieldType.PARTIAL_DATE: {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    FieldType.PERSON: _parts(required=("full_name",), full_name=TEXT, personal_id=PERSONAL_ID, born_on=DATE),
    FieldType.BANK_ACCOUNT: _parts(
        required=("bank", "number", "holder"), bank=TEXT, number=ACCOUNT, holder=TEXT
    ),
    FieldType.TABLE: {"type": "array"},
    FieldType.SIGNATURE: {"type": "boolean"},
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
    always = [
        field for section in definition.sections if section.show_when is None for field in section.fields
    ]
    for field in always:
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
    shape = {**_SHAPES[field.type], "title": field.label.to(language)} | _bounds(field)
    if field.hint is not None:
        shape["description"] = field.hint.to(language)
    if rules := {name: rule for name, rule in _rules(field).items() if rule}:
        shape["x-rules"] = rules
    if field.compute is not None:
        shape["readOnly"] = True
    if field.unit is not None:
        shape["x-unit"] = field.unit.to(language)
    if field.columns:
        shape |= _rows_of(field, language)
    if field.choices:
        shape["oneOf"] = [
            {"const": choice.value, "title": choice.label.to(language)} for choice in field.choices
        ]
    return shape


def _bounds(field: FormField) -> dict[str, Any]:
    if field.type in _TEXTS:
        return {"maxLength": field.max_length} | ({"minLength": 1} if field.required else {})
    if field.type in _NUMBERS:
        highest = {} if field.maximum is None else {"maximum": field.maximum}
        return {"minimum": field.minimum or 0} | highest
    if field.type is FieldType.SIGNATURE and field.required:
        return {"const": True}
    return {}


def _rows_of(field: FormField, language: str) -> dict[str, Any]:
    """Return what a schema says of the rows of a table; one that may stay empty has no least number."""
    rows: dict[str, Any] = {
        "maxItems": field.maximum or MOST_ROWS,
        "items": {
            "type": "object",
            "properties": {column.key: _property(column, language) for column in field.columns},
            "required": [column.key for column in field.columns if column.required],
            "additionalProperties": False,
        },
    }
    return rows | ({"minItems": max(1, field.minimum or 0)} if field.required else {})
