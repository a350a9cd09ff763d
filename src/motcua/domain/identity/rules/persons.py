"""What can be true of a person.

Source: Law on Identity 26/2023/QH15, article 12; the form of the number is ``kernel.identifiers.personal_id``.
Number, birth date and sex are checked against each other where they are known; a contradiction is refused,
never repaired.
"""

from datetime import datetime

from motcua.domain.identity.types import BadPersonalId, ImpossibleDates, MissingName, PersonView, Sex
from motcua.kernel.clock import local_date
from motcua.kernel.identifiers import personal_id as number


def refuse_if_contradictory(person: PersonView, *, at: datetime) -> None:
    """Raise the refusal for the first thing about ``person`` that cannot be."""
    if not person.full_name:
        raise MissingName(fields={"full_name": MissingName.code})
    if person.born_on is not None and person.born_on > local_date(at):
        raise ImpossibleDates(fields={"born_on": ImpossibleDates.code})
    refuse_if_malformed(person.personal_id)
    if person.personal_id:
        _refuse_if_number_disagrees(person)


def refuse_if_malformed(personal_id: str) -> None:
    """Raise BadPersonalId unless ``personal_id`` is empty or a personal number written plainly."""
    if personal_id:
        _read(personal_id)


def _read(personal_id: str) -> number.PersonalId:
    try:
        read = number.parse(personal_id)
    except number.NotAPersonalId as refusal:
        raise BadPersonalId(fields={"personal_id": BadPersonalId.code}) from refusal
    if read.number != personal_id:
        raise BadPersonalId(fields={"personal_id": BadPersonalId.code})
    return read


def _refuse_if_number_disagrees(person: PersonView) -> None:
    read = _read(person.personal_id)
    if person.born_on is not None and person.born_on.year != read.birth_year:
        raise BadPersonalId(fields={"personal_id": BadPersonalId.code, "born_on": BadPersonalId.code})
    if person.sex is not None and person.sex is not (Sex.FEMALE if read.sex == "F" else Sex.MALE):
        raise BadPersonalId(fields={"personal_id": BadPersonalId.code, "sex": BadPersonalId.code})
