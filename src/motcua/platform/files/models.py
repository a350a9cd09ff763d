"""Tables of the files service."""

from datetime import datetime
from typing import Self

from django.db import models

from motcua.kernel.ids import uuid7
from motcua.platform.files.types import Kind, State


class Content(models.Model):
    """Bytes that were handed in at least once; stored under their hash, never changed."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size_bytes = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    threat = models.CharField(max_length=200, blank=True, default="")
    stored_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="files_content_state_known", condition=models.Q(state__in=[s.value for s in State])
            ),
            models.CheckConstraint(
                name="files_content_kind_known", condition=models.Q(kind__in=[k.value for k in Kind])
            ),
            models.CheckConstraint(name="files_content_not_empty", condition=models.Q(size_bytes__gt=0)),
        ]
        indexes = [
            models.Index(
                fields=["stored_at"],
                name="files_content_waiting",
                condition=models.Q(state=State.WAITING.value),
            )
        ]

    def __str__(self) -> str:
        return self.sha256


class FileRecord(models.Model):
    """One hand-in of a content: under which name, for whom, by whom, when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    owner = models.UUIDField(db_index=True)
    uploaded_by = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class UploadQuerySet(models.QuerySet["Upload"]):
    def pending(self, owner: object, at: datetime) -> Self:
        """Uploads of ``owner`` that take up room."""
        return self.filter(owner=owner, file=None, expires_at__gt=at)

    def expired(self, at: datetime) -> Self:
        """Uploads nobody went on with, and finished ones whose address is no longer needed."""
        return self.filter(expires_at__lte=at)


class Upload(models.Model):
    """A file on its way in; its pieces lie in the storage until it is finished."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    owner = models.UUIDField(db_index=True)
    accepts = models.JSONField()
    size_bytes = models.PositiveBigIntegerField()
    offset_bytes = models.PositiveBigIntegerField(default=0)
    pieces = models.JSONField(default=list)  #: the offsets at which stored pieces start, in order
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    file = models.ForeignKey(FileRecord, null=True, on_delete=models.PROTECT, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="files_upload_within_its_size",
                condition=models.Q(offset_bytes__lte=models.F("size_bytes")),
            )
        ]

    def __str__(self) -> str:
        return self.name
