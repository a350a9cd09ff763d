"""Tables of agencies: the dated tree of bodies, its codes and people, its working days, and the territory.

Every dated row holds from ``valid_from`` to ``valid_to``, both days included; an open row has no end.
Nothing here is overwritten: a new name, parent, code or holder closes one row and opens the next.
Intervals of one subject never overlap; with btree_gist absent, the open row is unique by index and the
rest is checked by the command that holds the lock.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Self, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.domain.agencies.types import (
    AgencyKind,
    CodeGrammar,
    DayKind,
    LineageKind,
    UnitLevel,
)
from motcua.kernel.actors import Role
from motcua.kernel.ids import uuid7

M = TypeVar("M", bound=models.Model)


def holds_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a dated row holds on ``day``; ``prefix`` reaches it through a relation."""
    begun = Q(**{f"{prefix}valid_from__lte": day}) | Q(**{f"{prefix}valid_from": None})
    return begun & (Q(**{f"{prefix}valid_to__gte": day}) | Q(**{f"{prefix}valid_to": None}))


def _known(name: str, field: str, values: Iterable[StrEnum]) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [v.value for v in values]}))


def _forward(name: str) -> models.CheckConstraint:
    """A dated row does not end before it begins."""
    return models.CheckConstraint(
        name=name, condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from"))
    )


class DatedQuerySet(models.QuerySet[M]):
    def on(self, day: date) -> Self:
        """Rows that hold on ``day``."""
        return self.filter(holds_on(day))

    def open(self) -> Self:
        """Rows with no end yet, begun or not."""
        return self.filter(valid_to=None)


class AgencyQuerySet(models.QuerySet["Agency"]):
    def locked(self, *ids: UUID) -> list["Agency"]:
        """Fetch agencies in order of id and hold their rows until the transaction ends."""
        return list(self.filter(pk__in=ids).select_for_update(no_key=True).order_by("pk"))


