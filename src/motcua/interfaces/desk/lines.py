"""A dossier as one line of a list at the desk: how urgent in words, which step, which procedure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.cases.types import DossierGlance, DossierRow, DossierView, Due, State
from motcua.domain.catalogue import queries as catalogue
from motcua.interfaces.design import formats
from motcua.interfaces.desk import words
from motcua.kernel.actors import Actor
from motcua.kernel.calendar import working_minutes_between

REMEMBERED: Final = 4096  #: lines kept drawn in a process, a kilobyte each

#: urgency → kind of the chip
CHIPS = {
    Due.OVERDUE: "late",
    Due.SOON: "soon",
    Due.ON_TIME: "ok",
    Due.PAUSED: "paused",
    Due.NONE: "done",
}


@dataclass(frozen=True, slots=True)
class Urgency:
    """What the chip of a deadline says: its kind and roughly the working minutes left, negative when late."""

    kind: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line."""

    row: DossierRow
    procedure: str
    step: str
    urgency: Urgency


def lines(rows: Iterable[DossierRow], *, actor: Actor, at: datetime, language: str) -> list[Line]:
    """Return rows ready to be drawn, each with the name its procedure had when it was filed."""
    return [
        Line(
            row,
            catalogue.version(row.version_id).definition.name.to(language),
            words.step_of(row.state, row.with_role),
            urgency(row, actor=actor, at=at),
        )
        for row in rows
    ]


@lru_cache(maxsize=REMEMBERED)
def drawn(line: Line, place: str, *, is_picked_from: bool, is_chosen: bool, language: str) -> SafeString:
    """Draw a line of a table, once for as long as nothing on it changes.

    ``place`` is the query of the page it stands on, ``language`` the one in use. Lines are told roughly ("2 hours
    left"), so that most of a list is the same when its reader comes back to it.
    """
    facts = {"line": line, "place": place, "is_picked_from": is_picked_from, "is_chosen": is_chosen}
    return SafeString(render_to_string("desk/inbox/line.html", facts))


def urgency(of: DossierRow | DossierView | DossierGlance, *, actor: Actor, at: datetime) -> Urgency:
    """Return the chip of a dossier's deadline. A withdrawal waits for the desk though the limit stands still."""
    waits_for_desk = of.state is State.WITHDRAWAL_REQUESTED
    if (
        actor.agency_id is None
        or of.act_by is None
        or (of.due in {Due.PAUSED, Due.NONE} and not waits_for_desk)
    ):
        return Urgency(CHIPS[of.due], None)
    calendar = agencies.calendar_of(AgencyId(actor.agency_id))
    if of.act_by < at:
        return Urgency("late", -formats.rough(round(working_minutes_between(calendar, of.act_by, at))))
    kind = "soon" if waits_for_desk else CHIPS[of.due]
    return Urgency(kind, formats.rough(round(working_minutes_between(calendar, at, of.act_by))))
