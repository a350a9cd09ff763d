"""Django wiring of the identity app."""

from importlib import import_module

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "motcua.domain.identity"
    label = "identity"

    def ready(self) -> None:
        import_module("motcua.domain.identity.handlers")
