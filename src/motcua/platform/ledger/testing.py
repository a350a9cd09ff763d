"""The ledger's test kit: what did a command leave behind, and what if someone rewrote it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from motcua.platform.ledger import commands, queries
from motcua.platform.ledger.types import HeadView, LeafView

#: Only a superuser may say so, and only tests and thieves do.
IGNORE_TRIGGERS = "SET LOCAL session_replication_role = replica"


def leaves_of(subject: UUID | str) -> list[LeafView]:
    """Return the leaves about ``subject``, oldest first."""
    return queries.leaves_of(subject)


def deeds_of(subject: UUID | str) -> list[str]:
    """Return the names of the deeds done to ``subject``, oldest first."""
    return [leaf.statement.deed for leaf in queries.leaves_of(subject)]


def facts_of(leaf: LeafView) -> dict[str, Any]:
    """Return the facts of a leaf as JSON reads them."""
    facts: dict[str, Any] = json.loads(leaf.statement.facts)
    return facts


def sequenced() -> int:
    """Give every written leaf its place now; return the size of the tree."""
    while commands.sequence():
        pass
    return queries.size()


def signed(at: datetime) -> HeadView:
    """Give every written leaf its place and sign the tree, as the clock does each minute."""
    sequenced()
    commands.sign_head(at=at)
    return queries.head()


@contextmanager
def triggers_ignored() -> Iterator[None]:
    """Do inside what the triggers refuse outside, as a superuser with bad intentions would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(IGNORE_TRIGGERS)
        yield
