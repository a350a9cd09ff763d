"""Events waiting to be delivered, and what became of each delivery."""

from django.db import models
from django.db.models import Q

from motcua.kernel.ids import uuid7
from motcua.platform.outbox.types import WAITING_FOR_A_PERSON, DeliveryState


class Message(models.Model):
    """One announced event; written in the transaction that caused it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=1)
    body = models.JSONField()
    announced_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting_for_a_person(self) -> "DeliveryQuerySet":
        return self.filter(state__in=sorted(WAITING_FOR_A_PERSON))


class Delivery(models.Model):
    """What became of one message at one handler. No row: not tried yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    handler = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(default="")
    reason = models.TextField(default="")  #: why a person discarded it
    decided_by = models.UUIDField(null=True)  #: the person who last replayed or discarded it
    changed_at = models.DateTimeField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "handler"], name="outbox_one_delivery_per_handler"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]), name="outbox_delivery_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-id"],
                condition=Q(state__in=sorted(WAITING_FOR_A_PERSON)),
                name="outbox_dead_letters",
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler}: {self.state}"
