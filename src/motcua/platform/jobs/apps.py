"""Django wiring of the jobs service. Procrastinate has imported every app's ``tasks`` by now."""

from django.apps import AppConfig
from procrastinate.contrib.django import app as procrastinate


class JobsConfig(AppConfig):
    name = "motcua.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        from motcua.platform.jobs.adapters import register

        register(procrastinate)
