"""Tables of public records: dated versions, local rules over them, imports, and what readers thought of a page.

A version is never changed; the next one closes it. What is computed from a record and filtered by in lists (online
level, missing parts) stands beside it and is rewritten when the rule changes, never typed in.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.domain.catalogue.models.procedures import Procedure
from motcua.domain.catalogue.types.record import Action, OnlineLevel, RecordState
from motcua.domain.catalogue.types.record_views import ImportState, Origin
from motcua.kernel.ids import uuid7


def _one_of(
    name: str, field: str, values: type[Action | OnlineLevel | Origin | ImportState]
) -> models.CheckConstraint:
    """Return the constraint that ``field`` holds a value of an enumeration."""
    return models.CheckConstraint(
        name=name, condition=models.Q(**{f"{field}__in": [v.value for v in values]})
    )


class RecordVersionQuerySet(models.QuerySet["RecordVersion"]):
    def in_force(self, on: date) -> "RecordVersionQuerySet":
        """Versions that hold on ``on``, those that abolish included."""
        return self.filter(valid_from__lte=on).exclude(valid_to__lte=on)

    def public(self, on: date) -> "RecordVersionQuerySet":
        """Versions that hold on ``on`` and do not abolish."""
        return self.in_force(on).exclude(action=Action.ABOLISHED)

    def in_state(self, state: RecordState | None, on: date) -> "RecordVersionQuerySet":
        """Versions that are in ``state`` on ``on``; None: whatever holds that day (see ``rules.records.states``)."""
        if state is RecordState.ANNOUNCED:
            return self.filter(valid_from__gt=on)
        if state is RecordState.ABOLISHED:
            return self.in_force(on).filter(action=Action.ABOLISHED)
        first = models.Q(number=1, action=Action.NEW)
        if state is RecordState.PUBLISHED:
            return self.in_force(on).filter(first)
        return self.public(on).exclude(first) if state is RecordState.AMENDED else self.in_force(on)

    def open(self) -> "RecordVersionQuerySet":
        """The last version of each record: the one that no other closes."""
        return self.filter(valid_to__isnull=True)


class RecordVersion(models.Model):
    """What one decision announced about a procedure, in force until the next takes over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10)
    action = models.CharField(max_length=10)
    schema_version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    announced_at = models.DateTimeField()

    # of the content, for lists
    code = models.CharField(max_length=8)
    name = models.TextField()
    search_name = models.TextField()  #: the name, folded
    ministry = models.TextField()
    field = models.TextField()
    levels = ArrayField(models.CharField(max_length=10))
    online_level = models.CharField(max_length=10)
    missing = ArrayField(models.CharField(max_length=10))

    objects = RecordVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["procedure", "number"], name="catalogue_record_number_once"),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=models.Q(valid_to__isnull=True),
                name="catalogue_one_open_record",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="catalogue_record_dates_in_order",
            ),
            _one_of("catalogue_record_origin", "origin", Origin),
            _one_of("catalogue_record_action", "action", Action),
            _one_of("catalogue_record_online_level", "online_level", OnlineLevel),
        ]
        indexes: ClassVar = [
            models.Index(fields=["code"], name="catalogue_record_code"),
            models.Index(fields=["ministry", "field", "code"], name="catalogue_record_field"),
        ]

    def __str__(self) -> str:
        return f"{self.code} r{self.number}"


class LocalRuleQuerySet(models.QuerySet["LocalRule"]):
    def in_force(self, on: date) -> "LocalRuleQuerySet":
        """Rules that hold on ``on``."""
        return self.filter(valid_from__lte=on).exclude(valid_to__lte=on)


class LocalRule(models.Model):
    """What an agency decided differently for itself: changes laid over whatever national version is in force."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="local_rules")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=100)
    changes = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = LocalRuleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure", "agency"],
                condition=models.Q(valid_to__isnull=True),
                name="catalogue_one_open_local_rule",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="catalogue_local_rule_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} at {self.agency_id}"


class RecordImport(models.Model):
    """A file of records brought in through the console: previewed, then confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    packed = models.BinaryField()  #: the file, as sent; emptied when the import is done
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=12)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)  #: the first rows refused, with their faults
    why = models.JSONField(default=dict)  #: the refusal of the whole file
    by_person_id = models.UUIDField(null=True)
    by_agency_id = models.UUIDField(null=True)
    by_seat_id = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [_one_of("catalogue_import_state", "state", ImportState)]

    def __str__(self) -> str:
        return self.name


class ClarityAnswer(models.Model):
    """Whether a reader found the page of a procedure clear. Says nothing about the reader."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="clarity_answers")
    is_clear = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["procedure", "on"], name="catalogue_clarity_recent")]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.is_clear}"
