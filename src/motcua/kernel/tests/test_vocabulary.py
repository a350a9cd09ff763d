"""Ids sort by birth, money is whole đồng, Vietnamese text is found and sorted as people expect."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.actors import Actor, NotPermitted, Role
from motcua.kernel.ids import born_at, uuid7
from motcua.kernel.money import FREE, Money, NotMoney
from motcua.kernel.text import fold, name_sort_key, sort_key

INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2400, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware here


@given(INSTANTS)
def test_an_id_remembers_its_birth_and_is_a_uuid_of_version_7(at: datetime) -> None:
    made = uuid7(at)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert abs(born_at(made) - at) <= timedelta(milliseconds=1)


@given(INSTANTS, INSTANTS)
def test_ids_sort_by_birth(one: datetime, other: datetime) -> None:
    if abs(one - other) > timedelta(milliseconds=1):
        assert (uuid7(one) < uuid7(other)) == (one < other)


def test_ids_of_one_instant_differ() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert len({uuid7(at) for _ in range(10_000)}) == 10_000


def test_money_is_written_in_vietnamese_custom() -> None:
    assert [str(Money(n)) for n in (0, 2000, 150_000, 1_234_567)] == [
        "0 ₫",
        "2.000 ₫",
        "150.000 ₫",
        "1.234.567 ₫",
    ]
    assert Money(2000) * 3 + FREE == Money(6000)
    assert not FREE


@pytest.mark.parametrize("value", [-1, 1.5, True, "5"])
def test_what_is_not_whole_dong_is_refused(value: object) -> None:
    with pytest.raises(NotMoney):
        Money(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị H’Bia", "dang thi h bia"),
        ("ĐẮK  LẮK", "dak lak"),
        ("Ủy ban nhân dân", "uy ban nhan dan"),
        ("Nguye\u0302\u0303n", "nguyen"),
        ("1.001193", "1 001193"),
    ],
)
def test_accents_case_and_punctuation_do_not_matter_to_search(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_sort_as_in_a_vietnamese_dictionary() -> None:
    ordered = [
        "a",
        "à",
        "ả",
        "ã",
        "á",
        "ạ",
        "ai",
        "ăn",
        "âm",
        "ba",
        "dê",
        "đê",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
    ]
    keys = [sort_key(word) for word in ordered]
    assert keys == sorted(keys)


def test_people_sort_by_given_name_first() -> None:
    people = ["Trần Văn An", "Nguyễn Thị Ánh", "Lê An", "Bùi Bình"]
    assert sorted(people, key=name_sort_key) == ["Lê An", "Trần Văn An", "Nguyễn Thị Ánh", "Bùi Bình"]


def test_an_actor_without_the_role_is_refused() -> None:
    Actor(None, Role.CLERK).require(Role.CLERK, Role.LEADER)
    with pytest.raises(NotPermitted):
        Actor(None, Role.CITIZEN).require(Role.CLERK)
