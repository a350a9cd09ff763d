"""What an applicant does in one performance, read from a definition or, where there is none, from the public record.

A definition says its hours in ``burden``. Where it does not, and for every record, the assumptions below stand in;
pages say so. They are the defaults of a definition's ``burden`` and an hour for each paper.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from motcua.domain.catalogue.types import Burden, Channel, Definition, Method, PaperSpec, Record, TimeUnit
from motcua.domain.reform.types import Activity, ActivityKind, Counts

ASSUMED: Final = Burden()
ASSUMED_PAPER_HOURS: Final = Decimal(1)
ASSUMED_TRAVEL_DONG: Final = 20_000  #: there and back, when one must go
HOURS_PER_DAY: Final = 8
DAYS: Final = {
    TimeUnit.HOUR: Decimal(1) / HOURS_PER_DAY,
    TimeUnit.WORKING_DAY: Decimal(1),
    TimeUnit.CALENDAR_DAY: Decimal(5) / 7,
    TimeUnit.MONTH: Decimal(22),
}
LIMIT_DAYS: Final = {
    "working_hour": DAYS[TimeUnit.HOUR],
    "working_day": DAYS[TimeUnit.WORKING_DAY],
    "calendar_day": DAYS[TimeUnit.CALENDAR_DAY],
    "month": DAYS[TimeUnit.MONTH],
}
_TENTH: Final = Decimal("0.1")
_WAYS_TO_THE_COUNTER: Final = 2  #: to file and to fetch


# ── of a definition ──────────────────────────────────────────────────────────────────────────────────


def of_definition(
    definition: Definition, *, papers: Iterable[PaperSpec], fee_dong: int, online_percent: int
) -> Iterator[Activity]:
    """Yield the activities of one performance with these ``papers``."""
    burden = definition.burden or ASSUMED
    for paper in papers:
        if hours := _paper_hours(definition, paper):
            yield Activity(kind=ActivityKind.PAPER, hours=hours, of=paper.key)
    yield Activity(kind=ActivityKind.FORM, hours=_exact(burden.form_hours))
    yield Activity(kind=ActivityKind.COPYING, copying_dong=burden.copying_dong)
    yield Activity(kind=ActivityKind.SERVICE, service_dong=burden.service_dong)
    yield from _filing(burden, definition.channels, online_percent, travel_dong=burden.travel_dong)
    yield Activity(kind=ActivityKind.RECEIVE, hours=_exact(burden.receive_hours))
    yield Activity(kind=ActivityKind.FEE, paid_dong=fee_dong)
    yield Activity(kind=ActivityKind.OTHER, paid_dong=burden.other_dong)


def counts_of_definition(
    definition: Definition, *, papers: int, typed: int, known: int, steps: int, days: Decimal
) -> Counts:
    """Return what a definition asks of people, in the form that is looked at."""
    agencies = {step.asks.vi for step in definition.steps if step.asks}
    visits = _visits(definition.channels, must_come=definition.presence is not None)
    return Counts(papers, typed, known, steps, 1 + len(agencies), visits, days.quantize(_TENTH))


def _paper_hours(definition: Definition, paper: PaperSpec) -> Decimal:
    """A definition that says its burden says the hours of every paper that takes any."""
    if definition.burden is None:
        return Decimal(0) if paper.presented else ASSUMED_PAPER_HOURS
    return _exact(definition.burden.paper_hours.get(paper.key, 0))


# ── of a record ──────────────────────────────────────────────────────────────────────────────────────


def of_record(record: Record, *, online_percent: int) -> Iterator[Activity]:
    """Yield the activities a public record implies, with the assumed hours."""
    for n in range(len(paper_names_of(record))):
        yield Activity(kind=ActivityKind.PAPER, hours=ASSUMED_PAPER_HOURS, of=str(n + 1))
    yield Activity(kind=ActivityKind.FORM, hours=_exact(ASSUMED.form_hours))
    channels = tuple(dict.fromkeys(method.channel for method in record.methods)) or (Channel.COUNTER,)
    yield from _filing(ASSUMED, channels, online_percent, travel_dong=ASSUMED_TRAVEL_DONG)
    yield Activity(kind=ActivityKind.RECEIVE, hours=_exact(ASSUMED.receive_hours))
    yield Activity(kind=ActivityKind.FEE, paid_dong=fee_of(record))


def counts_of_record(record: Record) -> Counts:
    """Return what a record asks of people; it says nothing of questions."""
    channels = tuple(method.channel for method in record.methods)
    return Counts(
        papers=len(paper_names_of(record)),
        typed=0,
        known=0,
        steps=max((len(each.steps) for each in record.sequence), default=0),
        agencies=1 + len(record.agencies.coordinating),
        visits=_visits(channels, must_come=bool(record.presence)),
        days=days_of(record),
    )


def paper_names_of(record: Record) -> tuple[str, ...]:
    """Return the components of the longest case: the common ones and the largest group. Remarks do not count."""
    groups: dict[str, list[str]] = {}
    for each in record.dossier:
        if each.originals or each.copies:
            groups.setdefault(each.group, []).append(each.name)
    common = groups.pop("", [])
    return (*common, *max(groups.values(), key=len, default=[]))


def days_of(record: Record) -> Decimal:
    """Return the longest time limit in working days; 0 when none is said in a unit."""
    return max((_days(method) for method in record.methods), default=Decimal(0)).quantize(_TENTH)


def fee_of(record: Record) -> int:
    """Return the lowest fee in đồng that is named, 0 where some way is free: what nobody pays less than."""
    named = [fee.amount for method in record.methods for fee in method.fees if fee.currency == "VND"]
    if not named or any(method.free for method in record.methods):
        return 0
    return int(min(named))


# ── of both ──────────────────────────────────────────────────────────────────────────────────────────


def _filing(
    burden: Burden, channels: tuple[Channel, ...], online_percent: int, *, travel_dong: int
) -> Iterator[Activity]:
    """Yield filing by each channel with its share; post is reckoned like the counter where there is no counter."""
    online = Channel.ONLINE in channels
    elsewhere = next((each for each in (Channel.COUNTER, Channel.POST) if each in channels), None)
    share = Decimal(0) if not online else Decimal(1) if elsewhere is None else Decimal(online_percent) / 100
    if share:
        hours = _exact(burden.submit_online_hours)
        yield Activity(kind=ActivityKind.SUBMIT, hours=hours, share=share, of=Channel.ONLINE)
    if elsewhere is not None and share < 1:
        yield Activity(
            kind=ActivityKind.SUBMIT,
            hours=_exact(burden.submit_hours),
            travel_dong=travel_dong,
            share=1 - share,
            of=elsewhere,
        )


def _visits(channels: tuple[Channel, ...], *, must_come: bool) -> int:
    if Channel.ONLINE in channels or Channel.POST in channels:
        return int(must_come)
    return _WAYS_TO_THE_COUNTER


def _days(method: Method) -> Decimal:
    if method.time is None or method.unit is None:
        return Decimal(0)
    return method.time * DAYS[method.unit]


def _exact(hours: float) -> Decimal:
    return Decimal(str(hours))
