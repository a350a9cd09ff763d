"""Stamps: notes in the database that something is done and current."""

from datetime import datetime

from django.db import transaction

from motcua.platform.database.models import Stamp


@transaction.atomic
def put_stamp(name: str, value: str, *, at: datetime) -> None:
    """Note that ``name`` is done, in the state ``value``. May be repeated."""
    Stamp.objects.update_or_create(name=name, defaults={"value": value, "put_at": at})
