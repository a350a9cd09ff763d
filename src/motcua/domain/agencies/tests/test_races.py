"""Two connections at once: one code has one bearer, two moves close no loop."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from motcua.domain.agencies import commands, queries
from motcua.domain.agencies.models import AgencyCode
from motcua.domain.agencies.testing import a_department, a_province
from motcua.domain.agencies.types import BelowItself, CodeTaken
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Refusal

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MARCH = date(2026, 3, 1)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Run deeds at the same moment, each on its own connection; return their refusals, or None."""
    ready = Barrier(len(deeds))
    outcomes: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        try:
            ready.wait()
            deed()
        except Refusal as refusal:
            outcomes[place] = type(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_a_code_given_twice_at_once_is_given_once() -> None:
    offices = [a_department(f"Sở {n}", code="").id for n in range(4)]

    outcomes = at_once(
        *(
            lambda office=office: commands.give_code(office, "H21.99", since=MARCH, actor=SYSTEM, at=NOON)
            for office in offices
        )
    )

    assert sorted(map(str, outcomes)) == sorted(map(str, [None, CodeTaken, CodeTaken, CodeTaken]))
    assert AgencyCode.objects.filter(code="H21.99").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_agencies_moved_under_each_other_at_once_make_no_loop() -> None:
    one, other = a_province(code="H21").id, a_province(code="H15").id

    outcomes = at_once(
        lambda: commands.move_agency(one, other, since=MARCH, actor=SYSTEM, at=NOON),
        lambda: commands.move_agency(other, one, since=MARCH, actor=SYSTEM, at=NOON),
    )

    assert sorted(map(str, outcomes)) == sorted(map(str, [None, BelowItself]))
    assert len(queries.ancestor_ids(one, on=MARCH)) + len(queries.ancestor_ids(other, on=MARCH)) == 1
