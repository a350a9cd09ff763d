"""Probes for load balancers and Prometheus. They say nothing about people."""

import os
from functools import cache
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from motcua.interfaces.design.access import Permission
from motcua.platform.database.queries import pending_migrations


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether requests can be served: 200 when the database answers and is migrated, else 503."""
    try:
        connection.ensure_connection()
        _refuse_if_behind()
    except DatabaseError:
        return JsonResponse({"ready": False, "why": "the database does not answer"}, status=503)
    except _Behind as behind:
        return JsonResponse({"ready": False, "why": f"{behind} migrations are pending"}, status=503)
    return JsonResponse({"ready": True})


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus the measurements of all processes: to this machine, or to who holds the token."""
    if not _may_measure(request):
        return HttpResponse("a bearer token is needed\n", status=403, content_type="text/plain")
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types there
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Behind(Exception):
    """The tables are older than the code."""


@cache  # a refusal is not remembered, so this asks until the tables are there and never again
def _refuse_if_behind() -> None:
    pending = pending_migrations()
    if pending:
        raise _Behind(len(pending))


def _may_measure(request: HttpRequest) -> bool:
    token = settings.NODE.metrics_token.get_secret_value()
    if token:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


for probe in (alive, ready, metrics):
    probe.permission = Permission(roles=frozenset(), needs_sign_in=False)  # type: ignore[attr-defined]  # a function may carry one
