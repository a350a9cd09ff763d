"""Django wiring of the idempotency service."""

from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "motcua.platform.idempotency"
    label = "idempotency"
