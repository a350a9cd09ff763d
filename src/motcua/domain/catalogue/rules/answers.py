"""Check what a citizen typed against the questions of a definition.

The same function serves the page, the API and the counter. It returns answers in canonical JSON
(dates as ISO text, numbers as int, yes/no as bool) or refuses with one code per field.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from motcua.domain.catalogue.types import BadAnswers, Definition, FieldType, FormField, PaperSpec
from motcua.kernel.errors import Refusal
from motcua.kernel.identifiers import personal_id, tax_code

REQUIRED: Final = "required"
TOO_LONG: Final = "too_long"
WRONG_FORM: Final = "wrong_form"
OUT_OF_RANGE: Final = "out_of_range"
IN_THE_FUTURE: Final = "in_the_future"
NOT_A_CHOICE: Final = "not_a_choice"

_PHONE = re.compile(r"^(?:\+84|0)[0-9]{9,10}$")
_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}$")
_COMMUNE = re.compile(r"^[0-9]{5}$")
_VIETNAMESE_DATE = re.compile(r"^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$")
_MAX_EMAIL = 254
_YES_NO = {True: True, False: False, "yes": True, "no": False, "true": True, "false": False}


class _Wrong(Exception):
    """A value does not fit its field; ``args[0]`` is the code."""


def visible_fields(definition: Definition, answers: Mapping[str, object]) -> list[FormField]:
    """Return the questions that apply, given the answers so far."""
    return [f for f in definition.fields if f.show_when is None or f.show_when.holds(answers)]


def visible_papers(definition: Definition, answers: Mapping[str, object]) -> list[PaperSpec]:
    """Return the papers that apply, given the answers so far."""
    return [p for p in definition.papers if p.show_when is None or p.show_when.holds(answers)]


def checked(definition: Definition, answers: Mapping[str, object], *, today: date) -> dict[str, object]:
    """Return every applicable answer in canonical form.

    Answers to questions that do not apply are dropped. Raises BadAnswers(fields={key: code}) naming every
    fault at once.
    """
    clean, faults = partly_checked(definition, answers, today=today)
    visible = visible_fields(definition, clean)
    faults |= {f.key: REQUIRED for f in visible if f.required and f.key not in clean and f.key not in faults}
    shown = {f.key for f in visible}
    faults = {key: code for key, code in faults.items() if key in shown}
    if faults:
        raise BadAnswers(fields=faults)
    return {key: value for key, value in clean.items() if key in shown}


def partly_checked(
    definition: Definition, answers: Mapping[str, object], *, today: date, keys: Iterable[str] | None = None
) -> tuple[dict[str, object], dict[str, str]]:
    """Return (clean answers, faults) of what is there; nothing is missed for being absent.

    ``keys`` limits the check to some fields, e.g. those of one page.
    """
    wanted = None if keys is None else set(keys)
    clean: dict[str, object] = {}
    faults: dict[str, str] = {}
    for field in definition.fields:
        if wanted is not None and field.key not in wanted:
            continue
        value = _tidied(answers.get(field.key))
        if value is None:
            continue
        try:
            clean[field.key] = _READERS[field.type](field, value, today)
        except _Wrong as wrong:
            faults[field.key] = str(wrong.args[0])
    return clean, faults


def missing_papers(
    definition: Definition, answers: Mapping[str, object], present: Iterable[str]
) -> list[PaperSpec]:
    """Return the required papers that apply and are not among ``present`` keys."""
    there = set(present)
    return [p for p in visible_papers(definition, answers) if p.required and p.key not in there]


def _tidied(value: object) -> object:
    """Return ``value`` with text trimmed and composed (NFC); None for anything empty."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip() or None
    if isinstance(value, Mapping) and not any(_tidied(part) for part in value.values()):
        return None
    return value


def _text(field: FormField, value: object, _today: date) -> str:
    if not isinstance(value, str):
        raise _Wrong(WRONG_FORM)
    allowed = "\n\t" if field.type is FieldType.LONG_TEXT else ""
    text = value.replace("\r\n", "\n")
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in allowed for char in text):
        raise _Wrong(WRONG_FORM)
    if len(text) > field.max_length:
        raise _Wrong(TOO_LONG)
    return text


def _integer(field: FormField, value: object, _today: date) -> int:
    if isinstance(value, str):
        bare = (
            value.replace(".", "").replace(" ", "").replace("\u00a0", "").removesuffix("₫").removesuffix("đ")
        )
        if not re.fullmatch(r"-?[0-9]{1,15}", bare):
            raise _Wrong(WRONG_FORM)
        value = int(bare)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Wrong(WRONG_FORM)
    lowest = field.minimum if field.minimum is not None else 0
    highest = field.maximum if field.maximum is not None else 10**15
    if not lowest <= value <= highest:
        raise _Wrong(OUT_OF_RANGE)
    return value


def _date(field: FormField, value: object, today: date) -> str:
    if not isinstance(value, str):
        raise _Wrong(WRONG_FORM)
    try:
        if match := _VIETNAMESE_DATE.match(value):
            day, month, year = map(int, match.groups())
            when = date(year, month, day)
        else:
            when = date.fromisoformat(value)
    except ValueError as error:
        raise _Wrong(WRONG_FORM) from error
    if field.not_future and when > today:
        raise _Wrong(IN_THE_FUTURE)
    if when.year < 1900:  # noqa: PLR2004 - no living person's paper is older
        raise _Wrong(OUT_OF_RANGE)
    return when.isoformat()


def _choice(field: FormField, value: object, _today: date) -> str:
    if value not in {choice.value for choice in field.choices}:
        raise _Wrong(NOT_A_CHOICE)
    return str(value)


def _yes_no(_field: FormField, value: object, _today: date) -> bool:
    if not isinstance(value, str | bool) or value not in _YES_NO:
        raise _Wrong(NOT_A_CHOICE)
    return _YES_NO[value]


def _identifier(parse: Callable[[str], object]) -> Callable[[FormField, object, date], str]:
    def read(_field: FormField, value: object, _today: date) -> str:
        if not isinstance(value, str):
            raise _Wrong(WRONG_FORM)
        bare = re.sub(r"[\s.]", "", value)
        try:
            parse(bare)
        except Refusal as refusal:
            raise _Wrong(WRONG_FORM) from refusal
        return bare

    return read


def _phone(_field: FormField, value: object, _today: date) -> str:
    bare = re.sub(r"[\s.()-]", "", value) if isinstance(value, str) else ""
    if not _PHONE.match(bare):
        raise _Wrong(WRONG_FORM)
    return bare


def _email(_field: FormField, value: object, _today: date) -> str:
    if not isinstance(value, str) or len(value) > _MAX_EMAIL or not _EMAIL.match(value):
        raise _Wrong(WRONG_FORM)
    return value


def _address(field: FormField, value: object, _today: date) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise _Wrong(WRONG_FORM)
    street, commune = str(value.get("street") or "").strip(), str(value.get("commune_code") or "").strip()
    if not _COMMUNE.match(commune) or any(ord(char) < ord(" ") for char in street):
        raise _Wrong(WRONG_FORM)
    if len(street) > field.max_length:
        raise _Wrong(TOO_LONG)
    return {"street": unicodedata.normalize("NFC", street), "commune_code": commune}


_READERS: Final[Mapping[FieldType, Callable[[FormField, object, date], object]]] = {
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
