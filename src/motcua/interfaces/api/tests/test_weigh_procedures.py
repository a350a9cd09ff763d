"""The cost of procedures over the API: listed by cursor, one line by line, and what versions saved."""

import pytest
from django.test import Client

from motcua.domain.catalogue.testing import BIRTH, the_procedures
from motcua.domain.reform import queries
from motcua.interfaces.design.access import today

pytestmark = pytest.mark.django_db
API = "/api/v1/reform"


@pytest.fixture(autouse=True)
def procedures() -> None:
    the_procedures()


def test_the_ranking_is_walked_from_the_most_burdensome() -> None:
    seen, cursor = [], ""
    while True:
        page = Client().get(f"{API}/ranking?limit=2&sort=papers&cursor={cursor}").json()
        seen += [(-row["counts"]["papers"], row["code"]) for row in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break

    assert seen == sorted(seen)
    assert len(seen) == len(queries.ranking(on=today()))
    assert Client().get(f"{API}/ranking?cursor=x").status_code == 422
    assert Client().get(f"{API}/ranking?sort=beauty").status_code == 422


def test_the_lines_of_one_procedure_sum_to_its_cost() -> None:
    told = Client().get(f"{API}/procedures/{BIRTH}").json()

    assert sum(line["dong"] for line in told["activities"]) == told["once_dong"] > 0
    assert told["year_dong"] == told["once_dong"] * told["performances"]
    assert Client().get(f"{API}/procedures/9.999999").status_code == 404


def test_what_was_saved_is_told_since_a_day() -> None:
    told = Client().get(f"{API}/saved?since=2026-01-01").json()

    assert (told["since"], told["year_dong"], told["versions"]) == ("2026-01-01", 0, [])
