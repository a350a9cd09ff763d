"""Sign with the key in use; check against every key the node ever had."""

import stat
from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.platform.signing.models import NodeKey
from motcua.platform.signing.rules import ed25519
from motcua.platform.signing.types import (
    Algorithm,
    KeyFileExposed,
    KeyFileMissing,
    KeyId,
    NoNodeKey,
    PublicKey,
    Signature,
    UnknownKey,
)


def sign(data: bytes) -> Signature:
    """Sign ``data`` with the key in use. Raises NoNodeKey, KeyFileMissing, KeyFileExposed."""
    key = key_in_use()
    if key is None:
        raise NoNodeKey()
    return Signature(key.id, ed25519.sign(_private_pem(key_file(key.id)), data))


def verify(data: bytes, signature: Signature) -> bool:
    """Tell whether a key of this node made ``signature`` over ``data``. Raises UnknownKey."""
    return verifies(public_key(signature.key_id), data, signature.value)


def verifies(key: PublicKey, data: bytes, value: bytes) -> bool:
    """Tell whether ``value`` is a signature of ``key`` over ``data``; asks no database."""
    return ed25519.verifies(key.public_key, data, value)


def key_in_use() -> PublicKey | None:
    """Return the key the node signs with now, or None before the first."""
    row = NodeKey.objects.filter(algorithm=Algorithm.ED25519, valid_to__isnull=True).first()
    return _view(row) if row else None


def public_key(key_id: KeyId) -> PublicKey:
    """Return one public key, in use or retired. Raises UnknownKey."""
    row = NodeKey.objects.filter(id=key_id).first()
    if row is None:
        raise UnknownKey(key_id=key_id)
    return _view(row)


def public_keys() -> list[PublicKey]:
    """Return every public key the node ever had, oldest first."""
    return [_view(row) for row in NodeKey.objects.order_by("valid_from", "id")]


def public_key_pem(key_id: KeyId | None = None) -> str:
    """Return a public key (the one in use if None) as PEM. Raises NoNodeKey, UnknownKey."""
    key = key_in_use() if key_id is None else public_key(key_id)
    if key is None:
        raise NoNodeKey()
    return ed25519.pem(key.public_key)


def key_file(key_id: KeyId) -> Path:
    """Return where the private half of a key lies on this machine."""
    return Path(settings.VAR) / "keys" / f"{key_id}.key"


@cache
def _private_pem(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise KeyFileMissing(path=str(path)) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileExposed(path=str(path))
    return path.read_bytes()


def _view(row: NodeKey) -> PublicKey:
    return PublicKey(
        KeyId(row.id), Algorithm(row.algorithm), bytes(row.public_key), row.valid_from, row.valid_to
    )
