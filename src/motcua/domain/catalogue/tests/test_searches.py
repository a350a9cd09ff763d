"""Teaching the search: own synonyms, lessons of people's choices, who may and what is refused."""

from datetime import UTC, datetime

import pytest

from motcua.domain.catalogue import commands, queries
from motcua.domain.catalogue.testing import BIRTH, HOUSEHOLD_BUSINESS, the_procedures
from motcua.domain.catalogue.types.refusals import BadSynonym, UnknownSynonym
from motcua.kernel.actors import Actor, NotPermitted, Role
from motcua.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
ADMIN = Actor(uuid7(), Role.ADMIN)
CITIZEN = Actor(uuid7(), Role.CITIZEN)


def first(question: str) -> str:
    queries.forget_index()
    hits = queries.search(question).hits
    return hits[0].code if hits else ""


def test_a_synonym_counts_until_it_is_retired() -> None:
    the_procedures()
    assert first("zebra") == ""
    synonym_id = commands.add_synonym(["zebra"], means=["đăng ký khai sinh"], actor=ADMIN, at=AT)
    assert first("zebra") == BIRTH
    commands.retire_synonym(synonym_id, actor=ADMIN, at=AT)
    assert first("zebra") == ""
    with pytest.raises(UnknownSynonym):
        commands.retire_synonym(synonym_id, actor=ADMIN, at=AT)


def test_what_people_chose_becomes_a_lesson_and_then_a_synonym() -> None:
    the_procedures()
    for _ in range(5):
        assert commands.note_choice("Zêbra tím", HOUSEHOLD_BUSINESS, actor=CITIZEN, at=AT)
    (lesson,) = queries.candidates()
    assert (lesson.question, lesson.code, lesson.chosen) == ("zebra tim", HOUSEHOLD_BUSINESS, 5)
    commands.accept_candidate(lesson.question, lesson.code, actor=ADMIN, at=AT)
    assert first("zebra tím") == HOUSEHOLD_BUSINESS
    assert queries.candidates() == []


def test_a_declined_lesson_is_not_proposed_again() -> None:
    the_procedures()
    for _ in range(5):
        commands.note_choice("zebra", BIRTH, actor=CITIZEN, at=AT)
    commands.decline_candidate("zebra", BIRTH, actor=ADMIN, at=AT)
    assert queries.candidates() == []


@pytest.mark.parametrize(
    ("says", "means", "codes"),
    [
        ([], ["x"], []),
        (["zebra"], [], []),
        (["zebra"], [], ["9.999999"]),
        (["!?"], ["x"], []),
        (["z" * 101], ["x"], []),
    ],
)
def test_a_synonym_without_sense_is_refused(says: list[str], means: list[str], codes: list[str]) -> None:
    the_procedures()
    with pytest.raises(BadSynonym):
        commands.add_synonym(says, means=means, codes=codes, actor=ADMIN, at=AT)


def test_only_administrators_teach() -> None:
    with pytest.raises(NotPermitted):
        commands.add_synonym(["zebra"], means=["x"], actor=CITIZEN, at=AT)
    with pytest.raises(NotPermitted):
        commands.accept_candidate("zebra", BIRTH, actor=CITIZEN, at=AT)
