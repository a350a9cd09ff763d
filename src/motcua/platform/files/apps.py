"""Django wiring of the files service."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "motcua.platform.files"
    label = "files"
