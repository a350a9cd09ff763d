"""Django wiring of the files service."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "motcua.platform.files"
    label = "files"

    def ready(self) -> None:
        from motcua.platform.files.events import ContentFoundInfected
        from motcua.platform.outbox.types import nobody_hears

        nobody_hears(
            ContentFoundInfected,
            because="every app asks for the state of a file whenever it shows or serves one",
        )
