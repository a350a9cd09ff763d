"""Django wiring of the reform app."""

from django.apps import AppConfig


class ReformConfig(AppConfig):
    name = "motcua.domain.reform"
    label = "reform"

    def ready(self) -> None:
        from motcua.domain.reform.events import PricesSet
        from motcua.platform.outbox.types import nobody_hears

        nobody_hears(PricesSet, because="recorded for partners; costs are computed when they are read")
