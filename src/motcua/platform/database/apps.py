"""Django wiring of the database service."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "motcua.platform.database"
    label = "database"
