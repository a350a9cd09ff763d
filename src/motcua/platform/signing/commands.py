"""Create and rotate the keys of the node."""

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from motcua.kernel.actors import Actor, Role
from motcua.platform.signing import queries
from motcua.platform.signing.models import NodeKey
from motcua.platform.signing.rules import ed25519
from motcua.platform.signing.types import Algorithm, NodeKeyExists, NoNodeKey, PublicKey

_KEYS: Final = 0x73_69_67_01  #: advisory lock: one process at a time creates or rotates


@transaction.atomic
def create_node_key(*, actor: Actor, at: datetime) -> PublicKey:
    """Create the first key of the node: the private half a file under ``var/keys``, mode 0600.

    Raises NodeKeyExists when there is one in use.
    """
    actor.require(Role.ADMIN, Role.SYSTEM)
    _lock()
    key = queries.key_in_use()
    if key is not None:
        raise NodeKeyExists(key_id=key.id)
    return _created(at)


@transaction.atomic
def rotate_node_key(*, actor: Actor, at: datetime) -> PublicKey:
    """Retire the key in use and create its successor; what the old one signed stays verifiable.

    Raises NoNodeKey when there is none to retire.
    """
    actor.require(Role.ADMIN)
    _lock()
    key = queries.key_in_use()
    if key is None:
        raise NoNodeKey()
    NodeKey.objects.filter(id=key.id).update(valid_to=at)
    return _created(at)


@transaction.atomic
def ensure_node_key(*, actor: Actor, at: datetime) -> PublicKey:
    """Return the key in use; a demo or test node without one creates it on the way.

    A production node raises NoNodeKey: its keys appear only when a person decides so.
    """
    key = queries.key_in_use()
    if key is not None:
        return key
    if settings.NODE.mode == "production":
        raise NoNodeKey()
    _lock()
    return queries.key_in_use() or create_node_key(actor=actor, at=at)


def _created(at: datetime) -> PublicKey:
    private = ed25519.generate()
    public = ed25519.public_key_of(private)
    key_id = ed25519.key_id(public)
    _write(queries.key_file(key_id), private)
    NodeKey.objects.create(id=key_id, algorithm=Algorithm.ED25519, public_key=public, valid_from=at)
    return queries.public_key(key_id)


def _write(path: Path, private: bytes) -> None:
    """Write a private key that nobody else could read, not even for a moment."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private)
        file.flush()
        os.fsync(file.fileno())


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEYS])
