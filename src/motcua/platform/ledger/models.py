"""Tables of the ledger. Triggers of migration 0002 refuse to rewrite them; ``verify`` tells if someone did.

Nothing here is personal: a leaf holds ids, codes and instants (see ``commands.append``).
"""

from typing import ClassVar

from django.db import models

from motcua.kernel.ids import uuid7


class Leaf(models.Model):
    """One deed. Written by SQL in ``commands.append``; the sequencer fills ``position``, once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    deed = models.TextField()
    subject = models.TextField()
    person_id = models.UUIDField(null=True)
    role = models.TextField()
    agency_id = models.UUIDField(null=True)
    seat_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    facts = models.TextField()
    leaf_hash = models.BinaryField()
    recorded_at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        app_label = "ledger"
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="ledger_leaf_of_subject"),
            models.Index(
                fields=["recorded_at", "id"],
                name="ledger_leaf_waiting",
                condition=models.Q(position__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.id}"


class Tile(models.Model):
    """256 neighbouring hashes of one level of the tree; the last of each level may be unfinished."""

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        app_label = "ledger"

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Head(models.Model):
    """A signed tree head – what the node vouches for, once a minute."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    size = models.BigIntegerField()
    root = models.BinaryField()
    signed_at = models.DateTimeField(unique=True)
    key_id = models.TextField()
    note = models.TextField()

    class Meta:
        app_label = "ledger"
        indexes: ClassVar = [models.Index(fields=["size", "signed_at"], name="ledger_head_by_size")]

    def __str__(self) -> str:
        return f"{self.size} at {self.signed_at:%Y-%m-%dT%H:%M:%SZ}"
