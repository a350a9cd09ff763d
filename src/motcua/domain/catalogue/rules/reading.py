"""Read what somebody typed as the answer to one question: canonical JSON, or a code for what is wrong."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from motcua.domain.catalogue.types import MOST_ROWS, FieldType, FormField
from motcua.kernel.errors import Refusal
from motcua.kernel.identifiers import personal_id, tax_code

REQUIRED: Final = "required"
TOO_LONG: Final = "too_long"
WRONG_FORM: Final = "wrong_form"
OUT_OF_RANGE: Final = "out_of_range"
IN_THE_FUTURE: Final = "in_the_future"
IN_THE_PAST: Final = "in_the_past"
NOT_A_CHOICE: Final = "not_a_choice"
WRONG_ROWS: Final = "wrong_rows"

EARLIEST_YEAR: Final = 1900  #: no living person's paper is older
MOST_NUMBER: Final = 10**12
_PHONE = re.compile(r"^(?:\+84|0)[0-9]{9,10}$")
_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}$")
_COMMUNE = re.compile(r"^[0-9]{5}$")
_ACCOUNT = re.compile(r"^[0-9A-Z]{6,20}$")
_VIETNAMESE_DATE = re.compile(r"^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$")
_PARTIAL = re.compile(r"^(?:(?:([0-9]{1,2})[/.-])?([0-9]{1,2})[/.-])?([0-9]{4})$")
_PARTIAL_ISO = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$")
_MAX_EMAIL = 254
_YES_NO = {True: True, False: False, "yes": True, "no": False, "true": True, "false": False}


class Wrong(Exception):
    """A value does not fit its question. ``inside`` gives faults of cells by "row.column"."""

    def __init__(self, fault: str, inside: Mapping[str, str] | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.inside = dict(inside or {})


def read(question: FormField, value: object, today: date) -> object:
    """Return a tidied ``value`` in the canonical form of the question's type. Raises Wrong."""
    return _READERS[question.type](question, value, today)


