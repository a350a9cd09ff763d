"""Prove definitions, compare them, and say what their files may hold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.domain.catalogue.queries.procedures import procedure
from motcua.domain.catalogue.rules import definition_schema, definitions, differences, proof
from motcua.domain.catalogue.rules.differences import Difference
from motcua.domain.catalogue.types import HELD, Proof


def prove_text(text: str, *, held: Mapping[str, str] = HELD) -> Proof:
    """Return the proof of the definition written in ``text``. Needs no database.

    ``held`` says which answers the node's registers hold: source of a prefilled answer → register.
    """
    return proof.prove_text(text, held=held)


def prove(code: str, *, on: date, held: Mapping[str, str] = HELD) -> Proof:
    """Return the proof of the version of ``code`` in force ``on`` that day. Raises UnknownProcedure."""
    return proof.prove(procedure(code, on=on).definition, held=held)


def differences_between(one: str, other: str) -> list[Difference]:
    """Return what differs between the definitions in two texts. Raises BadDefinition."""
    return differences.between(definitions.parse(one), definitions.parse(other))


def cloned_definition(text: str, code: str) -> str:
    """Return the definition in ``text`` for another procedure. Raises BadDefinition."""
    return definitions.cloned(text, code)


def schema_of_definitions() -> dict[str, Any]:
    """Return the JSON Schema of a definition file."""
    return definition_schema.schema()
