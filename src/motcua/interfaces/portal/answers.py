"""What a person answered, section by section: the same on the check page and on the dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Definition, FormField, Section
from motcua.interfaces.design.definition_forms import places, shown


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as words; ``value`` is empty when there is none."""

    field: FormField
    value: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    section: Section
    answers: tuple[Shown, ...]


def shown_sections(
    definition: Definition, answers: Mapping[str, object], language: str, *, today: date
) -> list[ShownSection]:
    """Return the answers to the questions that apply, by section (at most two queries, for addresses)."""
    names = places([answers])
    applies = {field.key for field in catalogue.filled(definition, answers, today=today).shown}
    sections = []
    for section in definition.sections:
        asked = [field for field in section.fields if field.key in applies]
        told = tuple(
            Shown(field, shown(field, answers.get(field.key), language, places=names)) for field in asked
        )
        if told:
            sections.append(ShownSection(section, told))
    return sections
