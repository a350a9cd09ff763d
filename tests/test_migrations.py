"""Migrations are what the models say, and are named by their deed."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent / "src" / "motcua"


@pytest.mark.django_db
def test_migrations_match_models() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_migrations_are_named_by_deed() -> None:
    names = [file.stem for file in ROOT.glob("*/*/migrations/0*.py")]
    nameless = [
        name
        for name in names
        if not re.fullmatch(r"0001_initial|\d{4}(_[a-z0-9]+)+", name) or "_auto" in name or "_alter_" in name
    ]

    assert nameless == []


def test_every_app_with_tables_has_migrations() -> None:
    from django.apps import apps

    bare = [
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith("motcua.")
        and list(config.get_models())
        and not list((Path(config.path) / "migrations").glob("0001_*.py"))
    ]

    assert bare == []
