"""Write to the ledger: one leaf for every deed, in the deed's own transaction; order and sign them later."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import uuid7
from motcua.platform.ledger import queries
from motcua.platform.ledger.models import Head
from motcua.platform.ledger.rules import canonical, merkle, notes, tiles
from motcua.platform.ledger.types import (
    Checkpoint,
    Deed,
    HeadView,
    NotCanonical,
    Statement,
    TreeRewritten,
)
from motcua.platform.signing import commands as signing_commands
from motcua.platform.signing import queries as signing

BATCH: Final = 10_000  #: leaves the sequencer places in one transaction

_COLUMNS: Final = "id, deed, subject, person_id, role, agency_id, seat_id, at, facts, leaf_hash"
_INSERT: Final = f"INSERT INTO ledger_leaf ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_COPY: Final = f"COPY ledger_leaf ({_COLUMNS}) FROM STDIN"
_COPIED: Final = "uuid text text uuid text uuid uuid timestamptz text bytea"

#: Only one sequencer and one signer run at a time in a database; writers never take these locks.
_SEQUENCER, _SIGNER = 0x6C_65_64_01, 0x6C_65_64_02

# Every committed leaf without a place, however old: a transaction that was open for an hour is found
# by the next run, because nothing here remembers "the last one seen".
_WAITING: Final = """
    SELECT id, leaf_hash FROM ledger_leaf WHERE position IS NULL ORDER BY recorded_at, id LIMIT %s
"""
_PLACE: Final = """
    UPDATE ledger_leaf SET position = %s + placed.nth - 1
    FROM unnest(%s::uuid[]) WITH ORDINALITY AS placed (id, nth)
    WHERE ledger_leaf.id = placed.id
"""
_KEEP: Final = """
    INSERT INTO ledger_tile (level, number, hashes) VALUES (%s, %s, %s)
    ON CONFLICT (level, number) DO UPDATE SET hashes = EXCLUDED.hashes
"""

_DEED = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def append(
    deed: str, subject: UUID | str, *, actor: Actor, at: datetime, facts: Mapping[str, object]
) -> UUID:
    """Record that ``actor`` did ``deed`` to ``subject`` at ``at``; return the id of the leaf.

    Call it inside the transaction of the deed, so that both stand or fall together; outside one it
    raises RuntimeError. One INSERT; writers share no lock and never wait for each other.

    ``deed`` is the stable dotted name of the command (``agencies.open``). ``facts`` are ids, codes,
    amounts and instants, never names, addresses or free text: a leaf can never be erased, personal
    data must be (Law 91/2025/QH15 on personal data protection). Where a document matters, its SHA-256
    is the fact. Text, bool, int below 2**53, UUID, aware datetime, date, None, and lists and mappings
    of these; anything else raises NotCanonical.
    """
    _refuse_outside_transaction()
    row = _row(Deed(deed=deed, subject=subject, actor=actor, at=at, facts=facts))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
    leaf_id: UUID = row[0]
    return leaf_id


def append_many(deeds: Iterable[Deed]) -> list[UUID]:
    """Record many deeds with one COPY; return the ids of the leaves, in order.

    For bulk writers; the same rules as ``append``. Pass some thousands at a time: the ids are kept.
    """
    _refuse_outside_transaction()
    ids = []
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(_COPIED.split())
        for deed in deeds:
            row = _row(deed)
            copy.write_row(row)
            ids.append(row[0])
    return ids


@transaction.atomic
def sequence(*, limit: int = BATCH) -> int:
    """Give up to ``limit`` committed leaves their place in the tree; return how many.

    One at a time: a second sequencer finds the advisory lock taken and returns 0. May be repeated.
    """
    if not _locked(_SEQUENCER):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [limit])
        waiting: list[tuple[UUID, bytes]] = cursor.fetchall()
        if not waiting:
            return 0
        size = queries.size()
        changed = tiles.grown(size, queries.edge(size), [leaf_hash for _, leaf_hash in waiting])
        cursor.execute(_PLACE, [size, [leaf_id for leaf_id, _ in waiting]])
        cursor.executemany(_KEEP, [(*place, row) for place, row in changed.items()])
    return len(waiting)


@transaction.atomic
def sign_head(*, at: datetime) -> HeadView | None:
    """Sign the root of the tree as it stands; at most one head in a minute, so it may be repeated.

    Before it vouches for a tree the node makes sure that it extends the last one it signed, and raises
    TreeRewritten otherwise. Returns the latest head, or None while another process is signing the first.
    """
    latest = queries.latest_head()
    if not _locked(_SIGNER) or (latest and _minute(at) <= _minute(latest.checkpoint.at)):
        return latest
    if latest:
        _refuse_rewritten(latest.checkpoint)
    size = queries.size()
    key = signing_commands.ensure_node_key(actor=SYSTEM, at=at)
    checkpoint = Checkpoint(_origin(), size, queries.root_at(size), at.replace(microsecond=0))
    text = notes.body(checkpoint)
    signature = signing.sign(text.encode())
    note = notes.sealed(text, name=checkpoint.origin, public_key=key.public_key, signature=signature.value)
    Head.objects.create(
        id=uuid7(at),
        size=size,
        root=checkpoint.root,
        signed_at=checkpoint.at,
        key_id=signature.key_id,
        note=note,
    )
    return HeadView(checkpoint, signature.key_id, note)


def _row(deed: Deed) -> tuple[Any, ...]:
    """Return the columns of the leaf of a deed, its id first."""
    if not _DEED.fullmatch(deed.deed):
        raise NotCanonical(f"{deed.deed!r} is not the dotted name of a deed")
    actor, subject = deed.actor, str(deed.subject)
    canonical.refuse_unwritable(subject, "subject")
    statement = Statement(
        id=uuid7(deed.at),
        deed=deed.deed,
        subject=subject,
        person_id=actor.person_id,
        role=actor.role.value,
        agency_id=actor.agency_id,
        seat_id=actor.seat_id,
        at=deed.at,
        facts=canonical.facts_text(deed.facts),
    )
    return (*statement, merkle.leaf_hash(canonical.leaf_text(statement).encode()))


def _refuse_outside_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a leaf is appended inside the transaction of its deed")


def _refuse_rewritten(signed: Checkpoint) -> None:
    size = queries.size()
    if size < signed.size or queries.root_at(signed.size) != signed.root:
        raise TreeRewritten(f"the stored tree of {size} leaves does not extend the head of {signed.size}")


def _locked(number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _origin() -> str:
    """Return the name of this log, also the name of its signer: the address of the node without scheme."""
    return f"{urlsplit(settings.NODE.base_url).netloc}/ledger"
