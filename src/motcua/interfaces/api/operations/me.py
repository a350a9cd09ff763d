"""Who the caller is, and in which capacity they act."""

from datetime import date
from uuid import UUID

from ninja import Router, Schema

from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId
from motcua.interfaces.api.doors import admits
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel.actors import Assurance, NotPermitted, Role
from motcua.platform.notify import queries as notices

router = Router(tags=["Me"])

EVERYONE_SIGNED_IN = tuple(role for role in Role if role is not Role.SYSTEM)


class Organisation(Schema):
    id: UUID
    tax_code: str
    name: str


class Me(Schema):
    person_id: UUID
    full_name: str
    personal_id: str
    born_on: date | None
    role: Role
    agency_id: UUID | None
    seat_id: UUID | None
    assurance: Assurance
    organisations: list[Organisation]
    unread_notices: int


@router.get("/me", response=Me, operation_id="me")
@admits(*EVERYONE_SIGNED_IN)
def me(request: ActedRequest) -> Me:
    """Return the caller: the person, the capacity in which they act, and whom they represent."""
    actor = request.actor
    if actor.person_id is None:
        raise NotPermitted(role=actor.role)
    person = identity.person(PersonId(actor.person_id))
    represented = identity.organisations_of(person.id)
    return Me(
        person_id=person.id,
        full_name=person.full_name,
        personal_id=person.personal_id,
        born_on=person.born_on,
        role=actor.role,
        agency_id=actor.agency_id,
        seat_id=actor.seat_id,
        assurance=actor.assurance,
        organisations=[Organisation(id=o.id, tax_code=o.tax_code, name=o.name) for o in represented],
        unread_notices=notices.unread_count(person.id),
    )
