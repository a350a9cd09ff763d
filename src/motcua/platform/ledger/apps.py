"""Django wiring of the ledger service."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "motcua.platform.ledger"
    label = "ledger"
