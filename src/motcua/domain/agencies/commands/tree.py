"""Open, name, place, code, close and merge agencies.

Source: Decision 20/2020/QĐ-TTg (codes); Law 63/2025/QH15 on the organisation of the Government.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.domain.agencies import events, queries
from motcua.domain.agencies.commands._rows import (
    KEEPERS,
    end_rows,
    eve,
    hold_name,
    key,
    locked,
    locked_all,
    stamp_calendars,
    supersede,
)
from motcua.domain.agencies.commands._seats import end_seats
from motcua.domain.agencies.models import (
    Agency,
    AgencyCode,
    AgencyName,
    Counter,
    Lineage,
    Placement,
    Seat,
)
from motcua.domain.agencies.rules.codes import grammar_of
from motcua.domain.agencies.rules.tree import Link, would_close_a_loop
from motcua.domain.agencies.types import (
    AgencyId,
    AgencyKind,
    AgencyView,
    BelowItself,
    CodeTaken,
    LineageKind,
    OutOfOrder,
    StillHasChildren,
)
from motcua.kernel.actors import Actor
from motcua.kernel.text import fold, sort_key
from motcua.platform.ledger import commands as ledger
from motcua.platform.outbox import commands as outbox


@transaction.atomic
def open_agency(
    name: str,
    kind: AgencyKind,
    *,
    since: date,
    parent_id: AgencyId | None = None,
    code: str = "",
    short_name: str = "",
    commune_code: str = "",
    province_code: str = "",
    address: str = "",
    phone: str = "",
    email: str = "",
    actor: Actor,
    at: datetime,
) -> AgencyView:
    """Open an agency from a day on, under a parent or as a root, with its code if it has one.

    Raises AgencyClosed for a parent that does not exist then, BadAgencyCode, CodeTaken. Announces
    AgencyOpened (and CodeGiven).
    """
    actor.require(*KEEPERS)
    agency = Agency.objects.create(
        kind=kind.value,
        commune_code=commune_code,
        province_code=province_code,
        address=address,
        phone=phone,
        email=email,
        valid_from=since,
    )
    agency_id = AgencyId(agency.pk)
    _name(agency, name, short_name, since=since)
    if parent_id is not None:
        Placement.objects.create(agency=agency, parent=locked(parent_id, since=since), valid_from=since)
    stamp_calendars()
    facts = {"kind": kind.value, "parent": key(parent_id), "since": since.isoformat()}
    ledger.append("agencies.open", agency_id, actor=actor, at=at, facts=facts)
    outbox.announce(events.AgencyOpened(at=at, agency_id=agency_id, since=since))
    if code:
        _code(agency, code, since=since, actor=actor, at=at)
    return queries.agency(agency_id, on=since)


def _name(agency: Agency, name: str, short_name: str, *, since: date) -> None:
    supersede(
        AgencyName.objects.filter(agency=agency),
        since=since,
        agency=agency,
        name=name,
        short_name=short_name,
        search_text=fold(f"{name} {short_name}"),
        sort_key=sort_key(name),
    )


@transaction.atomic
def rename_agency(
    agency_id: AgencyId, name: str, *, since: date, short_name: str = "", actor: Actor, at: datetime
) -> AgencyView:
    """Call an agency something else from a day on.

    Raises AgencyClosed, OutOfOrder. Announces AgencyRenamed.
    """
    actor.require(*KEEPERS)
    _name(locked(agency_id, since=since), name, short_name, since=since)
    facts = {"name": name, "since": since.isoformat()}
    ledger.append("agencies.rename", agency_id, actor=actor, at=at, facts=facts)
    outbox.announce(events.AgencyRenamed(at=at, agency_id=agency_id, name=name, since=since))
    return queries.agency(agency_id, on=since)


@transaction.atomic
def correct_contact(
    agency_id: AgencyId, *, address: str, phone: str, email: str, actor: Actor, at: datetime
) -> AgencyView:
    """Write down where an agency is found and reached now. Announces nothing."""
    actor.require(*KEEPERS)
    queries.agency(agency_id)
    Agency.objects.filter(pk=agency_id).update(address=address, phone=phone, email=email)
    facts = {"address": address, "phone": phone, "email": email}
    ledger.append("agencies.correct_contact", agency_id, actor=actor, at=at, facts=facts)
    return queries.agency(agency_id)


@transaction.atomic
def move_agency(
    agency_id: AgencyId, parent_id: AgencyId | None, *, since: date, actor: Actor, at: datetime
) -> AgencyView:
    """Put an agency under another parent from a day on; None makes it a root.

    Raises BelowItself, AgencyClosed, OutOfOrder. Announces AgencyMoved. Moves stand in one queue, so that two
    of them cannot close a loop between them.
    """
    actor.require(*KEEPERS)
    stamp_calendars()
    _place(agency_id, parent_id, since=since, actor=actor, at=at)
    return queries.agency(agency_id, on=since)


def _place(
    agency_id: AgencyId, parent_id: AgencyId | None, *, since: date, actor: Actor, at: datetime
) -> None:
    """Move one agency; the caller holds the stamp."""
    agency, *_ = locked_all([agency_id] if parent_id is None else [agency_id, parent_id], since=since)
    rows = Placement.objects.filter(agency=agency)
    if parent_id is None:
        end_rows(rows, since=since)
    else:
        still = Q(valid_to=None) | Q(valid_to__gte=since)
        fields = ("agency_id", "parent_id", "valid_from", "valid_to")
        links = [Link(*row) for row in Placement.objects.filter(still).values_list(*fields)]
        if would_close_a_loop(links, agency_id, parent_id, since=since):
            raise BelowItself(id=str(agency_id), parent=str(parent_id), since=since.isoformat())
        supersede(rows, since=since, agency_id=agency_id, parent_id=parent_id)
    facts = {"parent": key(parent_id), "since": since.isoformat()}
    ledger.append("agencies.move", agency_id, actor=actor, at=at, facts=facts)
    outbox.announce(events.AgencyMoved(at=at, agency_id=agency_id, parent_id=parent_id, since=since))


@transaction.atomic
def give_code(agency_id: AgencyId, code: str, *, since: date, actor: Actor, at: datetime) -> AgencyView:
    """Give an agency a code of either grammar from a day on; its former code of that grammar closes.

    Raises BadAgencyCode; CodeTaken if another agency carries it then or later; AgencyClosed, OutOfOrder.
    Announces CodeGiven.
    """
    actor.require(*KEEPERS)
    _code(locked(agency_id, since=since), code, since=since, actor=actor, at=at)
    return queries.agency(agency_id, on=since)


def _code(agency: Agency, code: str, *, since: date, actor: Actor, at: datetime) -> None:
    grammar = grammar_of(code)
    hold_name(f"code {code}")
    carried = AgencyCode.objects.filter(Q(valid_to=None) | Q(valid_to__gte=since), code=code)
    if carried.exclude(agency=agency).exists():
        raise CodeTaken(agency_code=code, since=since.isoformat())
    rows = AgencyCode.objects.filter(agency=agency, grammar=grammar.value)
    supersede(rows, since=since, agency=agency, grammar=grammar.value, code=code)
    facts = {"code": code, "since": since.isoformat()}
    ledger.append("agencies.give_code", agency.pk, actor=actor, at=at, facts=facts)
    agency_id = AgencyId(agency.pk)
    outbox.announce(events.CodeGiven(at=at, agency_id=agency_id, agency_code=code, since=since))


@transaction.atomic
def close_agency(agency_id: AgencyId, *, since: date, actor: Actor, at: datetime) -> AgencyView:
    """Let an agency exist no longer from a day on: its codes, seats and counters end the day before.

    Raises StillHasChildren, AgencyClosed, OutOfOrder. Announces AgencyClosed.
    """
    actor.require(*KEEPERS)
    stamp_calendars()
    _close(locked(agency_id, since=since), since=since, actor=actor, at=at)
    return queries.agency(agency_id, on=eve(since))


def _close(agency: Agency, *, since: date, actor: Actor, at: datetime) -> None:
    """End one agency and what hangs on it; the caller holds the stamp and the row."""
    if agency.valid_from >= since:
        raise OutOfOrder(id=str(agency.pk), since=since.isoformat())
    under = Placement.objects.filter(Q(valid_to=None) | Q(valid_to__gte=since), parent=agency)
    if under.exists():
        raise StillHasChildren(id=str(agency.pk), children=under.count())
    end_rows(AgencyCode.objects.filter(agency=agency), since=since)
    end_rows(Placement.objects.filter(agency=agency), since=since)
    end_rows(AgencyName.objects.filter(agency=agency), since=since)
    end_rows(Counter.objects.filter(agency=agency), since=since)
    end_seats(Seat.objects.filter(agency=agency), last_day=eve(since), actor=actor, at=at)
    agency.valid_to = eve(since)
    agency.save(update_fields=["valid_to"])
    ledger.append("agencies.close", agency.pk, actor=actor, at=at, facts={"since": since.isoformat()})
    outbox.announce(events.AgencyClosed(at=at, agency_id=AgencyId(agency.pk), since=since))


@transaction.atomic
def merge_agencies(
    agency_ids: Sequence[AgencyId],
    into: AgencyId,
    *,
    since: date,
    basis: str = "",
    actor: Actor,
    at: datetime,
) -> AgencyView:
    """Merge agencies into one that lives on (it may be among them) from a day on.

    What stood under them stands under the one from that day; their codes and seats close. Raises
    AgencyClosed, BelowItself, OutOfOrder. Announces AgencySucceeded and AgencyClosed for each,
    AgencyMoved for each child.
    """
    actor.require(*KEEPERS)
    stamp_calendars()
    heirs = [into]
    for agency_id in (one for one in agency_ids if one != into):
        _hand_over(agency_id, heirs, LineageKind.MERGED, since=since, basis=basis, actor=actor, at=at)
    return queries.agency(into, on=since)


@transaction.atomic
def split_agency(
    agency_id: AgencyId,
    into: Sequence[AgencyId],
    *,
    since: date,
    basis: str = "",
    actor: Actor,
    at: datetime,
) -> tuple[AgencyView, ...]:
    """Let several agencies take the place of one from a day on; move its children first.

    Raises StillHasChildren, AgencyClosed, OutOfOrder. Announces AgencySucceeded for each, AgencyClosed.
    """
    actor.require(*KEEPERS)
    stamp_calendars()
    _hand_over(agency_id, into, LineageKind.SPLIT, since=since, basis=basis, actor=actor, at=at)
    found = queries.agencies(into, on=since)
    return tuple(found[heir] for heir in into)


@transaction.atomic
def replace_agency(
    agency_id: AgencyId, by: AgencyId, *, since: date, basis: str = "", actor: Actor, at: datetime
) -> AgencyView:
    """Let another agency take the place of one from a day on, with all that stood under it.

    For a body reorganised under a new name and code; a mere change of name is ``rename_agency``. Raises and
    announces as ``merge_agencies``.
    """
    actor.require(*KEEPERS)
    stamp_calendars()
    _hand_over(agency_id, [by], LineageKind.RENAMED, since=since, basis=basis, actor=actor, at=at)
    return queries.agency(by, on=since)


def _hand_over(
    agency_id: AgencyId,
    heirs: Sequence[AgencyId],
    kind: LineageKind,
    *,
    since: date,
    basis: str,
    actor: Actor,
    at: datetime,
) -> None:
    """End one agency in favour of others; a single heir takes its children. The caller holds the stamp."""
    agency, *_ = locked_all([agency_id, *heirs], since=since)
    if len(heirs) == 1:
        for child, parent in _children_after(agency_id, heirs[0], since=since):
            _place(child, parent, since=since, actor=actor, at=at)
    for heir in heirs:
        Lineage.objects.create(
            predecessor_id=agency_id, successor_id=heir, kind=kind.value, since=since, basis=basis
        )
        facts = {"successor": str(heir), "kind": kind.value, "since": since.isoformat(), "basis": basis}
        ledger.append("agencies.succeed", agency_id, actor=actor, at=at, facts=facts)
        outbox.announce(
            events.AgencySucceeded(at=at, predecessor_id=agency_id, successor_id=heir, kind=kind, since=since)
        )
    _close(agency, since=since, actor=actor, at=at)


def _children_after(
    agency_id: AgencyId, heir: AgencyId, *, since: date
) -> list[tuple[AgencyId, AgencyId | None]]:
    """Return where each child of an agency goes: under the heir; an heir among them goes up, and first."""
    above = queries.ancestor_ids(agency_id, on=since)
    under = Placement.objects.on(since).filter(parent=agency_id).values_list("agency_id", flat=True)
    children = sorted((AgencyId(child) for child in under), key=lambda child: child != heir)
    up = above[0] if above else None
    return [(child, up if child == heir else heir) for child in children]
