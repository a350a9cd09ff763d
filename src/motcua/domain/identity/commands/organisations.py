"""Register organisations and say who acts for them."""

from datetime import date, datetime

from django.db import transaction

from motcua.domain.identity import queries
from motcua.domain.identity.commands._trace import leave_trace, refusing
from motcua.domain.identity.events import (
    OrganisationRegistered,
    RepresentativeAppointed,
    RepresentativeDismissed,
)
from motcua.domain.identity.models import Organisation, Representation
from motcua.domain.identity.rules.organisations import refuse_if_malformed
from motcua.domain.identity.types import (
    Address,
    AlreadyRelated,
    ImpossibleDates,
    MissingName,
    NotRepresentative,
    OrganisationId,
    OrganisationKind,
    OrganisationView,
    PersonId,
    TaxCodeTaken,
)
from motcua.kernel.actors import Actor, Role
from motcua.kernel.ids import uuid7
from motcua.kernel.text import fold, sort_key
from motcua.platform.outbox import commands as outbox


@transaction.atomic
def register_organisation(
    name: str,
    *,
    kind: OrganisationKind,
    tax_code: str = "",
    address: Address | None = None,
    actor: Actor,
    at: datetime,
) -> OrganisationView:
    """Enter an organisation.

    Raises BadTaxCode, TaxCodeTaken, MissingName. Announces OrganisationRegistered.
    """
    actor.require(Role.CLERK, Role.HANDLER, Role.ADMIN, Role.SYSTEM)
    known_as = " ".join(name.split())
    if not known_as:
        raise MissingName(fields={"name": MissingName.code})
    refuse_if_malformed(tax_code)
    with refusing(organisation_one_per_tax_code=TaxCodeTaken):
        row = Organisation.objects.create(
            pk=uuid7(at),
            name=known_as,
            search=f"{fold(known_as)} {tax_code}".strip(),
            sort_key=sort_key(known_as),
            kind=kind.value,
            tax_code=tax_code,
            street=address.street if address else "",
            commune_code=address.commune_code if address else "",
            created_at=at,
        )
    leave_trace("register_organisation", row.pk, actor=actor, at=at, facts={"kind": kind.value})
    outbox.announce(OrganisationRegistered(at=at, organisation_id=OrganisationId(row.pk)))
    return queries.organisation_view(row)


@transaction.atomic
def appoint_representative(
    organisation_id: OrganisationId, person_id: PersonId, *, since: date, actor: Actor, at: datetime
) -> None:
    """Let a person act for an organisation from ``since`` on.

    Raises UnknownOrganisation, UnknownPerson, AlreadyRelated. Announces RepresentativeAppointed.
    """
    actor.require(Role.CLERK, Role.HANDLER, Role.ADMIN, Role.SYSTEM)
    queries.organisation(organisation_id)
    queries.person(person_id)
    with refusing(representation_once_at_a_time=AlreadyRelated):
        Representation.objects.create(organisation_id=organisation_id, person_id=person_id, valid_from=since)
    facts = {"person": str(person_id), "since": since.isoformat()}
    leave_trace("appoint_representative", organisation_id, actor=actor, at=at, facts=facts)
    outbox.announce(RepresentativeAppointed(at=at, organisation_id=organisation_id, person_id=person_id))


@transaction.atomic
def dismiss_representative(
    organisation_id: OrganisationId, person_id: PersonId, *, until: date, actor: Actor, at: datetime
) -> None:
    """End a representation; ``until`` is its last day.

    Raises NotRepresentative, ImpossibleDates. Announces RepresentativeDismissed. Locks the representation.
    """
    actor.require(Role.CLERK, Role.HANDLER, Role.ADMIN, Role.SYSTEM)
    rows = Representation.objects.open().select_for_update()
    row = rows.filter(organisation=organisation_id, person=person_id).first()
    if row is None:
        raise NotRepresentative(person_id=str(person_id), organisation_id=str(organisation_id))
    if until < row.valid_from:
        raise ImpossibleDates(fields={"until": ImpossibleDates.code})
    row.valid_to = until
    row.save(update_fields=["valid_to"])
    facts = {"person": str(person_id), "until": until.isoformat()}
    leave_trace("dismiss_representative", organisation_id, actor=actor, at=at, facts=facts)
    outbox.announce(RepresentativeDismissed(at=at, organisation_id=organisation_id, person_id=person_id))
