"""Django wiring of the pdf service."""

from django.apps import AppConfig


class PdfConfig(AppConfig):
    name = "motcua.platform.pdf"
    label = "pdf"
