"""Every event has someone who hears it, or a reason why nobody does; every event's kind is its own."""

from importlib import import_module
from pkgutil import iter_modules

import motcua.domain
import motcua.platform
from motcua.kernel.events import Event, kind_of
from motcua.platform.outbox.types import HANDLERS, NOBODY


def events() -> list[type[Event]]:
    found = []
    for tier in (motcua.domain, motcua.platform):
        for app in iter_modules(tier.__path__, f"{tier.__name__}."):
            if any(room.name == "events" for room in iter_modules(import_module(app.name).__path__)):
                module = import_module(f"{app.name}.events")
                found += [
                    each
                    for each in vars(module).values()
                    if isinstance(each, type)
                    and issubclass(each, Event)
                    and each.__module__ == module.__name__
                ]
    return found


def test_every_event_is_heard_or_has_a_reason() -> None:
    unheard = [
        kind_of(event)
        for event in events()
        if not HANDLERS.get(kind_of(event)) and kind_of(event) not in NOBODY
    ]

    assert unheard == []


def test_no_reason_outlives_the_silence() -> None:
    both = [kind for kind in NOBODY if HANDLERS.get(kind)]
    gone = set(NOBODY) - {kind_of(event) for event in events()}

    assert (both, gone) == ([], set())


def test_kinds_are_unique() -> None:
    kinds = [kind_of(event) for event in events()]

    assert len(kinds) == len(set(kinds))
