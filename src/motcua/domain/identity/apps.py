"""Django wiring of the identity app."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "motcua.domain.identity"
    label = "identity"
