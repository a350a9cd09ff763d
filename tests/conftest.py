"""What tests of the whole system share."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from motcua.platform.database.testing import restore_worker_database
from tests.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make offices and people for a module; deeds are committed, and everything is gone after it."""
    with django_db_blocker.unblock():
        yield World()
        restore_worker_database()
