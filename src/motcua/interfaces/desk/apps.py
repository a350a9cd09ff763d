"""Django wiring of the desk interface."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "motcua.interfaces.desk"
    label = "desk"