def tidied(value: object) -> object:
    """Return ``value`` with text trimmed and composed (NFC); None for anything empty."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip() or None
    if isinstance(value, Mapping) and all(tidied(part) is None for part in value.values()):
        return None
    return value


def _text(field: FormField, value: object, _today: date) -> str:
    if not isinstance(value, str):
        raise Wrong(WRONG_FORM)
    allowed = "\n\t" if field.type is FieldType.LONG_TEXT else ""
    text = value.replace("\r\n", "\n")
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in allowed for char in text):
        raise Wrong(WRONG_FORM)
    if len(text) > field.max_length:
        raise Wrong(TOO_LONG)
    return text


def _integer(field: FormField, value: object, _today: date) -> int:
    if isinstance(value, str):
        bare = (
            value.replace(".", "").replace(" ", "").replace("\u00a0", "").removesuffix("₫").removesuffix("đ")
        )
        if not re.fullmatch(r"-?[0-9]{1,15}", bare):
            raise Wrong(WRONG_FORM)
        value = int(bare)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(WRONG_FORM)
    lowest = field.minimum if field.minimum is not None else 0
    highest = field.maximum if field.maximum is not None else 10**15
    if not lowest <= value <= highest:
        raise Wrong(OUT_OF_RANGE)
    return value


def _date(field: FormField, value: object, today: date) -> str:
    if not isinstance(value, str):
        raise Wrong(WRONG_FORM)
    try:
        if match := _VIETNAMESE_DATE.match(value):
            day, month, year = map(int, match.groups())
            when = date(year, month, day)
        else:
            when = date.fromisoformat(value)
    except ValueError as error:
        raise Wrong(WRONG_FORM) from error
    if field.not_future and when > today:
        raise Wrong(IN_THE_FUTURE)
    if field.not_past and when < today:
        raise Wrong(IN_THE_PAST)
    if when.year < EARLIEST_YEAR:
        raise Wrong(OUT_OF_RANGE)
    return when.isoformat()


def _choice(field: FormField, value: object, _today: date) -> str:
    if value not in {choice.value for choice in field.choices}:
        raise Wrong(NOT_A_CHOICE)
    return str(value)


def _yes_no(_field: FormField, value: object, _today: date) -> bool:
    if not isinstance(value, str | bool) or value not in _YES_NO:
        raise Wrong(NOT_A_CHOICE)
    return _YES_NO[value]


def _identifier(parse: Callable[[str], object]) -> Callable[[FormField, object, date], str]:
    def read(_field: FormField, value: object, _today: date) -> str:
        if not isinstance(value, str):
            raise Wrong(WRONG_FORM)
        bare = re.sub(r"[\s.]", "", value)
        try:
            parse(bare)
        except Refusal as refusal:
            raise Wrong(WRONG_FORM) from refusal
        return bare

    return read


def _phone(_field: FormField, value: object, _today: date) -> str:
    bare = re.sub(r"[\s.()-]", "", value) if isinstance(value, str) else ""
    if not _PHONE.match(bare):
        raise Wrong(WRONG_FORM)
    return bare


def _email(_field: FormField, value: object, _today: date) -> str:
    if not isinstance(value, str) or len(value) > _MAX_EMAIL or not _EMAIL.match(value):
        raise Wrong(WRONG_FORM)
    return value


def _address(field: FormField, value: object, _today: date) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Wrong(WRONG_FORM)
    street, commune = str(value.get("street") or "").strip(), str(value.get("commune_code") or "").strip()
    if not _COMMUNE.match(commune) or any(ord(char) < ord(" ") for char in street):
        raise Wrong(WRONG_FORM)
    if len(street) > field.max_length:
        raise Wrong(TOO_LONG)
    return {"street": unicodedata.normalize("NFC", street), "commune_code": commune}


def _number(field: FormField, value: object, _today: date) -> float:
    """Vietnamese writing: 1.234,5; a single point with one or two digits behind it is a decimal point."""
    if isinstance(value, str):
        bare = value.replace(" ", "").replace("\u00a0", "")
        if "," in bare or not re.fullmatch(r"-?[0-9]+\.[0-9]{1,2}", bare):
            bare = bare.replace(".", "").replace(",", ".")
        if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", bare):
            raise Wrong(WRONG_FORM)
        value = float(bare)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(WRONG_FORM)
    lowest = field.minimum if field.minimum is not None else 0
    highest = field.maximum if field.maximum is not None else MOST_NUMBER
    if not lowest <= value <= highest:  # also refuses what is not a number
        raise Wrong(OUT_OF_RANGE)
    return round(float(value), field.decimals)


def _partial_date(field: FormField, value: object, today: date) -> str:
    if not isinstance(value, str):
        raise Wrong(WRONG_FORM)
    if match := _PARTIAL_ISO.match(value):
        year, month, day = match.groups()
    elif match := _PARTIAL.match(value):
        day, month, year = match.groups()
    else:
        raise Wrong(WRONG_FORM)
    parts = [int(part) for part in (year, month, day) if part is not None]
    try:
        first = date(*[*parts, 1, 1][:3])
    except ValueError as error:
        raise Wrong(WRONG_FORM) from error
    if field.not_future and first > today:
        raise Wrong(IN_THE_FUTURE)
    if first.year < EARLIEST_YEAR:
        raise Wrong(OUT_OF_RANGE)
    return first.isoformat()[: (4, 7, 10)[len(parts) - 1]]


def _person(field: FormField, value: object, today: date) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise Wrong(WRONG_FORM)
    readers: dict[str, Callable[[FormField, object, date], object]] = {
        "full_name": _text,
        "personal_id": _READERS[FieldType.PERSONAL_ID],
        "born_on": _date,
    }
    return _parts(field, value, today, readers, needed={"full_name"})


def _bank_account(field: FormField, value: object, today: date) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise Wrong(WRONG_FORM)

    def number(_field: FormField, typed: object, _today: date) -> str:
        bare = re.sub(r"[\s.-]", "", typed).upper() if isinstance(typed, str) else ""
        if not _ACCOUNT.match(bare):
            raise Wrong(WRONG_FORM)
        return bare

    readers: dict[str, Callable[[FormField, object, date], object]] = {
        "bank": _text,
        "number": number,
        "holder": _text,
    }
    return _parts(field, value, today, readers, needed=set(readers))


def _parts(
    field: FormField,
    value: Mapping[str, object],
    today: date,
    readers: Mapping[str, Callable[[FormField, object, date], object]],
    *,
    needed: set[str],
) -> dict[str, object]:
    """Return the parts of a composed answer. Raises Wrong naming each part that is missing or wrong."""
    clean: dict[str, object] = {}
    faults: dict[str, str] = {}
    for part, reader in readers.items():
        typed = tidied(value.get(part))
        if typed is None:
            if part in needed:
                faults[part] = REQUIRED
            continue
        try:
            clean[part] = reader(field, typed, today)
        except Wrong as wrong:
            faults[part] = wrong.fault
    if faults:
        raise Wrong(WRONG_FORM, faults)
    return clean


def _table(field: FormField, value: object, today: date) -> list[dict[str, object]]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise Wrong(WRONG_FORM)
    rows = [row for row in value if tidied(row) is not None]
    if len(rows) > (field.maximum or MOST_ROWS):
        raise Wrong(TOO_LONG)
    if rows and len(rows) < (field.minimum or 0):
        raise Wrong(OUT_OF_RANGE)
    clean: list[dict[str, object]] = []
    faults: dict[str, str] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise Wrong(WRONG_FORM)
        clean.append(_row(field, number, row, today, faults))
    if faults:
        raise Wrong(WRONG_ROWS, faults)
    return clean


def _row(
    field: FormField, number: int, row: Mapping[str, object], today: date, faults: dict[str, str]
) -> dict[str, object]:
    clean: dict[str, object] = {}
    for column in field.columns:
        typed = tidied(row.get(column.key))
        if typed is None:
            if column.required:
                faults[f"{number}.{column.key}"] = REQUIRED
            continue
        try:
            clean[column.key] = read(column, typed, today)
        except Wrong as wrong:
            faults[f"{number}.{column.key}"] = wrong.fault
    return clean


_READERS: Final[Mapping[FieldType, Callable[[FormField, object, date], object]]] = {
    FieldType.NUMBER: _number,
    FieldType.PARTIAL_DATE: _partial_date,
    FieldType.PERSON: _person,
    FieldType.BANK_ACCOUNT: _bank_account,
    FieldType.TABLE: _table,
    FieldType.SIGNATURE: _yes_no,
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.INTEGER: _integer,
    FieldType.MONEY: _integer,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.PERSONAL_ID: _identifier(personal_id.parse),
    FieldType.TAX_CODE: _identifier(tax_code.parse),
    FieldType.PHONE: _phone,
    FieldType.EMAIL: _email,
    FieldType.ADDRESS: _address,
}
