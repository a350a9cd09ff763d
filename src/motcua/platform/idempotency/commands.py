"""Do a deed once per key."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from motcua.platform.idempotency.models import KeptAnswer
from motcua.platform.idempotency.types import KEPT, Answer, KeyReused, StillRunning

_GOOD = range(200, 300)


@transaction.atomic
def once(owner: str, key: str, *, fingerprint: str, at: datetime, deed: Callable[[], Answer]) -> Answer:
    """Run ``deed`` unless ``owner`` has sent ``key`` within a day; return its answer, or the kept one.

    ``fingerprint`` is a digest of all that makes the request what it is. Everything ``deed`` writes to the
    database is one transaction with its kept answer; an answer other than 2xx undoes it and is not kept, so
    the request may be mended and sent again under the same key. Raises KeyReused, StillRunning.
    """
    _lock_or_refuse(owner, key)
    kept = KeptAnswer.objects.filter(owner=owner, key=key).first()
    if kept is not None and kept.at > at - KEPT:
        if kept.fingerprint != fingerprint:
            raise KeyReused(key=key)
        return Answer(kept.status, kept.headers, bytes(kept.body), is_replay=True)
    answer = deed()
    if answer.status not in _GOOD:
        transaction.set_rollback(True)
        return answer
    KeptAnswer.objects.update_or_create(
        owner=owner,
        key=key,
        defaults={
            "fingerprint": fingerprint,
            "status": answer.status,
            "headers": dict(answer.headers),
            "body": answer.body,
            "at": at,
        },
    )
    return answer


def _lock_or_refuse(owner: str, key: str) -> None:
    """Hold the key until the transaction ends; refuse at once if another transaction holds it."""
    digest = hashlib.sha256(f"{owner}\0{key}".encode()).digest()
    number = int.from_bytes(digest[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        [taken] = cursor.fetchone()
    if not taken:
        raise StillRunning(key=key)
