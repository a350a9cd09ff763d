"""A dossier moved → its applicant is told, when the step concerns them; of an organisation, its representatives.

Source: Decree 118/2025/NĐ-CP art. 17–21 (the office notifies the applicant of receipt, missing papers, refusal,
stopping, lateness and the result).
"""

from datetime import datetime
from typing import Final

from motcua.domain.cases import queries as cases
from motcua.domain.cases.events import DossierMoved
from motcua.domain.cases.types import DossierView, Step
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import VIETNAM, local_date
from motcua.platform.notify import commands as notify
from motcua.platform.notify.types import required_by_law
from motcua.platform.outbox.types import hears

TOLD: Final = frozenset(
    {
        Step.SUBMIT,
        Step.REGISTER,
        Step.ACCEPT,
        Step.DECLINE,
        Step.ASK_SUPPLEMENT,
        Step.REQUIRE_PAYMENT,
        Step.REAPPOINT,
        Step.APPROVE,
        Step.REJECT,
        Step.HAND_OVER,
        Step.GRANT_WITHDRAWAL,
        Step.DENY_WITHDRAWAL,
        Step.CLOSE_UNANSWERED,
    }
)  #: what happens inside the office, from desk to handler to leader, is on the timeline and needs no letter


for _step in TOLD:
    required_by_law(f"dossier_{_step}", source="NĐ 118/2025 art. 17–21")


@hears(DossierMoved)
def tell_the_applicant(event: DossierMoved) -> None:
    """Put a notice into the applicant's inbox and send it on; the outbox keeps the effect to once."""
    if event.step not in TOLD:
        return
    view = cases.dossier(event.dossier_id, actor=SYSTEM)
    for person_id in _told(view, at=event.at):
        notify.notify(
            person_id,
            f"dossier_{event.step}",
            facts=_facts(view, event),
            link=f"/ho-so/{event.dossier_id}",
            actor=SYSTEM,
            at=event.at,
        )


def _told(view: DossierView, *, at: datetime) -> list[PersonId]:
    """Return who may open the dossier: whoever filed it for themselves, or who represents the organisation now."""
    if view.organisation_id is None:
        return [view.applicant_id]
    return [one.id for one in identity.representatives_of(view.organisation_id, on=local_date(at))]


def _facts(view: DossierView, event: DossierMoved) -> dict[str, str]:
    deed = next((row for row in view.history if row.step is event.step and row.at == event.at), None)
    asked = view.supplements[-1] if view.supplements else None
    procedure = catalogue.version(view.version_id).definition.name
    return {
        "code": view.code,
        "procedure": procedure.vi,
        "procedure_en": procedure.en,
        "reason": deed.reason if deed else "",
        "due": f"{view.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if view.due_at else "",
        "answer_by": f"{asked.answer_by:%d/%m/%Y}" if asked else "",
    }
