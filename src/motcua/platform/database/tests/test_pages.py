"""Keyset pages show every row once, in order, whatever the directions and gaps."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.db.models import TextField, Value
from django.db.models.functions import NullIf
from pytest_django import DjangoAssertNumQueries

from motcua.platform.database.queries import page
from motcua.platform.database.types import BadCursor, Key

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def rows(db: None) -> None:
    Session.objects.bulk_create(
        Session(
            session_key=f"{number:02}",
            session_data=["", "ấm", "bé"][number % 3],
            expire_date=NOON + timedelta(hours=number % 4),
        )
        for number in range(23)
    )


def walk(order: tuple[Key, ...], size: int) -> list[str]:
    seen: list[str] = []
    after: str | None = None
    while True:
        rows = Session.objects.annotate(word=NullIf("session_data", Value("", output_field=TextField())))
        stretch = page(rows, order=order, after=after, size=size, view=lambda row: str(row.session_key))
        seen.extend(stretch.items)
        after = stretch.next_cursor
        if after is None:
            return seen


@pytest.mark.parametrize(("first", "second", "third"), list(product([False, True], repeat=3)))
@pytest.mark.parametrize("size", [1, 5, 23, 50])
def test_a_walk_shows_every_row_once_in_order(
    rows: None, size: int, first: bool, second: bool, third: bool
) -> None:
    order = (Key("word", first, nullable=True), Key("expire_date", second), Key("session_key", third))

    seen = walk(order, size)

    assert len(set(seen)) == len(seen) == 23
    assert seen == walk(order, 100)
    words = [int(key) % 3 for key in seen]
    assert words[-8:] == [0] * 8  # rows without a word stand last


def test_a_page_is_one_query(rows: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    order = (Key("expire_date", descending=True), Key("session_key"))
    first = page(Session.objects.all(), order=order, after=None, size=5, view=str)

    with django_assert_num_queries(1):
        page(Session.objects.values(), order=order, after=first.next_cursor, size=5, view=str)


@pytest.mark.parametrize("forged", ["x", "W10:abc", "ấ", "a:b:c"])
def test_a_forged_cursor_is_refused(rows: None, forged: str) -> None:
    with pytest.raises(BadCursor):
        page(Session.objects.all(), order=(Key("session_key"),), after=forged, size=5, view=str)


def test_a_cursor_of_another_list_is_refused(rows: None) -> None:
    first = page(Session.objects.all(), order=(Key("session_key"),), after=None, size=5, view=str)

    with pytest.raises(BadCursor):
        page(Session.objects.all(), order=(Key("session_data"),), after=first.next_cursor, size=5, view=str)
