"""Django wiring of the catalogue app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "motcua.domain.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from motcua.domain.catalogue.events import ProcedurePublished
        from motcua.platform.outbox.types import nobody_hears

        nobody_hears(
            ProcedurePublished, because="recorded for partners; the catalogue is read through its queries"
        )
