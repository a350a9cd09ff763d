"""Make, name and use Ed25519 keys."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from motcua.platform.signing.types import KeyId


def generate() -> bytes:
    """Return a fresh private key as PEM (PKCS #8, not encrypted)."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_key_of(private_pem: bytes) -> bytes:
    """Return the raw public key, 32 bytes."""
    return _private(private_pem).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(public_key: bytes) -> KeyId:
    """Return the name of a key: SHA-256 of its raw public half."""
    return KeyId(sha256(public_key).hexdigest())


def sign(private_pem: bytes, data: bytes) -> bytes:
    """Return the 64-byte signature of ``data``."""
    return _private(private_pem).sign(data)


def verifies(public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether ``signature`` over ``data`` was made with the private half of ``public_key``."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def pem(public_key: bytes) -> str:
    """Return a raw public key as PEM (SubjectPublicKeyInfo), as OpenSSL reads it."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _private(pem_bytes: bytes) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem_bytes, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{type(key).__name__} is not an Ed25519 key")
    return key
