"""Django wiring of the processes tier: importing a flow registers what it hears."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "motcua.processes"
    label = "processes"

    def ready(self) -> None:
        package = import_module(self.name)
        for module in iter_modules(package.__path__):
            if module.name not in {"apps", "tests"}:
                import_module(f"{self.name}.{module.name}")
