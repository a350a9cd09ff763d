"""What happens to every request: believed proxies, a name, one log line, one measurement, strict headers.

Sources: W3C Content Security Policy Level 3; W3C Permissions Policy; RFC 7239 (why forwarded addresses are
believed only from named networks).
"""

import re
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final, cast

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

from motcua.kernel.ids import uuid7

Answer = Callable[[HttpRequest], HttpResponseBase]

log = structlog.get_logger("motcua.request")

_SAFE_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_SERVER_ERROR: Final = 500

REQUESTS: Final = Counter("motcua_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS: Final = Histogram(
    "motcua_http_request_seconds",
    "Seconds from the first byte read to the answer handed over.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


class NamedRequest(HttpRequest):
    """A request after :func:`name_and_log_request`."""

    id: str  #: also in the X-Request-ID of the answer and in every log line


def believe_trusted_proxies(answer: Answer) -> Answer:
    """Take address and scheme of the visitor from proxies in MOTCUA_TRUSTED_PROXIES, from nobody else."""
    networks = settings.NODE.trusted_proxies

    def trusted(address: str) -> bool:
        try:
            parsed = ip_address(address.strip())
        except ValueError:
            return False
        return any(parsed in network for network in networks)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chain = request.META.pop("HTTP_X_FORWARDED_FOR", "").split(",")
        scheme = request.META.pop("HTTP_X_FORWARDED_PROTO", "")
        if trusted(request.META.get("REMOTE_ADDR", "")):
            strangers = [hop.strip() for hop in chain if hop.strip() and not trusted(hop)]
            if strangers:
                request.META["REMOTE_ADDR"] = strangers[-1]
            if scheme in {"http", "https"}:
                request.META["wsgi.url_scheme"] = scheme
        return answer(request)

    return middleware


def name_and_log_request(answer: Answer) -> Answer:
    """Give the request an id, bind it to every log line, write one line and one measurement at the end.

    An id sent by the caller is kept if it is plainly harmless. Routes are logged, never addresses: an
    address may carry what a person typed.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get("X-Request-ID", "")
        named = cast("NamedRequest", request)
        named.id = sent if _SAFE_ID.fullmatch(sent) else uuid7().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=named.id)
        started = time.perf_counter()
        response = answer(request)
        seconds = time.perf_counter() - started
        response["X-Request-ID"] = named.id
        match = request.resolver_match
        route = match.route if match else "(none)"
        method = request.method if request.method in _METHODS else "(other)"
        REQUESTS.labels(method, route, response.status_code).inc()
        SECONDS.labels(route).observe(seconds)
        write = log.error if response.status_code >= _SERVER_ERROR else log.info
        write(
            "answered", method=method, route=route, status=response.status_code, ms=round(seconds * 1000, 1)
        )
        return response

    return middleware


def content_security_policy() -> str:
    """Return the policy of every page: nothing from elsewhere, nothing inline."""
    issuer = settings.NODE.oidc_issuer
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        # browsers apply this to the redirect that follows a form too: signing in leaves for the issuer
        "form-action": " ".join(["'self'", *re.findall(r"^https?://[^/]+", issuer)]),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def forbid_foreign_content(answer: Answer) -> Answer:
    """Send the content security and permissions policies."""
    policy = content_security_policy()
    permissions = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", permissions)
        return response

    return middleware
