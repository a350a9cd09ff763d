"""The questions of a procedure as JSON Schema (draft 2020-12), for programs that draw or check forms.

Checks of identifiers and dates go as far as the schema language does; the node checks again when filing.
"""

from typing import Any, Final

from motcua.domain.catalogue.types import Condition, Definition, FieldType, FormField

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
}
_TEXTS: Final = {FieldType.TEXT, FieldType.LONG_TEXT}
_NUMBERS: Final = {FieldType.INTEGER, FieldType.MONEY}


def form_schema(definition: Definition, *, language: str) -> dict[str, Any]:
    """Return the schema of a procedure's answers, with titles and hints in ``language``."""
    fields = definition.fields
    required = [field for field in fields if field.required]
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": f"urn:motcua:procedure:{definition.code}:{definition.valid_from}",
        "title": definition.name.to(language),
        "type": "object",
        "properties": {field.key: _property(field, language) for field in fields},
        "required": [field.key for field in required if field.show_when is None],
        "additionalProperties": False,
    }
    if asked := [_asked_when(field.show_when, field.key) for field in required if field.show_when]:
        schema["allOf"] = asked
    return schema


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
    if field.choices:
        shape["oneOf"] = [
            {"const": choice.value, "title": choice.label.to(language)} for choice in field.choices
        ]
    return shape


def _asked_when(condition: Condition, key: str) -> dict[str, Any]:
    holds = {"properties": {condition.field: {"const": condition.equals}}, "required": [condition.field]}
    return {"if": holds, "then": {"required": [key]}}
