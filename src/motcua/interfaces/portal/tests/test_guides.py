"""Guides on the portal: a question a page, then a plan."""

import re

import pytest
from django.test import Client

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.testing import BIRTH, the_procedures

pytestmark = pytest.mark.django_db


def test_the_first_answer_of_every_question_leads_to_a_plan(client: Client) -> None:
    the_procedures()
    for guide in queries.guides():
        address = f"/huong-dan/{guide.key}"
        for _ in range(len(guide.questions)):
            page = client.get(address).content.decode()
            ways = re.findall(rf'href="(/huong-dan/{guide.key}\?[^"]+)"><b>', page)
            if not ways:
                break
            address = ways[0].replace("&amp;", "&")
        page = client.get(address).content.decode()
        assert "việc cần làm" in page, guide.key


def test_a_step_links_only_to_what_this_node_holds(client: Client) -> None:
    the_procedures()
    said = {"foreign": "no", "married": "yes", "together": "no", "insured": "no"}
    page = client.get("/huong-dan/sinh-con", said).content.decode()
    assert f'href="/thu-tuc/{BIRTH}"' in page
    assert "Đăng ký thường trú" in page and 'href="/thu-tuc/1.004222"' not in page


@pytest.mark.parametrize("address", ["/huong-dan/khong-co", "/huong-dan/sinh-con?foreign=%00&odd=<b>"])
def test_odd_addresses_are_read_with_care(client: Client, address: str) -> None:
    assert client.get(address).status_code in {200, 404}
