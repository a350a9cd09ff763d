"""The stand-in keeps the protocol, and its word binds a number to an account."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
import pytest
from django.test import Client
from pytest_django import Settings

from motcua.domain.identity import queries
from motcua.domain.identity.testing import LONG_AGO, a_person, an_account, sign_in
from motcua.interfaces.protocols.oidc.app import application
from motcua.interfaces.protocols.oidc.provider import Ask, Provider, Rejected, challenge_of
from motcua.kernel.actors import Assurance

pytestmark = pytest.mark.django_db
BACK = "http://testserver/tai-khoan/dinh-danh/quoc-gia/ve/"
VERIFIER = "v" * 50


def a_provider(issuer: str = "http://127.0.0.1:1") -> Provider:
    return Provider(issuer, "motcua", "kín", frozenset({BACK}))


def an_ask() -> Ask:
    return Ask("motcua", BACK, "state", "nonce", challenge_of(VERIFIER))


def exchange(provider: Provider, code: str, **changed: str) -> dict[str, object]:
    form = {
        "client_id": "motcua",
        "client_secret": "kín",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    return provider.exchange(form | changed, at=LONG_AGO)


def test_a_code_works_once() -> None:
    provider = a_provider()
    code = provider.grant(an_ask(), a_person(), at=LONG_AGO)

    assert exchange(provider, code)["token_type"] == "Bearer"
    with pytest.raises(Rejected):
        exchange(provider, code)


@pytest.mark.parametrize(
    "changed",
    [
        {"client_secret": "đoán"},
        {"code_verifier": "khác"},
        {"redirect_uri": "https://xau.example/"},
        {"client_id": "khác"},
    ],
)
def test_a_stolen_code_is_useless(changed: dict[str, str]) -> None:
    provider = a_provider()
    code = provider.grant(an_ask(), a_person(), at=LONG_AGO)

    with pytest.raises(Rejected):
        exchange(provider, code, **changed)


def test_nobody_is_sent_to_an_unknown_address() -> None:
    with pytest.raises(Rejected):
        a_provider().asked(
            {"client_id": "motcua", "redirect_uri": "https://xau.example/", "response_type": "code"}
        )


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    """Run the stand-in on a free port and point the node at it. Its database query runs here."""
    served = a_provider()
    with make_server("127.0.0.1", 0, application(served), handler_class=Quiet) as server:
        served.issuer = f"http://127.0.0.1:{server.server_port}"
        settings.NODE = settings.NODE.model_copy(update={"oidc_issuer": served.issuer})
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "quoc-gia",
                        "name": "Định danh quốc gia",
                        "client_id": "motcua",
                        "secret": "kín",
                        "settings": {"server_url": served.issuer},
                    }
                ],
            }
        }
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield served
        server.shutdown()
        thread.join()


def come_back_as(client: Client, provider: Provider, number: str, query: str = "") -> httpx.Response | object:
    """Walk through the provider's page as the browser would, choosing the person with this number."""
    away = client.post(f"/tai-khoan/dinh-danh/quoc-gia/{query}").headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}
    sent: list[str] = []
    body = urlencode(asked | {"person": number}).encode()
    environ = {
        "PATH_INFO": "/authorize",
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    application(provider)(environ, lambda _status, headers: sent.append(dict(headers)["Location"]))
    return client.get(sent[0].removeprefix("http://testserver"))


def test_the_providers_word_opens_the_account_of_the_person(client: Client, provider: Provider) -> None:
    hoa = a_person()

    come_back_as(client, provider, hoa.personal_id)

    account = queries.account(client.session["_auth_user_id"])
    assert (account.person_id, account.assurance) == (hoa.id, Assurance.SUBSTANTIAL)


def test_connecting_cannot_take_the_number_of_another_person(client: Client, provider: Provider) -> None:
    victim = a_person()
    thief = an_account(a_person("Kẻ Gian", personal_id="").id, assurance=Assurance.BASIC)
    sign_in(client, thief.id)

    response = come_back_as(client, provider, victim.personal_id, "?process=connect")

    assert getattr(response, "status_code", 0) == 403
    assert queries.account(thief.id) == replace(thief, assurance=Assurance.BASIC)
    assert queries.account_of_person(victim.id) is None
