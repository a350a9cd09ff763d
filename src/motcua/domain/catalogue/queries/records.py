"""Read public records: one on a day, its history, lists by keyset, what a search may look at.

A procedure without a record of its own is served through the one its definition implies; when a record exists, it
speaks for the public text and the definition for applying online.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from motcua.domain.catalogue.models import Procedure, RecordVersion, Version
from motcua.domain.catalogue.queries.procedures import definitions_in_force, version
from motcua.domain.catalogue.rules.records import (
    completeness,
    content,
    derived,
    differences,
    legal,
    levels,
    states,
)
from motcua.domain.catalogue.rules.records.differences import Difference
from motcua.domain.catalogue.types import ProcedureId, ProcedureView, UnknownProcedure, VersionId
from motcua.domain.catalogue.types.record import (
    Action,
    Level,
    OnlineLevel,
    Part,
    Record,
    RecordState,
    Subject,
)
from motcua.domain.catalogue.types.record_views import (
    Origin,
    RecordCounts,
    RecordId,
    RecordRow,
    RecordVersionRow,
    RecordView,
    SearchRow,
)
from motcua.kernel.text import fold

PAGE: Final = 50
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which records a list shows; an empty part asks nothing."""

    ministry: str = ""
    field: str = ""
    level: Level | None = None
    online_level: OnlineLevel | None = None
    state: RecordState | None = None
    is_complete: bool | None = None
    words: str = ""  #: a code, or words of the name


def record(code: str, *, on: date) -> RecordView:
    """Return the record of a procedure as it stands on ``on``: in force or abolished, else the one to come.

    Without a record, the one implied by the definition in force. Raises UnknownProcedure.
    """
    row = RecordVersion.objects.in_force(on).filter(code=code).first()
    if row is None:
        row = RecordVersion.objects.filter(code=code, valid_from__gt=on).order_by("valid_from").first()
    if row is not None:
        return _view(row, on)
    found = Version.objects.in_force(on).filter(procedure__code=code).values_list("id", "valid_to").first()
    if found is None:
        raise UnknownProcedure(code=code, on=on)
    return _derived(version(VersionId(found[0])), found[1])


def record_version(record_id: RecordId, *, on: date) -> RecordView:
    """Return one version of a record. Raises UnknownProcedure."""
    row = RecordVersion.objects.filter(pk=record_id).first()
    if row is None:
        raise UnknownProcedure(record_id=record_id)
    return _view(row, on)


def record_history(code: str) -> list[RecordVersionRow]:
    """Return every version of a record, the newest first."""
    rows = (
        RecordVersion.objects.filter(code=code)
        .order_by("-number")
        .values_list(
            "id",
            "number",
            "action",
            "content__announcement",
            "valid_from",
            "valid_to",
            "announced_at",
            "content_hash",
        )
    )
    return [_history_row(*row) for row in rows]


def records(
    *, on: date, only: RecordFilter = RecordFilter(), after: str = "", limit: int = PAGE
) -> list[RecordRow]:
    """Return records by code, those after ``after`` (a code). Two queries, whatever the number of records."""
    rows = _filtered(only, on).filter(code__gt=after).order_by("code")[:limit]
    found = [_row(row, on) for row in rows.annotate(has_definition=_has_definition(on))]
    implied = [row for row in _derived_rows(on) if row.code > after and _passes(row, only)]
    return sorted((*found, *implied), key=lambda row: row.code)[:limit]


def has_definition(code: str, *, on: date) -> bool:
    """Tell whether one can apply for a procedure here: a definition is in force."""
    return Version.objects.in_force(on).filter(procedure__code=code).exists()


def record_names(codes: set[str], *, on: date) -> dict[str, str]:
    """Return the names of several procedures, by code. Two queries."""
    found = dict(RecordVersion.objects.in_force(on).filter(code__in=codes).values_list("code", "name"))
    missing = codes - found.keys()
    views = definitions_in_force(missing, on=on).values() if missing else ()
    implied = {view.code: _implied(view.version_id).record.name for view in views}
    return {code: name for code in codes if (name := found.get(code) or implied.get(code))}


def record_fields(*, on: date) -> list[tuple[str, str, int]]:
    """Return each (ministry, field) with the number of its procedures in force."""
    rows = RecordVersion.objects.public(on).values_list("ministry", "field").annotate(n=Count("id"))
    return sorted(rows)


def record_counts(*, on: date) -> RecordCounts:
    """Count the records in force on a day: complete, by missing part, by online level."""
    rows = RecordVersion.objects.public(on).annotate(has_definition=_has_definition(on))
    by_missing: dict[Part, int] = dict.fromkeys(Part, 0)
    by_level: dict[OnlineLevel, int] = dict.fromkeys(OnlineLevel, 0)
    total = complete = defined = 0
    stored = rows.values_list("missing", "online_level", "has_definition").iterator()
    implied = ((row.missing, row.online_level, True) for row in _derived_rows(on))
    for lacks, level, has_definition in (*stored, *implied):
        total += 1
        complete += not lacks
        defined += has_definition
        by_level[OnlineLevel(level)] += 1
        for part in lacks:
            by_missing[Part(part)] += 1
    return RecordCounts(total, complete, by_missing, by_level, defined)


