"""Django wiring of the console interface."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "motcua.interfaces.console"
    label = "console"
