"""A record in plain parts: what you get, how long, what it costs, what to prepare. Nothing is guessed.

Channels that say the same are told once. A time without a unit is told as it stands; a cost the record does not
state is unknown, not nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from motcua.domain.catalogue.rules.records import dossiers, legal, notes
from motcua.domain.catalogue.rules.records.dossiers import Group
from motcua.domain.catalogue.rules.records.notes import Cost, Topic
from motcua.domain.catalogue.types.process import Channel
from motcua.domain.catalogue.types.record import Fee, Instrument, Method, Record, TimeUnit
from motcua.kernel.text import fold

_CASE: Final = re.compile(r"(^|\W)(truong hop|doi voi|cap lan dau|cap lai|cap doi|gia han|cap moi)\b")
FEWEST_CASES: Final = 2


@dataclass(frozen=True, slots=True)
class Wait:
    """How long it takes by some channels in one case. ``unit`` None: the source left it out."""

    channels: tuple[Channel, ...]
    case: str
    time: Decimal | None
    unit: TimeUnit | None
    words: str  #: what the record says beside the number


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs by some channels in one case."""

    channels: tuple[Channel, ...]
    case: str
    cost: Cost
    fees: tuple[Fee, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Way:
    """A channel, and what the record says about using it."""

    channel: Channel
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain parts of a record."""

    outcomes: tuple[str, ...]
    waits: tuple[Wait, ...]
    prices: tuple[Price, ...]
    ways: tuple[Way, ...]
    groups: tuple[Group, ...]
    cases: tuple[Group, ...]  #: groups of which one applies to each applicant; empty: all apply
    instruments: tuple[Instrument, ...]


def plain(record: Record) -> Plain:
    """Return the plain parts of a record."""
    groups = dossiers.groups(record.dossier)
    cases = tuple(group for group in groups if is_case(group))
    return Plain(
        outcomes=tuple(dict.fromkeys(result.name.strip() for result in record.results)),
        waits=_waits(record.methods),
        prices=_prices(record.methods),
        ways=_ways(record.methods),
        groups=groups,
        cases=cases if len(cases) >= FEWEST_CASES else (),
        instruments=legal.instruments(record.legal_basis),
    )


def is_case(group: Group) -> bool:
    """Tell whether a group is for some applicants only: "Trường hợp …", "Đối với …", "Cấp lại …"."""
    return bool(group.title) and not group.is_remark and bool(_CASE.search(fold(group.title)))


def groups_for(parts: Plain, case: int | None) -> tuple[Group, ...]:
    """Return what belongs to every case, and the chosen case if there is one."""
    others = {group.number for group in parts.cases} - {case}
    return tuple(group for group in parts.groups if group.number not in others)


def _waits(methods: Iterable[Method]) -> tuple[Wait, ...]:
    channels: dict[tuple[str, Decimal | None, TimeUnit | None, str], list[Channel]] = {}
    for method in methods:
        runs_in = notes.fee_ran_into_time(method)
        time = None if runs_in else method.time
        words = _about(Topic.TIME, notes.read(method).words)
        channels.setdefault((method.case, time, method.unit, words), []).append(method.channel)
    return tuple(
        Wait(_in_order(by), case, time, unit, words) for (case, time, unit, words), by in channels.items()
    )


def _prices(methods: Iterable[Method]) -> tuple[Price, ...]:
    channels: dict[tuple[str, Cost, tuple[Fee, ...], str], list[Channel]] = {}
    for method in methods:
        said = notes.read(method)
        words = _about(Topic.MONEY, said.words)
        channels.setdefault((method.case, said.cost, said.fees, words), []).append(method.channel)
    return tuple(
        Price(_in_order(by), case, cost, fees, words) for (case, cost, fees, words), by in channels.items()
    )


def _ways(methods: Iterable[Method]) -> tuple[Way, ...]:
    said: dict[Channel, list[str]] = {}
    for method in methods:
        words = notes.read(method).words
        said.setdefault(method.channel, []).extend([words] if words and not notes.topics(words) else [])
    return tuple(Way(channel, tuple(dict.fromkeys(said[channel]))) for channel in _in_order(said))


def _about(topic: Topic, words: str) -> str:
    return words if topic in notes.topics(words) else ""


def _in_order(channels: Iterable[Channel]) -> tuple[Channel, ...]:
    there = set(channels)
    return tuple(channel for channel in Channel if channel in there)
