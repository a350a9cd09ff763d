"""People read the same operations as programs."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_operation_stands_on_the_page(client: Client, language: str) -> None:
    document = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/v1/docs", headers={"Accept-Language": language})

    assert page.status_code == 200
    shown = page.content.decode()
    assert all(path in shown for path in document["paths"])
    assert len(page.content) < 120_000
