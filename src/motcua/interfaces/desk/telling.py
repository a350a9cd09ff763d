"""The life of a dossier told to officers: each deed with its person, and who had it from when until when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.domain.cases.types import FINAL_STATES, DossierView, HistoryView, State, Step
from motcua.domain.identity.types import PersonId, PersonView
from motcua.interfaces.desk import words
from motcua.kernel.actors import Role


@dataclass(frozen=True, slots=True)
class Told:
    """One deed of history in words."""

    row: HistoryView
    deed: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch in which one desk, or the citizen, had the dossier."""

    holder: str
    who: str  #: the person, where one is known
    since: datetime
    until: datetime | None  #: None while it lasts
    limit: datetime | None  #: by when it has to end, for the present turn
    what: str


class Teller:
    """Tells one dossier, given the people in it."""

    def __init__(self, view: DossierView, people: Mapping[PersonId, PersonView]) -> None:
        self.view, self._people = view, people

    @staticmethod
    def people(views: Iterable[DossierView]) -> set[PersonId]:
        """Return everyone who did something to the dossiers, to be read in one query."""
        return {PersonId(row.by_person) for view in views for row in view.history if row.by_person}

    def history(self) -> list[Told]:
        """Return every deed, newest first."""
        return self.told(self.view.history)[::-1]

    def told(self, rows: Sequence[HistoryView]) -> list[Told]:
        """Return deeds in words, in the order given."""
        return [
            Told(row, words.done(row.step), self._who(row), words.step_of(row.state, row.with_role))
            for row in rows
        ]

    def turns(self) -> list[Turn]:
        """Return who has had it, since when and until when; the present turn last."""
        starts = [
            row
            for before, row in zip((None, *self.view.history), self.view.history, strict=False)
            if before is None or (before.state, before.with_role) != (row.state, row.with_role)
        ]
        ends: list[HistoryView | None] = [*starts[1:], None]
        return [self._turn(start, end) for start, end in zip(starts, ends, strict=True)]

    def proposer(self) -> str:
        """Return who proposed last; empty before anyone did."""
        return next((self._who(row) for row in reversed(self.view.history) if row.step is Step.PROPOSE), "")

    def changes_since_sent_back(self) -> tuple[str, ...]:
        """Return what was objected to and done since the leader last sent it back, as said in history."""
        numbers = [row.number for row in self.view.history if row.step is Step.SEND_BACK]
        if not numbers:
            return ()
        rows = [row for row in self.view.history if row.number >= numbers[-1] and row.step is not Step.CLAIM]
        return tuple(
            f"{told.deed}: {told.row.reason}" if told.row.reason else told.deed for told in self.told(rows)
        )

    def _turn(self, start: HistoryView, end: HistoryView | None) -> Turn:
        holder = start.with_role
        if holder is None and start.state in {*FINAL_STATES, State.DONE}:
            return Turn("", "", start.at, start.at, None, words.step_of(start.state, None))
        who = self._of_turn(start, end)
        limit = self.view.act_by if end is None else None
        return Turn(
            words.role(holder),
            who,
            start.at,
            end.at if end else None,
            limit,
            words.step_of(start.state, holder),
        )

    def _of_turn(self, start: HistoryView, end: HistoryView | None) -> str:
        """Return the person of a turn: who ended it, or who holds it now."""
        if start.with_role is None:
            return self.view.applicant_name
        last = self.view.history[-1].number if end is None else end.number
        within = [
            row
            for row in self.view.history
            if start.number < row.number <= last and row.by_role is start.with_role
        ]
        if within:
            return self._who(within[-1])
        if end is None and start.with_role is Role.HANDLER and self.view.holder_seat_id:
            held = [row for row in self.view.history if row.by_seat == self.view.holder_seat_id]
            return self._who(held[-1]) if held else ""
        return ""

    def _who(self, row: HistoryView) -> str:
        return self.name(row.by_person) or words.role(row.by_role)

    def name(self, person_id: UUID | None) -> str:
        """Return a person's name, or nothing."""
        person = self._people.get(PersonId(person_id)) if person_id else None
        return person.full_name if person else ""
