"""The prices of the Standard Cost Model. A row replaced is kept, so that every figure ever shown can be explained."""

from typing import ClassVar

from django.db import models

from motcua.domain.reform.types import SubjectKind
from motcua.kernel.ids import uuid7


class PriceQuerySet(models.QuerySet["PriceRow"]):
    def counting(self) -> "PriceQuerySet":
        """Prices nobody has replaced."""
        return self.filter(replaced_at__isnull=True)


class PriceRow(models.Model):
    """What an hour is reckoned at in a year for a kind of applicant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    income_per_year_dong = models.BigIntegerField()
    days_per_month = models.PositiveSmallIntegerField()
    hours_per_day = models.PositiveSmallIntegerField()
    online_percent = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=500)
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in SubjectKind]),
                name="reform_price_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(income_per_year_dong__gt=0, days_per_month__gt=0, hours_per_day__gt=0)
                & models.Q(online_percent__lte=100),
                name="reform_price_figures_in_range",
            ),
            models.UniqueConstraint(
                fields=["year", "kind"],
                condition=models.Q(replaced_at__isnull=True),
                name="reform_one_price_a_year_and_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"
