"""What a record is on a day. Computed from its dates, never stored. Source: states of index 766."""

from datetime import date

from motcua.domain.catalogue.types.record import Action, RecordState


def state(*, action: Action, number: int, valid_from: date, on: date) -> RecordState:
    """Return the state of a version on a day.

    Announced until its date; then abolished if that is what it does; amended if it changed an earlier one.
    """
    if valid_from > on:
        return RecordState.ANNOUNCED
    if action is Action.ABOLISHED:
        return RecordState.ABOLISHED
    return RecordState.AMENDED if number > 1 or action is not Action.NEW else RecordState.PUBLISHED
