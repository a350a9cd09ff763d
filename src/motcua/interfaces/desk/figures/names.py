"""What the lines of a report are called."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId, SeatId
from motcua.domain.cases.types import By, Statistics
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId
from motcua.interfaces.desk import words


def of(found: Statistics) -> dict[str, str]:
    """Return the name of each line by its key."""
    return _KINDS[found.by]([line.key for line in found.lines], found)


def _agencies(keys: list[str], _found: Statistics) -> dict[str, str]:
    known = agencies.agencies([AgencyId(UUID(key)) for key in keys])
    return {str(pk): one.short_name or one.name for pk, one in known.items()}


def _procedures(keys: list[str], found: Statistics) -> dict[str, str]:
    known, language = catalogue.names(set(keys), on=found.span.last), get_language()
    return {key: known[key].name.to(language) if key in known else key for key in keys}


def _officers(keys: list[str], _found: Statistics) -> dict[str, str]:
    seats = {key: agencies.seat(SeatId(UUID(key))) for key in keys if key}
    holders = {key: PersonId(seat.person_id) for key, seat in seats.items()}
    people = identity.persons(set(holders.values()))
    known = {key: people[holder].full_name for key, holder in holders.items() if holder in people}
    return {key: known.get(key, _("Chưa ai nhận")) for key in keys}


def _channels(keys: list[str], _found: Statistics) -> dict[str, str]:
    return {key: str(words.channel(Channel(key))) for key in keys}


def _fields(keys: list[str], _found: Statistics) -> dict[str, str]:
    return {key: key or _("Khác") for key in keys}


def _months(keys: list[str], _found: Statistics) -> dict[str, str]:
    return {key: f"{key[5:7]}/{key[:4]}" for key in keys}


def _days(keys: list[str], _found: Statistics) -> dict[str, str]:
    return {key: f"{key[8:10]}/{key[5:7]}" for key in keys}


_KINDS: Final[Mapping[By, Callable[[list[str], Statistics], dict[str, str]]]] = {
    By.AGENCY: _agencies,
    By.PROCEDURE: _procedures,
    By.OFFICER: _officers,
    By.CHANNEL: _channels,
    By.FIELD: _fields,
    By.MONTH: _months,
    By.DAY: _days,
}
