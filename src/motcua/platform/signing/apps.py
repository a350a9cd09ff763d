"""Django wiring of the signing service."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "motcua.platform.signing"
    label = "signing"
