"""One embedded PostgreSQL for the whole test run; every worker gets its own database.

``motcua.platform.database.testing`` is loaded before this file (``-p`` in pyproject.toml) and says how.
"""

from collections.abc import Iterator
from importlib import import_module

import django.test
import pytest
from django.core.cache import caches
from django.utils import translation
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from motcua.platform.database.testing import restore_worker_database, worker_database

# How long an example takes says something about the machine, not about the code.
settings.register_profile("motcua", deadline=None)
settings.load_profile("motcua")


@pytest.fixture(scope="session", autouse=True)
def _pages_loaded(django_test_environment: None) -> None:
    """Load every page before a test may stop the clock: what is first imported then would keep that clock."""
    import_module("motcua.config.urls")


@pytest.fixture(autouse=True)
def _in_vietnamese() -> Iterator[None]:
    """A page asked for in English leaves its thread in English; the next test begins in Vietnamese."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _computing_anew() -> None:
    """What a process remembers of one test says nothing about the next."""
    caches["local"].clear()


@pytest.fixture(autouse=True)
def _searching_anew() -> None:
    """A test that is rolled back leaves the index of its procedures behind; the next one looks again."""
    from motcua.domain.catalogue import queries

    queries.forget_index()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Clone the migrated template, in place of building a database per worker."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        # A test that really commits leaves through a fresh clone: TRUNCATE would lose rows of migrations.
        patch.setattr(
            django.test.TransactionTestCase, "_fixture_teardown", lambda _case: restore_worker_database()
        )
        with worker_database():
            yield
