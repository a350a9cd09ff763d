"""What a person answered, written for people: the same on the check page and on the dossier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.domain.agencies import queries as agencies
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, FieldType, FormField, Section
from motcua.interfaces.design import formats
from motcua.kernel.money import Money

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as words; ``value`` is empty when there is none."""

    field: FormField
    value: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    section: Section
    answers: tuple[Shown, ...]


def shown(definition: Definition, answers: Mapping[str, object]) -> list[ShownSection]:
    """Return the answers to the questions that apply, by section (at most two queries, for addresses)."""
    names = place_names(codes_in(answers.values()))
    applies = {field.key for field in catalogue.visible_fields(definition, answers)}
    return [
        ShownSection(
            section,
            tuple(
                Shown(field, in_words(field, answers.get(field.key), names))
                for field in section.fields
                if field.key in applies
            ),
        )
        for section in definition.sections
        if any(field.key in applies for field in section.fields)
    ]


def codes_in(values: Iterable[object]) -> set[str]:
    """Return the commune codes among answers."""
    return {
        str(value["commune_code"])
        for value in values
        if isinstance(value, Mapping) and value.get("commune_code")
    }


def place_names(codes: set[str]) -> dict[str, str]:
    """Return "commune, province" by commune code (two queries, none for no codes)."""
    if not codes:
        return {}
    communes = agencies.units(codes)
    provinces = agencies.units({unit.parent_code for unit in communes.values()})
    return {
        code: ", ".join(
            [unit.name, *([provinces[unit.parent_code].name] if unit.parent_code in provinces else [])]
        )
        for code, unit in communes.items()
    }


def in_words(field: FormField, value: object, places: Mapping[str, str]) -> str:
    """Return one answer as a person would write it; what cannot be read is shown as it was typed."""
    match value:
        case None | "":
            return ""
        case bool():
            return _("Có") if value else _("Không")
        case int():
            return str(Money(value)) if field.type is FieldType.MONEY else str(value)
        case Mapping():
            code = str(value.get("commune_code") or "")
            place = places.get(code) or str(value.get("commune") or code)
            return ", ".join(filter(None, [str(value.get("street") or ""), place]))
    text = str(value)
    if field.type is FieldType.DATE:
        return date_in_words(text)
    language = get_language() or "vi"
    return next((choice.label.to(language) for choice in field.choices if choice.value == text), text)


def date_in_words(text: str) -> str:
    """Return an ISO date as ``25/02/2026``; anything else as it is."""
    try:
        return formats.day(date.fromisoformat(text))
    except ValueError:
        return text
