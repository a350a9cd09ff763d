"""Forms 06 and 07 are printed from the history."""

from datetime import timedelta

import pytest

from motcua.domain.cases import commands, queries
from motcua.domain.cases.rules import books
from motcua.domain.cases.testing import MONDAY, a_dossier, an_office
from motcua.domain.cases.types import State, UnknownDossier
from motcua.kernel.actors import NotPermitted
from motcua.platform.pdf.testing import printed, words_of

DAY = timedelta(days=1)


@pytest.mark.django_db
def test_a_control_slip_shows_every_hand_over_with_its_outcome() -> None:
    office = an_office()
    view = a_dossier(office, State.RETURNED)

    made = commands.control_slip(view.id, actor=office.clerk, at=MONDAY + DAY)

    words = words_of(made)
    assert printed(made).profile == "2B"
    assert view.code in words
    assert "Mẫu số 06" in words
    for said in ("Chuyển xử lý", "Trình ký", "Ký duyệt", "Trả kết quả", "Bộ phận chuyên môn", "Đúng hạn"):
        assert said in words


@pytest.mark.django_db
def test_a_register_lists_what_was_accepted_in_the_span() -> None:
    office = an_office()
    inside, outside = (
        a_dossier(office, State.RETURNED),
        a_dossier(office, State.ACCEPTED, at=MONDAY + 40 * DAY),
    )

    words = words_of(commands.register_book(queries.span_of("2026-03"), actor=office.leader, at=MONDAY + DAY))

    assert "Mẫu số 07" in words
    assert inside.code.rsplit("-", 1)[0][-6:] in words
    assert inside.code[-11:] in words
    assert outside.code[-11:] not in words


@pytest.mark.django_db
def test_strangers_print_nothing() -> None:
    office, other = an_office(), an_office("Ủy ban nhân dân xã Ia Grai", "H21.15.04")
    view = a_dossier(office, State.ACCEPTED)

    with pytest.raises(UnknownDossier):
        commands.control_slip(view.id, actor=other.clerk, at=MONDAY)
    with pytest.raises(NotPermitted):
        commands.control_slip(view.id, actor=office.citizen, at=MONDAY)


@pytest.mark.parametrize(
    ("after", "said"), [(-DAY, "Trước hạn"), (timedelta(0), "Đúng hạn"), (timedelta(seconds=1), "Quá hạn")]
)
def test_equal_is_on_time(after: timedelta, said: str) -> None:
    assert books.outcome(MONDAY + after, MONDAY) == said
