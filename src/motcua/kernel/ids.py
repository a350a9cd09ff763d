"""Identifiers that sort by birth. Source: RFC 9562 § 5.7 (UUID version 7)."""

import os
import time
from datetime import UTC, datetime
from uuid import UUID

_VERSION_7 = 7 << 76
_VARIANT = 2 << 62
_NOISE = (1 << 74) - 1


def uuid7(at: datetime | None = None) -> UUID:
    """Return a fresh UUIDv7; its first 48 bits are the milliseconds of ``at`` (now if None)."""
    millis = time.time_ns() // 1_000_000 if at is None else int(at.timestamp() * 1000)
    noise = int.from_bytes(os.urandom(10)) & _NOISE
    return UUID(
        int=(millis << 80) | _VERSION_7 | ((noise >> 62) << 64) | _VARIANT | (noise & ((1 << 62) - 1))
    )


def first_at(at: datetime) -> UUID:
    """Return the smallest UUIDv7 of the millisecond of ``at``: what was born earlier sorts before it."""
    return UUID(int=(int(at.timestamp() * 1000) << 80) | _VERSION_7 | _VARIANT)


def born_at(value: UUID) -> datetime:
    """Return the instant a UUIDv7 was made, to the millisecond, in UTC."""
    return datetime.fromtimestamp((value.int >> 80) / 1000, tz=UTC)
