"""Django wiring of the outbox service: importing an app's ``handlers`` registers what it hears."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "motcua.platform.outbox"
    label = "outbox"

    def ready(self) -> None:
        autodiscover_modules("handlers")
