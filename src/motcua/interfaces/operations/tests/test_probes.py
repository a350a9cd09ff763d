"""Probes answer machines, and every answer carries an id and the strict headers."""

from ipaddress import ip_network

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pydantic import SecretStr
from pytest_django import Settings

from motcua.interfaces.design.middleware import believe_trusted_proxies


def test_alive_asks_no_database(client: Client) -> None:
    assert client.get("/healthz").content == b"alive\n"


@pytest.mark.django_db
def test_ready_when_the_tables_are_current(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"ready": True})


@pytest.mark.django_db
def test_not_ready_before_migrations(client: Client) -> None:
    from motcua.interfaces.operations.pages import _refuse_if_behind

    _refuse_if_behind.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'database'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "pending" in response.json()["why"]


def test_metrics_are_for_this_machine(client: Client) -> None:
    client.get("/healthz")

    assert b'motcua_http_requests_total{method="GET",route="healthz"' in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 403


def test_metrics_are_for_who_holds_the_token(client: Client, settings: Settings) -> None:
    settings.NODE = settings.NODE.model_copy(update={"metrics_token": SecretStr("t" * 24)})

    assert client.get("/metrics").status_code == 403
    with_token = client.get(
        "/metrics", headers={"authorization": "Bearer " + "t" * 24}, REMOTE_ADDR="10.1.2.3"
    )
    assert with_token.status_code == 200


def test_every_answer_is_strict(client: Client) -> None:
    headers = client.get("/healthz").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=(self)")


@pytest.mark.parametrize(
    ("sent", "kept"), [("a1b2c3d4e5", True), ("x" * 65, False), ("<script>", False), ("a b c d e f g", False)]
)
def test_an_id_is_kept_only_if_harmless(client: Client, sent: str, kept: bool) -> None:
    answered = client.get("/healthz", headers={"x-request-id": sent})["X-Request-ID"]

    assert (answered == sent) is kept
    assert answered


def seen_by_views(settings: Settings, *, proxy: str, forwarded: str) -> tuple[str, bool]:
    settings.NODE = settings.NODE.model_copy(update={"trusted_proxies": [ip_network("10.0.0.0/8")]})
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    believe_trusted_proxies(view)(
        RequestFactory().get(
            "/", REMOTE_ADDR=proxy, HTTP_X_FORWARDED_FOR=forwarded, HTTP_X_FORWARDED_PROTO="https"
        )
    )
    return seen[0].META["REMOTE_ADDR"], seen[0].is_secure()


def test_a_trusted_proxy_is_believed_up_to_the_first_stranger(settings: Settings) -> None:
    assert seen_by_views(settings, proxy="10.0.0.1", forwarded="1.1.1.1, 203.0.113.9, 10.0.0.2") == (
        "203.0.113.9",
        True,
    )


def test_nobody_else_is_believed(settings: Settings) -> None:
    assert seen_by_views(settings, proxy="203.0.113.9", forwarded="1.1.1.1") == ("203.0.113.9", False)
