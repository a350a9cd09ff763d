"""What the files service announces."""

from dataclasses import dataclass

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFoundInfected(Event):
    """The scanner found harm in a content; every file over it is unreadable from now on."""

    sha256: str
    threat: str
