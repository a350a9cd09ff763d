"""Django wiring of the catalogue app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "motcua.domain.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from motcua.domain.catalogue.events import (
            LocalRuleChanged,
            ProcedureAbolished,
            ProcedurePublished,
            RecordAnnounced,
            RecordsImported,
        )
        from motcua.platform.outbox.types import nobody_hears

        for event in (
            ProcedurePublished,
            RecordsImported,
            RecordAnnounced,
            ProcedureAbolished,
            LocalRuleChanged,
        ):
            nobody_hears(event, because="recorded for partners; the catalogue is read through its queries")
