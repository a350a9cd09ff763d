"""Prove definitions: files before they are published, and what is published or ships with the package."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files

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


def shipped_text(code: str) -> str | None:
    """Return the text of the definition of ``code`` that ships with the package; None if none does."""
    file = files("motcua.domain.catalogue") / "definitions" / f"{code}.yaml"
    return file.read_text(encoding="utf-8") if file.is_file() else None
