"""Vocabulary of idempotency: keys, and the answers kept for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from motcua.kernel.errors import Conflict, Invalid

KEPT: Final = timedelta(hours=24)
LONGEST_KEY: Final = 255  #: characters


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_replay: bool = False  #: kept from the first time


class KeyReused(Invalid):
    """The key was used for another request (422, draft § 2.7)."""

    code = "idempotency.key_reused"


class StillRunning(Conflict):
    """The first request with this key has not been answered yet (409, draft § 2.7)."""

    code = "idempotency.still_running"
