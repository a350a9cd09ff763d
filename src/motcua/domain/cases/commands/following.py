"""Let running dossiers go on under a later version of their procedure."""

from datetime import datetime

from django.db import transaction

from motcua.domain.cases.events import DossierFollowed
from motcua.domain.cases.models import Attachment, Dossier
from motcua.domain.cases.queries import following
from motcua.domain.cases.types import FINAL_STATES, CannotFollow, DossierId, State, UnknownDossier
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Channel
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import local_date
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox


@transaction.atomic
def follow_version(dossier_id: DossierId, *, actor: Actor, at: datetime) -> int:
    """Move an unfinished dossier to the version of its procedure in force; return that version's number.

    The appointment on the receipt stands: limits of the new version count from the next event of the clock.
    Raises UnknownDossier; CannotFollow with what stands in the way. Announces DossierFollowed. Safe to repeat.
    """
    actor.require(Role.ADMIN)
    dossier = Dossier.objects.locked(dossier_id)
    if dossier is None:
        raise UnknownDossier(dossier_id=dossier_id)
    later = catalogue.procedure(dossier.procedure_code, on=local_date(at))
    if dossier.procedure_version_id == later.version_id:
        return later.version
    if State(dossier.state) in FINAL_STATES or dossier.state == State.DONE:
        raise CannotFollow(dossier_id=dossier_id, state=dossier.state)
    present = set(Attachment.objects.filter(dossier=dossier).values_list("paper", flat=True))
    found = following.obstacles(
        later.definition,
        dossier.answers,
        present,
        filed_on=local_date(dossier.submitted_at),
        channel=Channel(dossier.channel),
    )
    if not found.are_none:
        raise CannotFollow(dossier_id=dossier_id, fields=dict(found.fields), papers=list(found.papers))
    came_from = dossier.procedure_version_id
    dossier.procedure_version_id = later.version_id
    dossier.version += 1
    dossier.save(update_fields=["procedure_version", "version"])
    facts = {"code": dossier.code, "from": str(came_from), "to": str(later.version_id)}
    ledger.append("cases.follow_version", dossier.pk, actor=actor, at=at, facts=facts)
    outbox.announce(
        DossierFollowed(at=at, dossier_id=dossier_id, code=dossier.code, procedure_version=later.version)
    )
    return later.version
