"""An event and its handlers for ``bench.outbox``."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from motcua.kernel import clock
from motcua.kernel.events import Event, kind_of
from motcua.kernel.ids import uuid7
from motcua.platform.outbox.types import HANDLERS, Handler

HEARD: Final[list[UUID]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Event):
    lamp: UUID
    colour: str


def lamp_lit() -> LampLit:
    return LampLit(at=clock.now(), lamp=uuid7(), colour="red")


def hear(event: Event) -> None:
    if isinstance(event, LampLit):
        HEARD.append(event.lamp)


def register(count: int) -> None:
    """Let ``count`` handlers hear the event; those of earlier rounds stay known under their names."""
    HANDLERS[kind_of(LampLit)] = [Handler(f"bench.{n}", LampLit, hear) for n in range(count)]
