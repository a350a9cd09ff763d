"""Print the control slip of a dossier (form 06) and the register of an office (form 07), from the history.

Source: Circular 03/2025/TT-VPCP annex I, forms 06 and 07; before 15/09/2025 Circular 01/2018/TT-VPCP, forms 05, 06.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases import queries
from motcua.domain.cases.commands._lookups import NODE
from motcua.domain.cases.models import Dossier, History
from motcua.domain.cases.queries._acting import agency_of
from motcua.domain.cases.rules import books, clock, numbering, papers
from motcua.domain.cases.types import DossierId, Span, State, Step
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.catalogue.types import Stage, VersionId
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId, PersonView
from motcua.kernel.actors import OFFICERS, Actor, Role
from motcua.kernel.clock import VIETNAM, local_date
from motcua.platform.pdf import queries as pdf

MOST_ROWS: Final = 5_000  #: a printed register; longer ones are asked for by month
_FORMS: Final = Path(__file__).resolve().parent.parent / "forms"
_STAGES: Final = {State.ACCEPTED: Stage.RECEPTION, State.PROCESSING: Stage.HANDLING}


@transaction.atomic
def control_slip(dossier_id: DossierId, *, actor: Actor, at: datetime) -> bytes:
    """Return form 06 of a dossier as PDF/A: each hand-over with its outcome. Raises UnknownDossier."""
    actor.require(*OFFICERS, Role.AUDITOR)
    dossier = queries.visible_dossier(dossier_id, actor=actor)
    definition = catalogue.version(VersionId(dossier.procedure_version_id)).definition
    history = list(dossier.history.order_by("number"))
    facts = {
        **_head(AgencyId(dossier.agency_id), at, books.CONTROL_SLIP),
        "dossier_code": dossier.code,
        "procedure_name": definition.name.vi,
        "applicant": {"name": dossier.applicant_name},
        "received_at_text": papers.moment(dossier.accepted_at or dossier.submitted_at),
        "due_at_text": papers.moment(dossier.first_due_at) if dossier.first_due_at else "",
        "handovers": list(_handovers(dossier, history)),
    }
    return pdf.render(_FORMS / "06_control_slip.typ", facts)


@transaction.atomic
def register_book(span: Span, *, actor: Actor, at: datetime) -> bytes:
    """Return form 07 of the actor's office for a span as PDF/A, by order of acceptance; MOST_ROWS at most."""
    actor.require(*OFFICERS)
    agency_id = AgencyId(agency_of(actor))
    facts = {
        **_head(agency_id, at, books.REGISTER),
        "period_text": f"Từ {span.first:%d/%m/%Y} đến hết {span.last:%d/%m/%Y}",
        "book": {"volume": f"{span.first.year}"},
        "rows": _register_rows(span, agency_id),
    }
    return pdf.render(_FORMS / "07_register.typ", facts)


def _register_rows(span: Span, agency_id: AgencyId) -> list[dict[str, str]]:
    """Return the lines of form 07; four queries however many they are."""
    dossiers = list(
        Dossier.objects.of_agency(agency_id)
        .filter(accepted_at__gte=span.since, accepted_at__lt=span.until)
        .order_by("accepted_at", "id")[:MOST_ROWS]
    )
    steps = _instants([one.pk for one in dossiers])
    people = identity.persons({PersonId(one.applicant_id) for one in dossiers})
    office = agencies.agency(agency_id).name
    lines = []
    for number, one in enumerate(dossiers, start=1):
        person = people.get(PersonId(one.applicant_id))
        lines.append(
            {
                "no": str(number),
                "dossier_code": one.code,
                "procedure_name": catalogue.version(VersionId(one.procedure_version_id)).definition.name.vi,
                "copies_count": "1",
                "applicant_name": one.applicant_name,
                "contact": person.phone if person else "",
                "lead_agency": office,
                "received_at": books.short(one.accepted_at),
                "due_at": books.short(one.first_due_at),
                "sent_at": books.short(steps.get((one.pk, Step.FORWARD))),
                "got_at": books.short(steps.get((one.pk, Step.APPROVE))),
                "returned_at": books.short(steps.get((one.pk, Step.HAND_OVER))),
                "channel": "Bản giấy" if one.wants_paper else "Trực tuyến",
                "note": books.NOTES.get(State(one.state), ""),
            }
        )
    return lines


def _instants(ids: Sequence[UUID]) -> dict[tuple[UUID, str], datetime]:
    rows = History.objects.filter(dossier_id__in=ids, step__in=[Step.FORWARD, Step.APPROVE, Step.HAND_OVER])
    return {(pk, step): at for pk, step, at in rows.values_list("dossier_id", "step", "at")}


def _handovers(dossier: Dossier, history: Sequence[History]) -> Iterator[dict[str, str]]:
    """Yield each passing from one officer's turn, or the citizen's, to the next."""
    form = queries.form_as_filed(
        catalogue.version(VersionId(dossier.procedure_version_id)).definition, dossier
    )
    hours = catalogue.course(form).hours
    calendar = agencies.calendar_of(AgencyId(dossier.agency_id))
    names: dict[UUID | None, str] = {pk: one.full_name for pk, one in _people(history).items()}
    before = None
    for row in history:
        if before is not None and (before.state, before.with_role) != (row.state, row.with_role):
            stage = Stage.DECISION if before.with_role == Role.LEADER else _STAGES.get(State(before.state))
            by = (
                None
                if stage is None
                else clock.step_by(calendar, before.at, hours[stage], dossier.first_due_at)
            )
            yield {
                "from_unit": books.UNITS.get(before.with_role, books.CITIZEN),
                "from_person": names.get(row.by_person_id, "") if row.by_role != Role.CITIZEN else "",
                "to_unit": books.UNITS.get(row.with_role, books.CITIZEN),
                "at_text": papers.moment(row.at),
                "result": books.outcome(row.at, by),
                "note": books.STEPS.get(Step(row.step), ""),
            }
            before = row
        elif before is None:
            before = row


def _people(history: Sequence[History]) -> dict[PersonId, PersonView]:
    return identity.persons({PersonId(row.by_person_id) for row in history if row.by_person_id})


def _head(agency_id: AgencyId, at: datetime, form: books.Form) -> dict[str, object]:
    office, on = NODE.office(agency_id), local_date(at)
    return {
        "agency_parent": office.parent,
        "agency_name": office.name,
        "form_no": form.since_2025 if on >= numbering.CIRCULAR_2025 else form.since_2018,
        "legal_source": numbering.legal_source(on),
        "place": office.place,
        "date_text": papers.day(at),
        "made_at": at.astimezone(VIETNAM).isoformat(timespec="seconds"),
    }
