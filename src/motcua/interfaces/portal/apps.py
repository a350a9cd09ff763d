"""Django wiring of the portal interface."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "motcua.interfaces.portal"
    label = "portal"
