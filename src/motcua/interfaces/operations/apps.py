"""Django wiring of the operations interface."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "motcua.interfaces.operations"
    label = "operations"
