"""Django wiring of the cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "motcua.domain.cases"
    label = "cases"

    def ready(self) -> None:
        from motcua.domain.cases.events import DossierFollowed
        from motcua.platform.outbox.types import nobody_hears

        nobody_hears(DossierFollowed, because="recorded for partners; the appointment of the dossier stands")
