"""Procedures and their definitions. A published version is never changed; a new one takes over on its date."""

from datetime import date
from typing import ClassVar

from django.db import models

from motcua.kernel.ids import uuid7


class Procedure(models.Model):
    """An administrative procedure, whatever its version – thủ tục hành chính."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True)

    def __str__(self) -> str:
        return self.code


class VersionQuerySet(models.QuerySet["Version"]):
    def in_force(self, on: date) -> "VersionQuerySet":
        """Versions that apply on ``on``."""
        return self.filter(valid_from__lte=on).exclude(valid_to__lte=on)


class Version(models.Model):
    """One published definition, in force from a date until the next takes over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    source = models.TextField(blank=True, default="")  #: as it was written; "" before texts were kept
    search_text = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "number"], name="catalogue_version_number_once"),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=models.Q(valid_to__isnull=True),
                name="catalogue_one_open_version",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="catalogue_version_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"
