"""What people read when something fails, with and without a database."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from motcua.domain.cases.types import MovedOn
from motcua.interfaces.design import errors
from motcua.interfaces.design.access import open_to_all


def refuse(request: HttpRequest) -> HttpResponse:
    raise MovedOn(dossier_id="1", seen=1, version=2)


def fall(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a bug")


def lose_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the server closed the connection")


def send_too_much(request: HttpRequest) -> HttpResponse:
    raise RequestDataTooBig


def only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponseNotAllowed(["POST"])


urlpatterns = [
    path("refused", refuse),
    path("bug", fall),
    path("away", lose_database),
    path("large", send_too_much),
    path("post", open_to_all(only_post)),
]
handler400, handler404 = errors.bad_request, errors.not_found
handler403, handler500 = errors.forbidden, errors.broken


@pytest.fixture
def visitor() -> Iterator[Client]:
    """Visit pages that fail; no database is allowed."""
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, headers={"Accept": "text/html"})


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/refused", 409, "Hồ sơ đã có người xử lý trong lúc bạn xem"),
        ("/bug", 500, "Hệ thống gặp lỗi"),
        ("/away", 503, "Hệ thống tạm thời không phục vụ được"),
        ("/large", 413, "Tệp gửi lên quá lớn"),
        ("/post", 405, "Trang này không nhận thao tác đó"),
        ("/nowhere", 404, "Không tìm thấy trang này"),
    ],
)
def test_an_error_says_what_happened_what_is_safe_and_its_number(
    visitor: Client, address: str, status: int, words: str
) -> None:
    answer = visitor.get(address)
    page = answer.content.decode()

    assert answer.status_code == status
    assert f"<h1>{words}</h1>" in page
    assert "vẫn còn" in page
    assert answer["X-Request-ID"] in page
    assert "a bug" not in page


def test_a_bare_405_keeps_what_is_allowed(visitor: Client) -> None:
    assert visitor.get("/post")["Allow"] == "POST"


def test_a_program_gets_the_bare_status(visitor: Client) -> None:
    answer = visitor.get("/post", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.content) == (405, b"")


def test_every_status_has_a_page() -> None:
    request = RequestFactory().get("/")

    for status in errors.PAGES:
        assert errors.page(request, status).status_code == status
    assert errors.page(request, 503)["Retry-After"] == "120"
