"""Django wiring of the agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "motcua.domain.agencies"
    label = "agencies"
