"""What every deed of this app leaves behind, and how the database says no.

The ledger can never forget, so no name, number or address goes into it: only ids and the names of fields.
What stood there before is kept in ``Change``, which can be erased when the law asks for it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from motcua.domain.identity.models import Change
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.platform.ledger import commands as ledger


def leave_trace(
    deed: str,
    subject_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    before: Mapping[str, object] | None = None,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Write the history row and the ledger leaf of one deed."""
    Change.objects.create(
        subject_id=subject_id,
        deed=deed,
        at=at,
        by_person_id=actor.person_id,
        by_role=actor.role.value,
        by_seat_id=actor.seat_id,
        before=dict(before or {}),
    )
    ledger.append(f"identity.{deed}", subject_id, actor=actor, at=at, facts=facts or {})


@contextmanager
def refusing(**unique: type[Refusal]) -> Iterator[None]:
    """Turn the breach of a unique constraint, named without its ``identity_``, into the refusal given for it.

    The constraint decides, not a look before the leap: of two writers at once, one is refused.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as breach:
        cause = breach.__cause__
        name = cause.diag.constraint_name if isinstance(cause, UniqueViolation) else None
        for constraint, refusal in unique.items():
            if name is not None and name.startswith(f"identity_{constraint}"):
                raise refusal from breach
        raise
