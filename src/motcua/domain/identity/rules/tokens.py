"""The form of an API token's secret and what is kept of it.

The secret has 256 random bits, so one round of SHA-256 is enough: there is nothing to guess, and a slow
hash would cost every request of every program.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

PREFIX: Final = "mc_"  #: lets a scanner of leaked secrets recognise ours
LONGEST_LIFE: Final = timedelta(days=366)


def fresh_secret() -> str:
    """Return a new secret."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is stored of ``secret``: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
