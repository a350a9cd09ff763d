"""Load the provinces and communes of the country, and the level-one agencies with their codes.

Both may be repeated: what is there already stays, what was corrected in the shipped table is corrected.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Model

from motcua.domain.agencies import events, queries
from motcua.domain.agencies.commands._rows import KEEPERS, hold_name
from motcua.domain.agencies.commands.tree import merge_agencies, open_agency, rename_agency
from motcua.domain.agencies.models import AdminUnit, AgencyCode, UnitLineage
from motcua.domain.agencies.rules.territory import place_texts
from motcua.domain.agencies.types import AgencyId, ImportReport, LevelOneRow, UnitRow
from motcua.kernel.actors import Actor
from motcua.kernel.ids import uuid7
from motcua.kernel.text import fold, sort_key
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox

Progress = Callable[[int], None]  #: called with the number of rows just written

Texts = dict[tuple[str, date | None], str]  #: place texts by code and first day

BATCH = 2_000


def _quiet(_: int) -> None:
    """Tell nobody."""


@transaction.atomic
def import_vietnam(*, progress: Progress = _quiet, actor: Actor, at: datetime) -> ImportReport:
    """Load provinces, districts and communes before and after July 2025, and their lineage.

    Written in bulk under one ledger leaf; two imports at once stand in a queue. Announces TerritoryLoaded.
    """
    actor.require(*KEEPERS)
    hold_name("territory")
    plan = queries.pending_territory()
    texts = place_texts(queries.shipped_units())
    _open_units(plan.to_open, texts, progress)
    _correct_units(plan.to_correct, texts)
    links = _link_units(progress)
    total = len(queries.shipped_units())
    opened, corrected = len(plan.to_open), len(plan.to_correct)
    if opened or corrected or links:
        facts = {"opened": opened, "corrected": corrected, "links": links}
        ledger.append("agencies.import_vietnam", "VN", actor=actor, at=at, facts=facts)
        outbox.announce(events.TerritoryLoaded(at=at, opened=opened, corrected=corrected))
    return ImportReport(opened=opened, corrected=corrected, unchanged=total - opened - corrected)


def _columns(row: UnitRow, texts: Texts) -> dict[str, object]:
    return {
        "code": row.code,
        "level": row.level.value,
        "kind": row.kind,
        "name": row.name,
        "parent_code": row.parent_code,
        "search_text": fold(row.name),
        "place_text": texts[row.code, row.valid_from],
        "sort_key": sort_key(row.name.removeprefix(row.kind.capitalize()).strip()),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def _open_units(rows: Sequence[UnitRow], texts: Texts, progress: Progress) -> None:
    columns = [{"id": uuid7(), **_columns(row, texts)} for row in rows]
    _copy(AdminUnit, columns, progress)


def _correct_units(rows: Sequence[UnitRow], texts: Texts) -> None:
    for row in rows:
        AdminUnit.objects.filter(code=row.code, valid_from=row.valid_from).update(**_columns(row, texts))


def _link_units(progress: Progress) -> int:
    """Write the lineage that is missing; return how many links."""
    stored = {
        (code, since): pk for pk, code, since in AdminUnit.objects.values_list("pk", "code", "valid_from")
    }
    known = set(UnitLineage.objects.values_list("old_id", "new_id"))
    missing = [
        {"old_id": stored[link.old], "new_id": stored[link.new], "is_partial": link.is_partial}
        for link in queries.shipped_links()
        if (stored[link.old], stored[link.new]) not in known
    ]
    _copy(UnitLineage, missing, progress)
    return len(missing)


def _copy(table: type[Model], rows: Sequence[dict[str, object]], progress: Progress) -> None:
    """Write rows with COPY, several times faster than INSERT; ids are made here or by the table."""
    if not rows:
        return
    names = ", ".join(rows[0])
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table._meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        for number, row in enumerate(rows, 1):
            copy.write_row(tuple(row.values()))
            if number % BATCH == 0 or number == len(rows):
                progress(number % BATCH or BATCH)


@transaction.atomic
def import_level_one(*, actor: Actor, at: datetime) -> ImportReport:
    """Open the ministries and provinces with their level-one codes, names and mergers.

    A code given before, to whomever, is left alone. Announces what opening, renaming and merging announce.
    """
    actor.require(*KEEPERS)
    hold_name("level one")
    given = set(AgencyCode.objects.values_list("code", flat=True))
    rows = queries.shipped_level_one()
    fresh = [row for row in rows if row.code not in given]
    opened = {row.code: _open_level_one(row, actor=actor, at=at) for row in fresh}
    for row in fresh:
        if row.merged_on:
            heir = opened.get(row.merged_into) or queries.agency_by_code(row.merged_into, row.merged_on).id
            merge_agencies(
                [opened[row.code]], heir, since=row.merged_on, basis=row.source, actor=actor, at=at
            )
    return ImportReport(opened=len(fresh), corrected=0, unchanged=len(rows) - len(fresh))


def _open_level_one(row: LevelOneRow, *, actor: Actor, at: datetime) -> AgencyId:
    agency = open_agency(
        row.first_name,
        row.kind,
        since=row.valid_from,
        code=row.code,
        short_name=_short(row.first_name),
        province_code=row.province_code,
        actor=actor,
        at=at,
    )
    if row.renamed_on:
        short = _short(row.name)
        rename_agency(agency.id, row.name, short_name=short, since=row.renamed_on, actor=actor, at=at)
    return agency.id


def _short(name: str) -> str:
    """Return the usual short form of a People's Committee's name."""
    return name.replace("Ủy ban nhân dân", "UBND") if name.startswith("Ủy ban nhân dân") else ""
