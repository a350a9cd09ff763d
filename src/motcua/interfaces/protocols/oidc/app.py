"""The stand-in on HTTP: five addresses of one small WSGI application."""

import base64
import json
from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonView
from motcua.interfaces.protocols.oidc.provider import Ask, Provider, Rejected
from motcua.kernel import clock

Environ = dict[str, Any]
Answer = tuple[str, list[tuple[str, str]], bytes]
JSON = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
HTML = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("Cache-Control", "no-store"),
]
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Định danh giả để dùng thử</title>
<h1>Đây không phải Định danh quốc gia</h1>
<p>Trang này thay cho nhà cung cấp định danh trong bản dùng thử. Mọi người dưới đây đều là giả;
chọn một người để đăng nhập với tư cách người ấy.</p>
<form><input type="search" name="q" value="{words}" aria-label="Tìm theo tên">{kept}
<button>Tìm</button></form>
<form method="post">{kept}{people}</form></html>"""
SHOWN = 30


def application(provider: Provider) -> Callable[[Environ, Callable[..., object]], Iterable[bytes]]:
    """Return the WSGI application of ``provider``."""

    def answer(environ: Environ, start: Callable[..., object]) -> Iterable[bytes]:
        try:
            status, headers, body = _route(provider, environ)
        except Rejected as fault:
            status, headers, body = "400 Bad Request", JSON, _json({"error": str(fault)})
        start(status, list(headers))  # servers add to the list they are given
        return [body]

    return answer


def _route(provider: Provider, environ: Environ) -> Answer:
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if path == "/.well-known/openid-configuration":
        return "200 OK", JSON, _json(provider.discovery())
    if path == "/jwks":
        return "200 OK", JSON, _json(provider.jwks())
    if path == "/authorize":
        return _choose(provider, environ) if method == "POST" else _offer(provider, environ)
    if path == "/token" and method == "POST":
        return "200 OK", JSON, _json(provider.exchange(_credentials(environ), at=clock.now()))
    if path == "/userinfo":
        token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        return "200 OK", JSON, _json(provider.userinfo(token, at=clock.now()))
    return "404 Not Found", HTML, b""


def _offer(provider: Provider, environ: Environ) -> Answer:
    query = dict(parse_qsl(environ.get("QUERY_STRING", "")))
    provider.asked(query)
    words = query.pop("q", "")
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in query.items()
    )
    people = "".join(map(_button, identity.find_persons(words, limit=SHOWN)))
    return "200 OK", HTML, PAGE.format(words=escape(words), kept=kept, people=people).encode()


def _choose(provider: Provider, environ: Environ) -> Answer:
    form = _form(environ)
    ask = provider.asked(form)
    person = identity.person_by_personal_id(form.get("person", ""))
    if person is None:
        raise Rejected("access_denied")
    return "302 Found", [("Location", _back(provider, ask, person)), ("Cache-Control", "no-store")], b""


def _back(provider: Provider, ask: Ask, person: PersonView) -> str:
    code = provider.grant(ask, person, at=clock.now())
    return f"{ask.redirect_uri}?{urlencode({'code': code, 'state': ask.state})}"


def _button(person: PersonView) -> str:
    if not person.personal_id:
        return ""
    return (
        f'<p><button name="person" value="{escape(person.personal_id)}">{escape(person.full_name)}</button> '
        f"{person.personal_id}</p>"
    )


def _credentials(environ: Environ) -> dict[str, str]:
    form = _form(environ)
    kind, _, encoded = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if kind == "Basic":
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
        form |= {"client_id": client_id, "client_secret": secret}
    return form


def _form(environ: Environ) -> dict[str, str]:
    size = min(int(environ.get("CONTENT_LENGTH") or 0), 20_000)
    return dict(parse_qsl(environ["wsgi.input"].read(size).decode()))


def _json(body: object) -> bytes:
    return json.dumps(body).encode()
