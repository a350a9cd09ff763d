"""Definitions in the making."""

from typing import ClassVar

from django.db import models

from motcua.domain.catalogue.models.procedures import Version
from motcua.domain.catalogue.types import DraftState
from motcua.kernel.ids import uuid7


class DefinitionDraft(models.Model):
    """One definition in the making. ``content`` is JSON text: the order of its parts is the author's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default=DraftState.WRITING)
    revision = models.PositiveIntegerField(default=1)
    content = models.TextField()
    base_version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    written_by = models.UUIDField(null=True)
    submitted_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in DraftState]),
                name="catalogue_draft_state_known",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(state__in=[DraftState.WRITING, DraftState.SUBMITTED]),
                name="catalogue_one_open_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} r{self.revision}"
