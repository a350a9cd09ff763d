"""Rows of dossiers and of all that hangs on them, by plain SQL: one statement for each table, however many dossiers.

These are the hottest reads of the desk; building such statements anew for each page would cost more than running them.
"""

from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from django.db import connection

Rows = Mapping[UUID, Sequence[Any]]  #: named rows by dossier

_DOSSIER: Final = (
    "id", "code", "lookup_secret", "version", "procedure_version_id", "procedure_code", "agency_id", "applicant_id",
    "applicant_name", "organisation_id", "channel", "state", "with_role", "holder_seat_id", "submitted_at",
    "accepted_at", "act_by", "due_at", "first_due_at", "finished_at", "answers", "disputed", "fee_dong", "fee_paid_at",
    "wants_paper", "proposal",
)  # fmt: skip
_ATTACHMENT: Final = ("dossier_id", "id", "paper", "file_id", "name", "size_bytes", "media_type", "added_at")
_DOCUMENT: Final = ("dossier_id", "id", "kind", "form_no", "number", "title", "issued_at")
_HISTORY: Final = (
    "dossier_id", "number", "step", "state", "at", "by_person_id", "by_role", "by_seat_id", "reason", "clock",
    "with_role", "promised_at",
)  # fmt: skip
_SUPPLEMENT: Final = ("dossier_id", "asked_at", "answer_by", "answered_at", "items", "reason")


class Parts(NamedTuple):
    """What hangs on dossiers, each in the order in which it is shown."""

    attachments: Rows
    documents: Rows
    history: Rows
    supplements: Rows


def dossier_rows(ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Return the dossiers that exist, as named rows."""
    found = _dossiers(ids)
    return {row.id: row._replace(answers=_json(row.answers), disputed=_json(row.disputed)) for row in found}


def parts_of(ids: Iterable[UUID]) -> Parts:
    """Return what hangs on the dossiers; four statements."""
    wanted = list(ids)
    asked = [row._replace(items=_json(row.items)) for row in _supplements(wanted)]
    return Parts(
        _by_dossier(_attachments(wanted)),
        _by_dossier(_documents(wanted)),
        _by_dossier(_history(wanted)),
        _by_dossier(asked),
    )


def _reader(
    table: str, columns: tuple[str, ...], key: str, order: str
) -> Callable[[Iterable[UUID]], list[Any]]:
    row: Any = namedtuple(table, columns)  # type: ignore[misc]  # named once, by its table
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ANY(%s::uuid[]) ORDER BY {order}"

    def rows(ids: Iterable[UUID]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(ids)])
            return list(map(row._make, cursor.fetchall()))

    return rows


_dossiers: Final = _reader("cases_dossier", _DOSSIER, "id", "id")
_attachments: Final = _reader("cases_attachment", _ATTACHMENT, "dossier_id", "added_at, id")
_documents: Final = _reader("cases_document", _DOCUMENT, "dossier_id", "issued_at, id")
_history: Final = _reader("cases_history", _HISTORY, "dossier_id", "number")
_supplements: Final = _reader("cases_supplement", _SUPPLEMENT, "dossier_id", "asked_at")


def _by_dossier(rows: Iterable[Any]) -> Rows:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.dossier_id].append(row)
    return found


def _json(value: object) -> Any:  # noqa: ANN401  # whatever the column holds
    return orjson.loads(value) if isinstance(value, str | bytes) else value
