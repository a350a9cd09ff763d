"""What can be true of a person.

Source: Law on Identity 26/2023/QH15, article 12; Circular 59/2021/TT-BCA, article 7: three digits for the
place of birth registration, one for century and sex, two for the year, six at random. Number, birth date
and sex are checked against each other where they are known; a contradiction is refused, never repaired.
"""

import re
from datetime import datetime

from motcua.domain.identity.types import BadPersonalId, ImpossibleDates, MissingName, PersonView, Sex
from motcua.kernel.clock import local_date

_NUMBER = re.compile(r"(?P<place>\d{3})(?P<century>\d)(?P<year>\d{2})\d{6}", re.ASCII)


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
    """Raise BadPersonalId unless ``personal_id`` is empty or has the form of a personal number."""
    if personal_id and not _NUMBER.fullmatch(personal_id):
        raise BadPersonalId(fields={"personal_id": BadPersonalId.code})


def _refuse_if_number_disagrees(person: PersonView) -> None:
    century, year = int(person.personal_id[3]), int(person.personal_id[4:6])
    if person.born_on is not None and person.born_on.year != 1900 + 100 * (century // 2) + year:
        raise BadPersonalId(fields={"personal_id": BadPersonalId.code, "born_on": BadPersonalId.code})
    if person.sex is not None and person.sex is not (Sex.FEMALE if century % 2 else Sex.MALE):
        raise BadPersonalId(fields={"personal_id": BadPersonalId.code, "sex": BadPersonalId.code})
