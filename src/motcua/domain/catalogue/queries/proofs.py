"""Prove definitions: files before they are published, and what is published or ships with the package."""

from collections.abc import Mapping
from datetime import date

from motcua.domain.catalogue.queries.procedures import procedure
from motcua.domain.catalogue.rules import proof
from motcua.domain.catalogue.types import HELD, Proof


def prove_text(text: str, *, held: Mapping[str, str] = HELD) -> Proof:
    """Return the proof of the definition written in ``text``. Needs no database.

    ``held`` says which answers the node's registers hold: source of a prefilled answer → register.
    """
    return proof.prove_text(text, held=held)


def prove(code: str, *, on: date, held: Mapping[str, str] = HELD) -> Proof:
    """Return the proof of the version of ``code`` in force ``on`` that day. Raises UnknownProcedure."""
    return proof.prove(procedure(code, on=on).definition, held=held)
