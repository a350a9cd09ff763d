"""Vocabulary of the outbox: who hears what, and what became of each delivery.

Handlers register at import; interfaces and tests read the registry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NewType, TypeVar
from uuid import UUID

from motcua.kernel.errors import Conflict, Unknown
from motcua.kernel.events import Event, kind_of

E = TypeVar("E", bound=Event)
DeliveryId = NewType("DeliveryId", UUID)


class DeliveryState(StrEnum):
    DELIVERED = "delivered"  #: the handler's effect and this word were committed together
    RETRYING = "retrying"  #: the last run failed; another is scheduled
    DEAD = "dead"  #: every run failed; waits for a person
    PARKED = "parked"  #: this code cannot deliver it: the handler or the event's shape is gone
    DISCARDED = "discarded"  #: a person decided that it shall not be delivered


FINAL: Final = frozenset({DeliveryState.DELIVERED, DeliveryState.DISCARDED})
WAITING_FOR_A_PERSON: Final = frozenset({DeliveryState.DEAD, DeliveryState.PARKED})


@dataclass(frozen=True, slots=True)
class Handler:
    """One reaction to one kind of event. ``name`` is stable: it is stored with every delivery."""

    name: str
    event: type[Event]
    react: Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A delivery that waits for a person to replay or discard it."""

    id: DeliveryId
    kind: str
    version: int
    body: Mapping[str, Any]
    handler: str
    state: DeliveryState
    attempts: int
    error: str
    announced_at: datetime
    changed_at: datetime


class UnknownDelivery(Unknown):
    """No delivery has this id."""

    code = "outbox.unknown_delivery"


class NotDead(Conflict):
    """The delivery does not wait for a person: it was delivered, discarded, or is being tried."""

    code = "outbox.not_dead"


HANDLERS: Final[dict[str, list[Handler]]] = {}
NOBODY: Final[dict[str, str]] = {}
UPGRADES: Final[dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]]] = {}


def hears(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function as a handler of ``event``.

    It runs after commit in a transaction of its own. What it writes to the database takes effect exactly
    once; anything else it touches, at least once. Deliveries keep no order.
    """

    def register(react: Callable[[E], None]) -> Callable[[E], None]:
        handler = Handler(f"{react.__module__}.{react.__qualname__}", event, react)  # type: ignore[arg-type]  # looked up by kind, so it only ever meets its own event
        HANDLERS.setdefault(kind_of(event), []).append(handler)
        return react

    return register


def nobody_hears(event: type[Event], *, because: str) -> None:
    """Say on purpose that no one reacts to ``event`` yet, and why it is announced all the same."""
    NOBODY[kind_of(event)] = because


def upgrades(
    event: type[Event], *, since: int
) -> Callable[[Callable[[dict[str, Any]], dict[str, Any]]], Callable[[dict[str, Any]], dict[str, Any]]]:
    """Register how a stored body of version ``since`` becomes one of version ``since + 1``."""

    def register(
        upgrade: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> Callable[[dict[str, Any]], dict[str, Any]]:
        UPGRADES[kind_of(event), since] = upgrade
        return upgrade

    return register


def handler_named(kind: str, name: str) -> Handler | None:
    """Return the handler of ``kind`` stored under ``name``, or None if this code has none."""
    return next((h for h in HANDLERS.get(kind, ()) if h.name == name), None)
