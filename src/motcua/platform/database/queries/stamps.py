"""Reading stamps before Django is set up: an up-to-date node starts without loading everything."""

from collections.abc import Mapping

import psycopg


def stamps(url: str) -> Mapping[str, str]:
    """Return name → value of every stamp in the database at ``url``; empty in a new database."""
    with psycopg.connect(url) as connection:
        try:
            return dict(connection.execute("SELECT name, value FROM database_stamp").fetchall())
        except psycopg.errors.UndefinedTable:
            return {}


def is_stamped(name: str) -> bool:
    """Tell whether something is noted as done, seen from the present transaction. Django must be ready."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM database_stamp WHERE name = %s)", [name])
        return bool(cursor.fetchone()[0])
