"""Lives brought in are the lives lived: one seed, two ways, the same dossiers."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from motcua.domain.agencies import queries as agencies
from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import an_office, an_officer
from motcua.domain.cases.types import (
    FINAL_STATES,
    DossierView,
    IllegalStep,
    Life,
    State,
    Step,
    SupplementAlreadyAsked,
)
from motcua.domain.catalogue import queries as catalogue
from motcua.domain.identity import commands as identity
from motcua.domain.identity.types import PersonId
from motcua.kernel.actors import SYSTEM, Role
from motcua.kernel.calendar import is_working_day
from motcua.kernel.clock import local_date
from motcua.processes.sample_province.casting import Papers
from motcua.processes.sample_province.enacting import enact
from motcua.processes.sample_province.lives import Applicant, Cast, Office, history_of, shares, standing_of
from motcua.processes.sample_province.people import Household, People
from motcua.processes.sample_province.province import HOME
from motcua.processes.sample_province.requests import WANTED

pytestmark = pytest.mark.django_db

UNTIL = datetime(2026, 7, 15, 3, 30, tzinfo=UTC)
LONG_AGO = datetime(2025, 7, 1, 1, tzinfo=UTC)


def a_cast() -> Cast:
    """Return one office with two handlers and four households at its door."""
    made = an_office()
    second = an_officer(made.agency_id, Role.HANDLER)
    applicants = [applicant for household in People(7).households(12) for applicant in _registered(household)]
    office = Office(
        made.agency_id,
        "H21.15.03",
        5,
        agencies.calendar_of(made.agency_id),
        made.clerk,
        (made.handler, second),
        made.leader,
        tuple(applicants),
    )
    on = local_date(UNTIL)
    definitions = {code: catalogue.procedure(code, on=on).definition for code in WANTED}
    return Cast((office,), definitions, Papers(at=LONG_AGO).of)


def _registered(household: Household) -> list[Applicant]:
    return [
        Applicant(
            identity.register_person(
                someone.full_name,
                personal_id=someone.personal_id,
                born_on=someone.born_on,
                sex=someone.sex,
                phone=someone.phone,
                address=replace(someone.address, commune_code=HOME.commune_code),
                actor=SYSTEM,
                at=LONG_AGO,
            ).id,
            someone,
            household,
        )
        for someone in household.adults
    ]


def all_lives(cast: Cast, count: int, *, seed: int = 3) -> list[Life]:
    share = shares(cast, count)[0]
    told = [
        *standing_of(cast, share, seed=seed, until=UNTIL),
        *history_of(cast, share, seed=seed, until=UNTIL),
    ]
    return sorted(told, key=lambda life: life.moves[0].at)


def of_every_kind(lives: list[Life], *, most: int = 2) -> list[Life]:
    """Return at most so many lives of each procedure with the same steps."""
    seen = Counter[tuple[str, ...]]()
    kept = []
    for life in lives:
        kind = (life.procedure_code, *(move.step for move in life.moves))
        seen[kind] += 1
        if seen[kind] <= most:
            kept.append(life)
    return kept


def everything(cast: Cast) -> dict[str, Any]:
    """Return all that is on record of every dossier, by code, without ids and secrets made at random.

    Where the citizen said otherwise than the node knew is left out: what is brought in was never a draft.
    """
    found: dict[str, Any] = {}
    page = queries.office_dossiers(actor=cast.offices[0].clerk, at=UNTIL, words="", size=1000)
    for row in page.items:
        view = queries.dossier(row.id, actor=SYSTEM)
        plain = [(a.paper, a.file_id, a.name, a.added_at) for a in view.attachments]
        papers = [(d.kind, d.form_no, d.number, d.title, d.issued_at) for d in view.documents]
        found[view.code] = (
            replace(view, id=None, lookup_secret="", attachments=(), documents=(), disputed={}),  # type: ignore[arg-type]
            sorted(plain, key=str),
            sorted(papers, key=str),
            _rows("SELECT number, facts FROM cases_document WHERE dossier_id = %s", view.id),
            _rows("SELECT deed, role, at, facts FROM ledger_leaf WHERE subject = %s", str(view.id)),
            _rows("SELECT search_text FROM cases_dossier WHERE id = %s", view.id),
        )
    found["books"] = _rows(
        "SELECT book, period, last FROM cases_numberbook WHERE agency_id = %s", cast.offices[0].id
    )
    return found


def _rows(sql: str, key: str | UUID) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return sorted(cursor.fetchall(), key=str)


def test_lives_brought_in_leave_the_same_dossiers_as_lives_lived() -> None:
    """States, appointments, history, codes, numbers, printed facts and ledger leaves are equal."""
    cast = a_cast()
    lives = of_every_kind(all_lives(cast, 600))
    assert {move.step for life in lives for move in life.moves} >= set(Step)

    with transaction.atomic():
        enact(lives, lambda done: None)
        lived = everything(cast)
        transaction.set_rollback(True)
    commands.bring_in(cast.offices[0].id, lives, actor=SYSTEM, at=UNTIL)
    told = everything(cast)

    assert lived.keys() == told.keys()
    for code, story in lived.items():
        assert told[code] == story, code


def test_numbers_go_on_from_the_last_ones_given() -> None:
    cast = a_cast()
    lives = all_lives(cast, 20)

    commands.bring_in(cast.offices[0].id, lives[:10], actor=SYSTEM, at=UNTIL)
    commands.bring_in(cast.offices[0].id, lives[10:], actor=SYSTEM, at=UNTIL)

    numbers = _rows("SELECT number FROM cases_document WHERE kind = %s", "receipt")
    assert sorted(int(number.split("/")[0]) for (number,) in numbers) == list(range(1, len(numbers) + 1))


def test_an_illegal_step_brings_nothing_in() -> None:
    cast = a_cast()
    good, bad = all_lives(cast, 2)
    moves = (*bad.moves, replace(bad.moves[-1], step=Step.ACCEPT, by=cast.offices[0].clerk))
    broken = replace(
        bad, moves=(*bad.moves, *[replace(moves[-1], at=UNTIL + timedelta(days=n)) for n in (1, 2)])
    )

    with pytest.raises(IllegalStep):
        commands.bring_in(cast.offices[0].id, [good, broken], actor=SYSTEM, at=UNTIL)

    assert list(everything(cast)) == ["books"]


def is_late(view: DossierView) -> bool:
    """Tell whether a result came after its appointment, or after the first one if a second was made."""
    apologised = any(row.step is Step.REAPPOINT for row in view.history)
    return apologised or (view.finished_at or UNTIL) > (view.due_at or UNTIL)


def test_the_history_is_believable() -> None:
    """Every state is there, offices work in office hours only, and about 96 of 100 results are in time."""
    cast = a_cast()
    commands.bring_in(cast.offices[0].id, all_lives(cast, 600), actor=SYSTEM, at=UNTIL)

    found = everything(cast)
    del found["books"]
    views = [view for view, *_ in found.values()]

    assert {view.state for view in views} == set(State)
    finished = [view for view in views if view.state in {State.DONE, State.RETURNED}]
    late = [view for view in finished if is_late(view)]
    assert 0.93 < 1 - len(late) / len(finished) < 0.99
    assert len([view for view in views if view.state in FINAL_STATES]) > 500
    calendar = cast.offices[0].calendar
    by_officers = [row for view in views for row in view.history if row.by_seat]
    assert all(is_working_day(calendar, local_date(row.at)) for row in by_officers)
    assert all(row.at <= UNTIL for view in views for row in view.history)
    assert min(view.submitted_at for view in views).date() < date(2026, 2, 10)
    assert len({PersonId(view.applicant_id) for view in views}) > 5


def test_papers_are_asked_for_once_as_in_a_live_deed() -> None:
    cast = a_cast()
    life = next(life for life in all_lives(cast, 300) if any(m.step is Step.SUPPLEMENT for m in life.moves))
    place = next(n for n, move in enumerate(life.moves) if move.step is Step.SUPPLEMENT)
    asked, answered = life.moves[place - 1], life.moves[place]
    again = replace(asked, at=answered.at + timedelta(minutes=1))

    with pytest.raises(SupplementAlreadyAsked):
        commands.bring_in(
            cast.offices[0].id,
            [replace(life, moves=(*life.moves[: place + 1], again))],
            actor=SYSTEM,
            at=UNTIL,
        )
