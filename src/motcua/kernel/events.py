"""What an event is: a frozen dataclass named in the past tense, whose fields are ids and facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of every event. ``at`` is the instant of the deed, not of the delivery."""

    version: ClassVar[int] = 1  #: raised when fields change; see ``outbox.types.upgrades``

    at: datetime


def kind_of(event: type[Event]) -> str:
    """Return the stable name under which an event is stored: ``cases.DossierAccepted``."""
    return f"{event.__module__.split('.')[-2]}.{event.__name__}"
