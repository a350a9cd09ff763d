"""Two people at once: one deed happens, numbers stay gapless, nothing is half done."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from motcua.domain.cases import commands, queries
from motcua.domain.cases.testing import MONDAY, REASON, a_dossier, a_draft, an_office
from motcua.domain.cases.types import DossierView, IllegalStep, State, Step
from motcua.kernel.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY + timedelta(hours=4)


def at_once(deeds: Sequence[Callable[[], DossierView]]) -> list[DossierView | Refusal]:
    """Do every deed on a connection of its own, all beginning together; return what each got."""
    start = Barrier(len(deeds))

    def one(deed: Callable[[], DossierView]) -> DossierView | Refusal:
        try:
            start.wait(timeout=30)
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def test_two_leaders_decide_at_once_and_one_decision_stands() -> None:
    office = an_office()
    view = a_dossier(office, State.PROCESSING)
    commands.propose(view.id, "Hồ sơ hợp lệ, đề nghị ký.", actor=office.handler, at=LATER)

    got = at_once(
        [
            lambda: commands.approve(view.id, actor=office.leader, at=LATER),
            lambda: commands.reject(view.id, REASON, actor=office.leader, at=LATER),
        ]
    )

    assert sorted(type(one).__name__ for one in got) == ["DossierView", "IllegalStep"]
    after = queries.dossier(view.id, actor=office.leader)
    assert [row.step for row in after.history if row.step in {Step.APPROVE, Step.REJECT}] == [
        after.history[-1].step
    ]
    assert len(after.documents) == 2, "the receipt, and the one paper of the one decision"


def test_a_double_click_files_one_dossier() -> None:
    office = an_office()
    draft = a_draft(office)

    got = at_once([lambda: commands.submit(draft.id, actor=office.citizen, at=MONDAY)] * 3)

    assert len({one.id for one in got if isinstance(one, DossierView)}) == 1
    assert not [one for one in got if isinstance(one, Refusal)]


def test_many_accept_at_once_and_the_book_has_no_gap() -> None:
    office = an_office()
    filed = [a_dossier(office) for _ in range(6)]

    got = at_once([partial(commands.accept, view.id, actor=office.clerk, at=LATER) for view in filed])

    numbers = [one.documents[0].number for one in got if isinstance(one, DossierView)]
    assert sorted(numbers) == [f"{n:02d}/TNHS" for n in range(1, 7)]


def test_a_refused_deed_gives_its_number_back() -> None:
    office = an_office()
    first, second = a_dossier(office), a_dossier(office)
    commands.accept(first.id, actor=office.clerk, at=LATER)
    with pytest.raises(IllegalStep):
        commands.accept(first.id, actor=office.clerk, at=LATER)
    assert commands.accept(second.id, actor=office.clerk, at=LATER).documents[0].number == "02/TNHS"
