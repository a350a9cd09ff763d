"""Who asks, and how far ahead "soon" reaches for them."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases.rules import clock
from motcua.domain.cases.types import (
    UnknownDossier,
)
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import Actor


def agency_of(actor: Actor) -> UUID:
    if actor.agency_id is None:
        raise UnknownDossier()
    return actor.agency_id


def person_of(actor: Actor) -> PersonId:
    """Return the person who acts. Raises UnknownDossier for the system, which files nothing."""
    if actor.person_id is None:
        raise UnknownDossier()
    return PersonId(actor.person_id)


def soon_until(agency_id: UUID | None, at: datetime) -> datetime:
    if agency_id is None:
        return at + timedelta(hours=24)
    return clock.soon_until(agencies.calendar_of(AgencyId(agency_id)), at)