def records_in_force(*, on: date, after: str = "") -> Iterator[Record]:
    """Yield every public record of a day by code, a few hundred in memory at a time."""
    implied = {view.code: view.record for view in _derived_views(on) if view.code > after}
    rows = (
        RecordVersion.objects.public(on)
        .filter(code__gt=after)
        .order_by("code")
        .values_list("code", "content")
    )
    for code, data in rows.iterator(chunk_size=_BATCH):
        for earlier in sorted(c for c in implied if c < code):
            yield implied.pop(earlier)
        yield content.restored(data)
    for code in sorted(implied):
        yield implied[code]


def is_code(text: str) -> bool:
    """Tell whether a text is the base code of a procedure."""
    return re.fullmatch(r"[1-9]\.[0-9]{6}", text) is not None


def search_rows(*, on: date) -> Iterator[SearchRow]:
    """Yield what a search may look at in every procedure in force on a day, definitions' words included.

    Reads stored content as plain data: about 0.3 s for 2,600 records.
    """
    defined = {view.code: view for view in _definitions_in_force(on)}
    rows = RecordVersion.objects.public(on).order_by("code").values_list("content", "online_level")
    for data, level in rows.iterator(chunk_size=_BATCH):
        yield _search_row(data, OnlineLevel(level), defined.pop(data["code"], None))
    abolished = _abolished(on)
    for code in sorted(set(defined) - abolished):
        implied = derived.record_of(defined[code].definition)
        yield _search_row(content.stored(implied), levels.online_level(implied), defined[code])


def catalogue_stamp() -> str:
    """Return a word that changes whenever a record or a definition is written. Two small queries; keep caches by it.

    Together with the day it tells what is in force.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        row = cursor.fetchone()
    return "-".join(str(part) for part in row)


_STAMP: Final = """
    SELECT (SELECT count(*) FROM catalogue_recordversion), (SELECT count(*) FROM catalogue_version),
           (SELECT max(extract(epoch FROM announced_at)) FROM catalogue_recordversion),
           (SELECT max(extract(epoch FROM published_at)) FROM catalogue_version)
