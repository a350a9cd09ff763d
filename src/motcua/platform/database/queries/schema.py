"""What tables the database has and should have."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

_SOURCE = Path(__file__).resolve().parents[3]
_OTHERS = ("django", "django-allauth", "procrastinate")


@cache
def schema_digest() -> str:
    """Return a digest of every migration this installation has, ours and those of packages."""
    digest = hashlib.sha256(" ".join(f"{name}={version(name)}" for name in _OTHERS).encode())
    for file in sorted(_SOURCE.glob("*/*/migrations/**/*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(str(file.relative_to(_SOURCE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def pending_migrations() -> list[str]:
    """Return the migrations the database still lacks, in order. May raise DatabaseError."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def server_version() -> int:
    """Return the version of the PostgreSQL server, 18.1 as 180001."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version)
