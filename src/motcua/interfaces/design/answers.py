"""Answers as people read them: on the check page, on the dossier, at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.domain.catalogue.types import FieldType, FormField
from motcua.interfaces.design import banks, formats
from motcua.interfaces.design.inputs import ISO_DATE, typed


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a table, as a table."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def named(self) -> list[list[tuple[str, str]]]:
        """The cells of each row with their headings."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]


def shown(  # noqa: PLR0911 - a case per type
    field: FormField, value: object, language: str, *, places: Mapping[str, str] | None = None
) -> str:
    """Return an answer as people read it; "" for none. ``places`` are names by commune code, see ``places.names``."""
    if value is None or value in ("", []):
        return ""
    match field.type, value:
        case FieldType.ADDRESS, Mapping():
            code = str(value.get("commune_code") or "")
            return ", ".join(filter(None, (str(value.get("street") or ""), (places or {}).get(code, code))))
        case FieldType.CHOICE, _:
            return next((c.label.to(language) for c in field.choices if c.value == value), str(value))
        case FieldType.YES_NO | FieldType.SIGNATURE, _:
            affirmed = _("Đã cam đoan") if field.type is FieldType.SIGNATURE else _("Có")
            return affirmed if value in {True, "yes"} else _("Không")
        case FieldType.PARTIAL_DATE, str():
            return "/".join(reversed(value.split("-")))
        case FieldType.PERSON, Mapping():
            return "\n".join(_person(value))
        case FieldType.BANK_ACCOUNT, Mapping():
            return "\n".join(_bank_account(value))
        case FieldType.TABLE, list():
            table = rows_shown(field, value, language, places=places)
            return "\n".join(", ".join(filter(None, row)) for row in table.rows)
        case _:
            return _with_unit(field, str(typed(field, value, {})), language)


def rows_shown(
    field: FormField, value: object, language: str, *, places: Mapping[str, str] | None = None
) -> Rows:
    """Return the answer to a table as headings and cells."""
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    return Rows(
        tuple(column.label.to(language) for column in field.columns),
        tuple(
            tuple(shown(column, row.get(column.key), language, places=places) for column in field.columns)
            for row in rows
        ),
    )


def _with_unit(field: FormField, written: str, language: str) -> str:
    if field.type is FieldType.MONEY:
        return f"{written} ₫"
    return f"{written} {field.unit.to(language)}" if field.unit else written


def _person(value: Mapping[str, object]) -> list[str]:
    lines = [str(value.get("full_name") or "")]
    if personal_id := value.get("personal_id"):
        lines.append(_("Số định danh: %(number)s") % {"number": personal_id})
    if born := str(value.get("born_on") or ""):
        day = formats.day(date.fromisoformat(born)) if ISO_DATE.match(born) else born
        lines.append(_("Ngày sinh: %(day)s") % {"day": day})
    return lines


def _bank_account(value: Mapping[str, object]) -> list[str]:
    listed = banks.bank(str(value.get("bank") or ""))
    bank = f"{listed.said} ({listed.bin})" if listed else str(value.get("bank") or "")
    return [str(value.get("number") or ""), bank, str(value.get("holder") or "")]
