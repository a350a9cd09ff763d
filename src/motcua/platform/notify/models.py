"""Notices, attempts to bring them to people, and what people do not want."""

from django.db import models
from django.db.models import Q

from motcua.kernel.ids import uuid7
from motcua.platform.notify.types import AttemptState


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing a person is told – thông báo."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    facts = models.JSONField()
    link = models.CharField(max_length=500)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-id"], name="notify_inbox"),
            models.Index(fields=["person_id"], condition=Q(read_at=None), name="notify_unread"),
        ]

    def __str__(self) -> str:
        return self.kind


class Attempt(models.Model):
    """One notice through one channel: the delivery log."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=120, default="")  #: masked
    state = models.CharField(max_length=20)
    error = models.CharField(max_length=200, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notify_one_attempt_per_channel"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AttemptState]), name="notify_attempt_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.state}"


class Refused(models.Model):
    """A person does not want notices of a kind through a channel. No row: wanted."""

    person_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "kind", "channel"], name="notify_refused_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}"
