"""Table of the node's public keys. Rows are closed, never deleted."""

from typing import ClassVar

from django.db import models

from motcua.platform.signing.types import Algorithm


class NodeKey(models.Model):
    """The public half of a key and when the node signed with it."""

    id = models.TextField(primary_key=True, editable=False)
    algorithm = models.TextField()
    public_key = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        app_label = "signing"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="signing_nodekey_algorithm_known",
                condition=models.Q(algorithm__in=[a.value for a in Algorithm]),
            ),
            models.CheckConstraint(
                name="signing_nodekey_ends_after_start",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
            models.UniqueConstraint(
                name="signing_nodekey_one_in_use",
                fields=["algorithm"],
                condition=models.Q(valid_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.id
