"""What a person answered, section by section: the same on the check page and on the dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, FieldType, FormField, Section
from motcua.interfaces.design import places
from motcua.interfaces.design.answers import Rows, rows_shown, shown


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as words; ``value`` is empty when there is none."""

    field: FormField
    value: str
    rows: Rows | None = None  #: of a table
    differs: str = ""  #: what the node holds instead, if the citizen disputes it


@dataclass(frozen=True, slots=True)
class ShownSection:
    section: Section
    answers: tuple[Shown, ...]


def shown_sections(
    definition: Definition, answers: Mapping[str, object], language: str, *, today: date
) -> list[ShownSection]:
    """Return the answers to the questions that apply, by section (at most two queries, for addresses)."""
    names = places.names([answers])
    applies = {field.key for field in catalogue.filled(definition, answers, today=today).shown}
    sections = []
    for section in definition.sections:
        asked = [field for field in section.fields if field.key in applies]
        if asked:
            told = tuple(_told(field, answers.get(field.key), language, names) for field in asked)
            sections.append(ShownSection(section, told))
    return sections


def _told(field: FormField, answer: object, language: str, names: Mapping[str, str]) -> Shown:
    rows = rows_shown(field, answer, language, places=names) if field.type is FieldType.TABLE else None
    return Shown(field, shown(field, answer, language, places=names), rows)
