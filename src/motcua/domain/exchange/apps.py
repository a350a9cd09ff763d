"""Django wiring of the exchange. It has no tables yet."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "motcua.domain.exchange"
    label = "exchange"
