"""Foreign keys obey the same order as imports; they leave no import edge to check.

The order is read from the import contracts, so there is one place that states it.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import PROTECT

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def heights() -> dict[str, int]:
    """Return label → height of each app: platform below, then the domain from identity up."""
    contracts = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
    order = next(c for c in contracts if c["name"] == "Domain apps stand in one order")["layers"]
    rows = enumerate(reversed(order), start=1)
    domain = {app.strip().strip("()"): height for height, row in rows for app in row.split("|")}
    platform = {
        config.label: 0 for config in apps.get_app_configs() if config.name.startswith("motcua.platform.")
    }
    return platform | domain


def faults() -> Iterator[str]:
    height = heights()
    for model in apps.get_models():
        here = model._meta.app_label
        if here not in height:
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            there = field.related_model._meta.app_label
            if here == there or there not in height:
                continue
            if height[there] >= height[here]:
                yield f"{model._meta.label}.{field.name} points up or sideways to {there}"
            if not field.remote_field.hidden:
                yield f"{model._meta.label}.{field.name} grows a reverse accessor on {there}"
            if getattr(field.remote_field, "on_delete", PROTECT) is not PROTECT:
                yield f"{model._meta.label}.{field.name} does not protect {there}"


def test_foreign_keys_point_down() -> None:
    assert list(faults()) == []