"""


# ── from rows ────────────────────────────────────────────────────────────────────────────────────────


def _has_definition(on: date) -> Exists:
    return Exists(Version.objects.in_force(on).filter(procedure=OuterRef("procedure")))


def _view(row: RecordVersion, on: date) -> RecordView:
    action = Action(row.action)
    return RecordView(
        procedure_id=ProcedureId(row.procedure_id),
        id=RecordId(row.pk),
        number=row.number,
        code=row.code,
        record=content.restored(row.content),
        action=action,
        state=states.state(action=action, number=row.number, valid_from=row.valid_from, on=on),
        origin=Origin(row.origin),
        content_hash=row.content_hash,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        announced_at=row.announced_at,
        online_level=OnlineLevel(row.online_level),
        missing=tuple(Part(part) for part in row.missing),
    )


def _row(row: Any, on: date) -> RecordRow:  # noqa: ANN401  # a RecordVersion with has_definition
    action = Action(row.action)
    return RecordRow(
        code=row.code,
        name=row.name,
        ministry=row.ministry,
        field=row.field,
        levels=tuple(Level(level) for level in row.levels),
        online_level=OnlineLevel(row.online_level),
        missing=tuple(Part(part) for part in row.missing),
        state=states.state(action=action, number=row.number, valid_from=row.valid_from, on=on),
        number=row.number,
        valid_from=row.valid_from,
        has_definition=row.has_definition,
    )


def _history_row(
    pk: UUID,
    number: int,
    action: str,
    said: Mapping[str, Any] | None,
    *rest: Any,  # noqa: ANN401
) -> RecordVersionRow:
    valid_from, valid_to, announced_at, content_hash = rest
    decided = (said or {}).get("decided_on")
    return RecordVersionRow(
        id=RecordId(pk),
        number=number,
        action=Action(action),
        decision=(said or {}).get("number", ""),
        decided_on=date.fromisoformat(decided) if decided else None,
        valid_from=valid_from,
        valid_to=valid_to,
        announced_at=announced_at,
        content_hash=content_hash,
    )


def _filtered(only: RecordFilter, on: date) -> QuerySet[RecordVersion]:
    asked: dict[str, object] = {
        "ministry": only.ministry,
        "field": only.field,
        "levels__contains": only.level and [only.level],
        "online_level": only.online_level,
        "code__startswith": only.words.strip() if _is_code(only.words) else "",
    }
    rows = RecordVersion.objects.in_state(only.state, on).filter(
        **{key: value for key, value in asked.items() if value}
    )
    if only.is_complete is not None:
        rows = rows.filter(missing=[]) if only.is_complete else rows.exclude(missing=[])
    for word in () if _is_code(only.words) else fold(only.words).split():
        rows = rows.filter(search_name__contains=word)
    return rows.defer("content", "search_name")


def _is_code(words: str) -> bool:
    return words.strip()[:2].rstrip(".").isdigit()


def _passes(row: RecordRow, only: RecordFilter) -> bool:
    """Ask of an implied row what ``_filtered`` asks of stored ones."""
    wanted = (
        (only.ministry, row.ministry),
        (only.field, row.field),
        (only.online_level, row.online_level),
        (only.state, row.state),
    )
    if any(asked and asked != found for asked, found in wanted):
        return False
    if only.level is not None and only.level not in row.levels:
        return False
    if only.is_complete is not None and only.is_complete == bool(row.missing):
        return False
    if _is_code(only.words):
        return row.code.startswith(only.words.strip())
    return all(word in fold(row.name) for word in fold(only.words).split())


# ── implied by definitions ───────────────────────────────────────────────────────────────────────────


def _definitions_in_force(on: date) -> list[ProcedureView]:
    rows = Version.objects.in_force(on).order_by("procedure__code").values_list("id", flat=True)
    return [version(VersionId(pk)) for pk in rows]


def _derived_views(on: date) -> list[RecordView]:
    """Return the records implied by definitions in force whose procedure has no record at all."""
    rows = Version.objects.in_force(on).filter(
        ~Exists(RecordVersion.objects.filter(procedure=OuterRef("procedure")))
    )
    return [
        _derived(version(VersionId(pk)), valid_to)
        for pk, valid_to in rows.order_by("procedure__code").values_list("id", "valid_to")
    ]


def _derived_rows(on: date) -> list[RecordRow]:
    return [
        RecordRow(
            code=view.code,
            name=view.record.name,
            ministry=view.record.ministry,
            field=view.record.field,
            levels=view.record.levels,
            online_level=view.online_level,
            missing=view.missing,
            state=view.state,
            number=view.number,
            valid_from=view.valid_from,
            has_definition=True,
        )
        for view in _derived_views(on)
    ]


def _derived(view: ProcedureView, valid_to: date | None) -> RecordView:
    implied = _implied(view.version_id)
    return RecordView(
        procedure_id=view.id,
        id=None,
        number=view.version,
        code=view.code,
        record=implied.record,
        action=Action.NEW if view.version == 1 else Action.AMENDED,
        state=RecordState.PUBLISHED if view.version == 1 else RecordState.AMENDED,
        origin=Origin.DERIVED,
        content_hash=implied.content_hash,
        valid_from=view.valid_from,
        valid_to=valid_to,
        announced_at=None,
        online_level=implied.online_level,
        missing=implied.missing,
    )


class _Implied(NamedTuple):
    """What a definition implies of its record; it never changes, since the definition does not."""

    record: Record
    content_hash: str
    online_level: OnlineLevel
    missing: tuple[Part, ...]


@lru_cache(maxsize=1024)
def _implied(version_id: VersionId) -> _Implied:
    said = derived.record_of(version(version_id).definition)
    return _Implied(
        said,
        content.content_hash(content.stored(said)),
        levels.online_level(said),
        completeness.missing(said),
    )


def _abolished(on: date) -> set[str]:
    rows = RecordVersion.objects.in_force(on).filter(action=Action.ABOLISHED)
    return set(rows.values_list("code", flat=True))


def _search_row(data: Mapping[str, Any], level: OnlineLevel, defined: ProcedureView | None) -> SearchRow:
    definition = defined.definition if defined else None
    more = (*definition.keywords, definition.name.vi) if definition else ()
    return SearchRow(
        code=data["code"],
        name=data["name"],
        keywords=(*data.get("keywords", ()), *(word for word in more if word != data["name"])),
        description=data.get("description", "") or (definition.summary.vi if definition else ""),
        ministry=data.get("ministry", ""),
        field=data.get("field", ""),
        levels=tuple(Level(each) for each in data.get("levels", ())),
        subjects=tuple(Subject(each) for each in data.get("subjects", ())),
        online_level=level,
        performers=tuple(body["name"] for body in data.get("agencies", {}).get("performing", ())),
        result_names=tuple(result["name"] for result in data.get("results", ())),
        component_names=tuple(line["name"] for line in data.get("dossier", ())),
        legal_numbers=tuple(
            dict.fromkeys(legal.true_number(each["number"]) for each in data.get("legal_basis", ()))
        ),
        life_event=definition.life_event if definition else "",
        has_definition=definition is not None,
    )


def known_codes(codes: set[str]) -> dict[str, ProcedureId]:
    """Return the ids of those codes the catalogue knows, in force or not."""
    rows = Procedure.objects.filter(code__in=codes).values_list("code", "id")
    return {code: ProcedureId(pk) for code, pk in rows}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A procedure whose definition does otherwise than was announced."""

    code: str
    name: str
    differences: tuple[Difference, ...]


def disagreements(*, on: date) -> list[Disagreement]:
    """Return the procedures whose definition and record disagree, by code. Two queries."""
    defined = {view.code: view for view in _definitions_in_force(on)}
    rows = RecordVersion.objects.public(on).filter(code__in=defined).order_by("code")
    found = []
    for code, data in rows.values_list("code", "content"):
        announced = content.restored(data)
        implied = derived.record_of(defined[code].definition)
        if differing := differences.disagreements(announced, implied):
            found.append(Disagreement(code, announced.name, differing))
    return found