class Agency(models.Model):
    """A body of the state – cơ quan, đơn vị. What can change about it stands in dated rows beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20)
    commune_code = models.CharField(max_length=5, blank=True)
    province_code = models.CharField(max_length=2, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            _known("agencies_agency_kind_known", "kind", AgencyKind),
            _forward("agencies_agency_forward"),
        ]
        indexes = [
            models.Index(
                fields=["commune_code"],
                name="agencies_by_commune",
                condition=~Q(commune_code=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AgencyName(models.Model):
    """What an agency is called, from when to when – tên gọi."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=80, blank=True)
    search_text = models.CharField(max_length=400)  #: accent-free name, short name
    sort_key = models.CharField(max_length=600, db_collation="C")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["AgencyName"].as_manager()

    class Meta:
        constraints = [
            _forward("agencies_name_forward"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to=None), name="agencies_one_open_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Under which parent an agency stands, from when to when. A root has no placement at that time."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="child_placements")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["Placement"].as_manager()

    class Meta:
        constraints = [
            _forward("agencies_placement_forward"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to=None), name="agencies_one_open_placement"
            ),
            models.CheckConstraint(
                name="agencies_not_its_own_parent", condition=~Q(agency=models.F("parent"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} under {self.parent_id}"


class AgencyCode(models.Model):
    """An electronic identification code – mã định danh điện tử. Source: Decision 20/2020/QĐ-TTg, art. 4."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=35)
    grammar = models.CharField(max_length=12)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["AgencyCode"].as_manager()

    class Meta:
        constraints = [
            _forward("agencies_code_forward"),
            _known("agencies_code_grammar_known", "grammar", CodeGrammar),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="agencies_one_open_bearer_of_a_code"
            ),
            models.UniqueConstraint(
                fields=["agency", "grammar"],
                condition=Q(valid_to=None),
                name="agencies_one_open_code_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["code", "valid_from"], name="agencies_code_history")]

    def __str__(self) -> str:
        return self.code


class Lineage(models.Model):
    """One agency became, or became part of, another on a day."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    since = models.DateField()
    basis = models.CharField(max_length=300, blank=True)  #: the decision that says so

    class Meta:
        constraints = [
            _known("agencies_lineage_kind_known", "kind", LineageKind),
            models.UniqueConstraint(
                fields=["predecessor", "successor", "since"], name="agencies_lineage_said_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} {self.kind} into {self.successor_id}"


class Seat(models.Model):
    """Who holds which role where, from when to when – vị trí; acting for another seat – được ủy quyền."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    title = models.CharField(max_length=120, blank=True)
    acting_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["Seat"].as_manager()

    class Meta:
        constraints = [
            _forward("agencies_seat_forward"),
            _known("agencies_seat_role_known", "role", Role),
            models.UniqueConstraint(
                fields=["agency", "person", "role"],
                condition=Q(valid_to=None, acting_for=None),
                name="agencies_one_open_seat_of_a_kind",
            ),
            models.CheckConstraint(
                name="agencies_seat_not_acting_for_itself",
                condition=Q(acting_for=None) | ~Q(acting_for=models.F("pk")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "role", "valid_from"], name="agencies_seats_of_agency")]

    def __str__(self) -> str:
        return f"{self.role} {self.title}".strip()


class Counter(models.Model):
    """A counter at a one-stop desk – quầy."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="counters")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["Counter"].as_manager()

    class Meta:
        constraints = [
            _forward("agencies_counter_forward"),
            models.UniqueConstraint(
                fields=["agency", "number"], condition=Q(valid_to=None), name="agencies_one_open_counter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class OfficeHours(models.Model):
    """When an agency is open – giờ làm việc. Without an agency: the hours of the whole country.

    An agency with no row of its own keeps its parent's hours.
    """

    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="office_hours"
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), size=7)  #: ISO: Monday 1 … Sunday 7
    intervals = ArrayField(ArrayField(models.TimeField(), size=2))  #: [opens, closes], in order of the day
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["OfficeHours"].as_manager()

    class Meta:
        constraints = [
            _forward("agencies_hours_forward"),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(valid_to=None),
                nulls_distinct=False,
                name="agencies_one_open_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"hours of {self.agency_id or 'the country'}"


class CalendarDay(models.Model):
    """A day that is not what its weekday says – ngày nghỉ lễ, nghỉ hoán đổi, làm bù.

    Source: Labour Code 2019, art. 112. Without an agency: for the whole country.
    """

    on_date = models.DateField()
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="calendar_days"
    )

    class Meta:
        constraints = [
            _known("agencies_day_kind_known", "kind", DayKind),
            models.UniqueConstraint(
                fields=["on_date", "agency"], nulls_distinct=False, name="agencies_one_word_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_date} {self.name}"


class CalendarVersion(models.Model):
    """One row, stamped anew when hours, days or the tree change; processes compare the stamp with theirs.

    The same row serialises changes of the tree: whoever stamps it holds it until commit.
    """

    stamp = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(name="agencies_one_calendar_version", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.stamp)


class AdminUnit(models.Model):
    """A province, district or commune as territory – đơn vị hành chính; codes of the statistics office.

    A code may be used again by another unit later (52: Bình Định until 30 June 2025, Gia Lai after),
    so a unit is its code together with its time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=5)
    level = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    parent_code = models.CharField(max_length=5, blank=True)
    search_text = models.CharField(max_length=160)  #: accent-free name
    place_text = models.CharField(max_length=400)  #: the same with the units above: "phuong 14 quan 10 …"
    sort_key = models.CharField(max_length=260, db_collation="C")
    valid_from = models.DateField(null=True, blank=True)  #: none: before our records begin
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet["AdminUnit"].as_manager()

    class Meta:
        constraints = [
            _forward("agencies_unit_forward"),
            _known("agencies_unit_level_known", "level", UnitLevel),
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="agencies_unit_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="agencies_one_open_unit_of_a_code"
            ),
        ]
        indexes = [
            models.Index(fields=["parent_code", "sort_key"], name="agencies_units_of_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class UnitLineage(models.Model):
    """An old unit lives on, whole or in part, in a newer one."""

    old = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="ancestries")
    is_partial = models.BooleanField(default=False)  #: only part of the old unit went there

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="agencies_unit_lineage_said_once"),
            models.CheckConstraint(name="agencies_unit_not_its_own_heir", condition=~Q(old=models.F("new"))),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
