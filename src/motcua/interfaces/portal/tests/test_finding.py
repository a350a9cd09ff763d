"""The search page of the portal: results with reasons, filters, suggestions, choices counted without a person."""

import pytest
from django.test import Client

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.testing import BIRTH, HOUSEHOLD_BUSINESS, the_procedures

pytestmark = pytest.mark.django_db


def test_everyday_words_find_a_procedure_and_say_why(client: Client) -> None:
    the_procedures()
    page = client.get("/thu-tuc/", {"q": "mở quán cà phê"}).content.decode()
    assert f"/thu-tuc/{HOUSEHOLD_BUSINESS}" in page
    assert "“mở quán cà phê” là “đăng ký thành lập hộ kinh doanh”" in page


def test_a_slip_of_the_fingers_is_understood_and_said(client: Client) -> None:
    the_procedures()
    page = client.get("/thu-tuc/", {"q": "giay khai sihn"}).content.decode()
    assert f"/thu-tuc/{BIRTH}" in page and "Chúng tôi hiểu là" in page


def test_nothing_found_helps_on(client: Client) -> None:
    the_procedures()
    page = client.get("/thu-tuc/", {"q": "qwzx vbnm"}).content.decode()
    assert "Chưa thấy thủ tục nào như vậy" in page and "?viec=birth" in page


@pytest.mark.parametrize(
    "address", ["/thu-tuc/?trang=-1", "/thu-tuc/?trang=9999999", "/thu-tuc/?cap=%00x&viec=<b>"]
)
def test_odd_addresses_are_read_with_care(client: Client, address: str) -> None:
    the_procedures()
    page = client.get(address)
    assert page.status_code == 200 and b"<b>" not in page.content.split(b"</h1>")[0]


def test_suggestions_come_while_one_types(client: Client) -> None:
    the_procedures()
    items = client.get("/thu-tuc/goi-y", {"q": "giay khai s"}).json()["items"]
    assert BIRTH in {item["code"] for item in items}
    assert client.get("/thu-tuc/goi-y", {"q": "g"}).json()["items"] == []


def test_a_choice_is_counted_without_accents_and_without_a_person(client: Client) -> None:
    the_procedures()
    for words in ("Tờ zêbra mờ", "to zebra mo"):
        assert client.post("/thu-tuc/da-chon", {"q": words, "code": BIRTH}).status_code == 204
    (lesson,) = queries.candidates(least=2)
    assert (lesson.question, lesson.code, lesson.chosen) == ("to zebra mo", BIRTH, 2)


@pytest.mark.parametrize(
    ("words", "code"), [("zebra 079099001234", BIRTH), ("zebra", "9.999999"), ("zebra " * 20, BIRTH)]
)
def test_what_might_tell_a_person_or_nothing_is_not_kept(client: Client, words: str, code: str) -> None:
    the_procedures()
    client.post("/thu-tuc/da-chon", {"q": words, "code": code})
    assert queries.candidates(least=1) == []
