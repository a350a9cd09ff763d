"""Identifiers people type and machines scan: parse, validate, take apart, write in the standard form.

Each module is one kind: a frozen dataclass whose ``str()`` is the standard form, and ``parse(text)`` which
raises a refusal with a stable reason. Digits are 0–9 only; digits of other scripts are refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from motcua.kernel.errors import Unknown
from motcua.kernel.identifiers import (
    agency_code,
    card_qr,
    dossier_code,
    insurance,
    personal_id,
    prescription,
    procedure_code,
    tax_code,
    territory,
    vietqr,
)
from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason

__all__ = ["KINDS", "NotAnIdentifier", "Reason", "UnknownKind", "parse", "parts"]

#: kind → the function that reads it. The values are frozen dataclasses whose ``str()`` is the standard form.
KINDS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "personal_id": personal_id.parse,
        "mst": tax_code.parse,
        "insurance": insurance.parse,
        "dossier_code": dossier_code.parse,
        "procedure_code": procedure_code.parse,
        "agency_code": agency_code.parse,
        "prescription": prescription.parse,
        "commune": territory.parse,
        "cccd_qr": card_qr.parse,
        "vietqr": vietqr.parse,
    }
)


class UnknownKind(Unknown):
    """There is no kind of identifier by this name."""

    code = "identifiers.unknown_kind"


def parse(kind: str, text: str) -> object:
    """Return the identifier of that kind written in ``text``. Raises UnknownKind or NotAnIdentifier."""
    if kind not in KINDS:
        raise UnknownKind(kind=kind, known=sorted(KINDS))
    return KINDS[kind](text)


def parts(identifier: object) -> dict[str, object]:
    """Return the parts of an identifier as plain values: text, numbers, ISO dates, lists."""
    if not is_dataclass(identifier):
        raise TypeError(f"not an identifier: {identifier!r}")
    return {field.name: _plain(getattr(identifier, field.name)) for field in fields(identifier)}


def _plain(value: object) -> object:
    if is_dataclass(value):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.name.lower()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
