"""Django wiring of the notify service."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "motcua.platform.notify"
    label = "notify"
