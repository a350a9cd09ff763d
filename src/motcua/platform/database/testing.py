"""The database of a test run. Loaded by pytest (``-p``) before Django reads its settings.

One embedded server per checkout, shared by all workers and all runs; a template database migrated once
and kept until a migration or a table changes; a clone of it per worker, gone when the worker ends.
"""

import atexit
import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from motcua.platform.database.commands import start_embedded
from motcua.platform.database.commands.embedded import locked
from motcua.platform.database.queries import embedded_home

ROOT = Path(__file__).resolve().parents[4]
CLUSTER = ROOT / "var" / "test"
_HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
_CLONE = "motcua_test_"
_TEMPLATE = "motcua_template_"


def prepare_environment() -> None:
    """Make this a node for tests, with a folder of its own for files and keys."""
    for name in [name for name in os.environ if name.startswith("MOTCUA_")] + ["DATABASE_URL"]:
        os.environ.pop(name, None)
    folder = tempfile.mkdtemp(prefix="motcua-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["MOTCUA_MODE"] = "test"
    os.environ["MOTCUA_VAR"] = folder
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())


prepare_environment()


@contextlib.contextmanager
def worker_database() -> Iterator[None]:
    """Give Django a fresh clone of the migrated template for the life of this worker."""
    from django.db import connections

    url = start_embedded(CLUSTER, database="postgres", settings=_HASTE)
    template = _TEMPLATE + _schema_key()
    name = f"{_CLONE}{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        with locked(CLUSTER / "template.lock"):
            _drop_leftovers(server, template)
            if not _exists(server, template):
                _build(server, template)
        recreate(server, name, template)
        _point_django_at(name)
        yield
        connections.close_all()
        _drop(server, name)


def restore_worker_database() -> None:
    """Put the worker's database back to the state of the template, after a test that really committed."""
    from django.db import connection, connections

    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    with psycopg.connect(start_embedded(CLUSTER, database="postgres"), autocommit=True) as server:
        recreate(server, name, _TEMPLATE + _schema_key())


def recreate(server: psycopg.Connection, name: str, template: str) -> None:
    """Make database ``name`` a fresh copy of ``template``; whoever is connected to the old one is cut off."""
    _drop(server, name)
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _build(server: psycopg.Connection, template: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    building = f"{_CLONE}{os.getpid()}_building"
    _drop(server, building)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
    _point_django_at(building)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(template))
    )


def _point_django_at(name: str) -> None:
    from django.db import connection, connections

    place = {
        "NAME": name,
        "HOST": str(embedded_home(CLUSTER).sockets),
        "USER": "postgres",
        "CONN_MAX_AGE": 0,
    }
    connections.settings["default"].update(place)
    connection.settings_dict.update(place)


def _schema_key() -> str:
    """Return a digest of everything the tables come from."""
    digest = hashlib.sha256()
    source = ROOT / "src" / "motcua"
    files = [
        *source.glob("*/*/models.py"),
        *source.glob("*/*/models/**/*.py"),
        *source.glob("*/*/migrations/**/*.*"),
        ROOT / "pyproject.toml",
    ]
    for file in sorted(file for file in files if file.is_file() and file.suffix != ".pyc"):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _exists(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_leftovers(server: psycopg.Connection, current: str) -> None:
    """Drop clones of workers that died, and templates of schemas that are no more."""
    for (name,) in server.execute("SELECT datname FROM pg_database").fetchall():
        died = name.startswith(_CLONE) and not psutil.pid_exists(int(name.split("_")[2]))
        if died or (name.startswith(_TEMPLATE) and name != current):
            _drop(server, name)
