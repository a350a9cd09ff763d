"""Records over the API: walked by key, kept by ETag, counted."""

import json
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.domain.catalogue import commands
from motcua.domain.catalogue.testing import LONG_AGO
from motcua.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db
API = "/api/v1/procedures"


@pytest.fixture(autouse=True)
def records() -> None:
    rows = [
        {"code": f"1.00000{n}", "name": f"Thủ tục {n}", "ministry": "Bộ A", "field": "F", "levels": ["xa"]}
        for n in range(5)
    ]
    body = "\n".join(json.dumps(row) for row in rows).encode()
    commands.import_records(BytesIO(body), actor=SYSTEM, at=LONG_AGO)


def test_the_list_is_walked_by_code(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    seen, cursor = [], ""
    while True:
        with django_assert_max_num_queries(4):  # one of them counts how often the caller calls
            page = Client().get(f"{API}/records?limit=2&cursor={cursor}").json()
        seen += [row["code"] for row in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break

    assert seen == [f"1.00000{n}" for n in range(5)]


def test_filters_narrow_and_bad_ones_are_told() -> None:
    client = Client()

    assert client.get(f"{API}/records?level=commune&ministry=Bộ A&complete=false").json()["items"]
    assert not client.get(f"{API}/records?level=ministry").json()["items"]
    assert client.get(f"{API}/records?level=galaxy").status_code == 422
    assert client.get(f"{API}/records?cursor=x").status_code == 422


def test_a_record_is_not_sent_twice() -> None:
    client = Client()
    first = client.get(f"{API}/1.000001/record")

    again = client.get(f"{API}/1.000001/record", headers={"If-None-Match": first["ETag"]})
    linked = client.get(f"{API}/1.000001/cpsv", headers={"If-None-Match": first["ETag"]})

    assert first.json()["name"] == "Thủ tục 1"
    assert (again.status_code, again.content) == (304, b"")
    assert linked.json()["type"] == "cpsv:PublicService"
    assert client.get(f"{API}/9.999999/record").status_code == 404


def test_completeness_is_counted() -> None:
    said = Client().get(f"{API}/completeness").json()

    assert (said["procedures"], said["complete"], said["missing"]["limit"]) == (5, 0, 5)
