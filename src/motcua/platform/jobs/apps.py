"""Django wiring of the jobs service."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "motcua.platform.jobs"
    label = "jobs"
