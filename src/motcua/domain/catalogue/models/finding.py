"""Tables of finding: the node's own synonyms, and what people chose after which words.

A choice holds the words without accents and the procedure, counted by month: never a person, a session or an
address, so that nothing here is personal data (Law 91/2025/QH15).
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.kernel.ids import uuid7


class OwnSynonymQuerySet(models.QuerySet["OwnSynonym"]):
    def counting(self) -> "OwnSynonymQuerySet":
        """Synonyms that were not retired."""
        return self.filter(retired_at__isnull=True)


class OwnSynonym(models.Model):
    """Words of this node's people and what they stand for, until retired."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    says = ArrayField(models.CharField(max_length=100))
    means = ArrayField(models.CharField(max_length=300))
    codes = ArrayField(models.CharField(max_length=8))
    origin = models.CharField(max_length=8)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.UUIDField(null=True)

    objects = OwnSynonymQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(origin__in=["typed", "learned"]), name="catalogue_synonym_origin_known"
            ),
        ]

    def __str__(self) -> str:
        return " / ".join(self.says)


class SearchChoice(models.Model):
    """How often a procedure was chosen after a question, in a month."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.CharField(max_length=80)
    code = models.CharField(max_length=8)
    month = models.DateField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question", "code", "month"], name="catalogue_search_choice_once_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} → {self.code}"


class DeclinedCandidate(models.Model):
    """A lesson of people's choices that an administrator did not want."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.CharField(max_length=80)
    code = models.CharField(max_length=8)
    declined_at = models.DateTimeField()
    declined_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "code"], name="catalogue_candidate_declined_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question} ↛ {self.code}"
