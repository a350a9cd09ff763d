"""Who hears what. Handlers register at import; interfaces and tests read the registry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from motcua.kernel.events import Event, kind_of

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Handler:
    """One reaction to one kind of event. ``name`` is stable: it is stored with every delivery."""

    name: str
    event: type[Event]
    react: Callable[[Event], None]


HANDLERS: Final[dict[str, list[Handler]]] = {}
NOBODY: Final[dict[str, str]] = {}


def hears(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function as a handler of ``event``.

    It runs after commit in a transaction of its own, at least once; it must be idempotent.
    """

    def register(react: Callable[[E], None]) -> Callable[[E], None]:
        handler = Handler(f"{react.__module__}.{react.__qualname__}", event, react)  # type: ignore[arg-type]
        HANDLERS.setdefault(kind_of(event), []).append(handler)
        return react

    return register


def nobody_hears(event: type[Event], *, because: str) -> None:
    """Say on purpose that no one reacts to ``event`` yet, and why it is announced all the same."""
    NOBODY[kind_of(event)] = because
