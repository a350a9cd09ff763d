"""The test database itself: clones are fresh, commits of one test do not reach the next."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_committed_row_does_not_outlive_its_test(turn: str) -> None:
    assert ContentType.objects.exists()  # what migrations left is there
    assert not Session.objects.exists()

    Session.objects.create(session_key=turn, session_data="", expire_date=timezone.now())

    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_a_plain_test_rolls_back() -> None:
    assert not Session.objects.exists()
    assert str(connection.settings_dict["NAME"]).startswith("motcua_test_")
