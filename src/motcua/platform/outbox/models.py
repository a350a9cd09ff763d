"""Events waiting to be delivered; a row is written in the transaction that caused it."""

from django.db import models

from motcua.kernel.ids import uuid7


class Message(models.Model):
    """One announced event."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=120)
    body = models.JSONField()
    announced_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind
