"""Django wiring of the design interface."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "motcua.interfaces.design"
    label = "design"
