"""Rows turned into frozen views; for the queries and commands of this app."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from motcua.domain.agencies.types import AgencyId, SeatId
from motcua.domain.cases.models import (
    Attachment,
    Document,
    Dossier,
    Draft,
    History,
)
from motcua.domain.cases.queries._acting import soon_until
from motcua.domain.cases.queries._rows import Parts, parts_of
from motcua.domain.cases.rules import clock
from motcua.domain.cases.types import (
    AttachmentView,
    ClockEffect,
    Disputed,
    DocumentId,
    DocumentKind,
    DocumentView,
    DossierGlance,
    DossierId,
    DossierRow,
    DossierView,
    DraftId,
    DraftView,
    HistoryView,
    State,
    Step,
    SupplementView,
)
from motcua.domain.catalogue.types import Channel, VersionId
from motcua.domain.identity.types import OrganisationId, PersonId
from motcua.kernel.actors import Role
from motcua.kernel.clock import now
from motcua.platform.files.types import FileId


def view_of(row: Any, *, at: datetime | None = None) -> DossierView:  # noqa: ANN401  a named row
    """Return the frozen view of a dossier row with everything that hangs on it (four queries)."""
    return whole(row, at or now(), parts_of([row.id]))


def view_of_new(dossier: Dossier, first: History, rows: Iterable[Document | Attachment]) -> DossierView:
    """Return the frozen view of a dossier written a moment ago, with all that hangs on it; nothing is asked."""
    kept = list(rows)
    attachments = [row for row in kept if isinstance(row, Attachment)]
    documents = [row for row in kept if isinstance(row, Document)]
    attachments.sort(key=lambda row: (row.added_at, row.pk))
    key = dossier.pk
    return whole(dossier, now(), Parts({key: attachments}, {key: documents}, {key: [first]}, {}))


def whole(row: Any, moment: datetime, parts: Parts) -> DossierView:  # noqa: ANN401  a named row
    """Return the frozen view of a dossier with what hangs on it."""
    state = State(row.state)
    return DossierView(
        id=DossierId(row.id),
        code=row.code,
        version=row.version,
        procedure_code=row.procedure_code,
        version_id=VersionId(row.procedure_version_id),
        agency_id=AgencyId(row.agency_id),
        applicant_id=PersonId(row.applicant_id),
        applicant_name=row.applicant_name,
        organisation_id=OrganisationId(row.organisation_id) if row.organisation_id else None,
        channel=Channel(row.channel),
        state=state,
        with_role=Role(row.with_role) if row.with_role else None,
        holder_seat_id=SeatId(row.holder_seat_id) if row.holder_seat_id else None,
        submitted_at=row.submitted_at,
        accepted_at=row.accepted_at,
        act_by=row.act_by,
        due_at=row.due_at,
        first_due_at=row.first_due_at,
        finished_at=row.finished_at,
        due=clock.urgency(state, row.act_by, now=moment, soon=soon_until(row.agency_id, moment)),
        answers=row.answers,
        fee_dong=row.fee_dong,
        fee_paid_at=row.fee_paid_at,
        wants_paper=row.wants_paper,
        lookup_secret=row.lookup_secret,
        proposal=row.proposal,
        attachments=tuple(map(attachment_view, parts.attachments.get(row.id, ()))),
        documents=tuple(map(document_view, parts.documents.get(row.id, ()))),
        history=tuple(map(history_view, parts.history.get(row.id, ()))),
        supplements=tuple(map(supplement_view, parts.supplements.get(row.id, ()))),
        disputed=disputed_view(row.disputed),
    )


def disputed_view(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, Disputed]:
    """Return what is kept of answers that differ from a source."""
    return {key: Disputed(one["source"], one["known"]) for key, one in stored.items()}


def draft_view(row: Draft) -> DraftView:
    """Return the frozen view of a draft row."""
    return DraftView(
        DraftId(row.pk),
        row.procedure_code,
        VersionId(row.procedure_version_id),
        PersonId(row.person_id),
        row.answers,
        row.sources,
        disputed_view(row.disputed),
        tuple(map(attachment_view, sorted(row.attachments.all(), key=lambda one: (one.added_at, one.pk)))),
        AgencyId(row.agency_id) if row.agency_id else None,
        OrganisationId(row.organisation_id) if row.organisation_id else None,
        row.revision,
        row.updated_at,
        DossierId(row.dossier_id) if row.dossier_id else None,
    )


def row_view(row: Any, *, now: datetime, soon: datetime) -> DossierRow:  # noqa: ANN401  a named row
    state = State(row.state)
    return DossierRow(
        id=DossierId(row.id),
        code=row.code,
        procedure_code=row.procedure_code,
        version_id=VersionId(row.procedure_version_id),
        applicant_name=row.applicant_name,
        state=state,
        with_role=Role(row.with_role) if row.with_role else None,
        act_by=row.act_by,
        due_at=row.due_at,
        due=clock.urgency(state, row.act_by, now=now, soon=soon),
        submitted_at=row.submitted_at,
        version=row.version,
    )


def glance_view(facts: dict[str, Any], *, at: datetime) -> DossierGlance:
    """Return the view of a row of ``glance``, given by the names of its columns."""
    state, role = State(facts["state"]), facts["with_role"]
    read = {
        "channel": Channel(facts["channel"]),
        "state": state,
        "with_role": Role(role) if role else None,
        "answers": orjson.loads(facts["answers"]),
        "papers": frozenset(facts["papers"]),
        "due": clock.urgency(state, facts["act_by"], now=at, soon=soon_until(facts["agency_id"], at)),
    }
    return DossierGlance(**facts | read)


def history_view(row: Any) -> HistoryView:  # noqa: ANN401  a named row
    return HistoryView(
        row.number,
        Step(row.step),
        State(row.state),
        row.at,
        row.by_person_id,
        Role(row.by_role),
        SeatId(row.by_seat_id) if row.by_seat_id else None,
        row.reason,
        ClockEffect(row.clock),
        Role(row.with_role) if row.with_role else None,
        row.promised_at,
    )


def attachment_view(row: Any) -> AttachmentView:  # noqa: ANN401  a named row
    return AttachmentView(
        row.id, row.paper, FileId(row.file_id), row.name, row.size_bytes, row.media_type, row.added_at
    )


def document_view(row: Any) -> DocumentView:  # noqa: ANN401  a named row
    return DocumentView(
        DocumentId(row.id), DocumentKind(row.kind), row.form_no, row.number, row.title, row.issued_at
    )


def supplement_view(row: Any) -> SupplementView:  # noqa: ANN401  a named row
    items = tuple((str(key), str(need)) for key, need in row.items)
    return SupplementView(row.asked_at, row.answer_by, row.answered_at, items, row.reason)
