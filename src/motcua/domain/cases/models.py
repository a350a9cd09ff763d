"""Tables of cases. Constraints live here; verbs live in commands."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from motcua.domain.cases.types import ClockEffect, DocumentKind, Grain, Measure, State, Step
from motcua.domain.catalogue.types import Channel
from motcua.kernel.actors import Role
from motcua.kernel.ids import uuid7


def _one_of(field: str, values: type[StrEnum]) -> models.Q:
    return models.Q(**{f"{field}__in": [value.value for value in values]})


class DossierQuerySet(models.QuerySet["Dossier"]):
    def locked(self, pk: UUID) -> "Dossier | None":
        """Fetch one dossier and hold its row until the transaction ends."""
        return self.select_for_update().filter(pk=pk).first()

    def of_agency(self, agency_id: UUID) -> Self:
        return self.filter(agency_id=agency_id)

    def awaiting(self, role: Role) -> Self:
        """Those whose next step is an officer's in ``role``."""
        return self.filter(with_role=role)

    def overdue(self, now: datetime) -> Self:
        return self.filter(act_by__lt=now)


class Dossier(models.Model):
    """One request under one procedure – hồ sơ."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60, unique=True)
    lookup_secret = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1)
    procedure_version = models.ForeignKey("catalogue.Version", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=8)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    applicant_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=24)
    with_role = models.CharField(max_length=10, blank=True)
    holder_seat = models.ForeignKey(
        "agencies.Seat", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    act_by = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    first_due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField()
    disputed = models.JSONField(default=dict, db_default={})
    fee_dong = models.PositiveBigIntegerField(default=0)
    fee_paid_at = models.DateTimeField(null=True, blank=True)
    wants_paper = models.BooleanField(default=False)
    proposal = models.TextField(blank=True)
    search_text = models.TextField()
    search = models.GeneratedField(
        expression=SearchVector("search_text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("state", State), name="cases_dossier_state_known"),
            models.CheckConstraint(condition=_one_of("channel", Channel), name="cases_dossier_channel_known"),
            models.CheckConstraint(
                condition=_one_of("with_role", Role) | models.Q(with_role=""), name="cases_dossier_role_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "with_role", "act_by", "id"],
                name="cases_inbox",
                condition=~models.Q(with_role=""),
            ),
            models.Index(fields=["agency", "state", "-submitted_at", "-id"], name="cases_by_state"),
            models.Index(fields=["applicant", "-submitted_at", "-id"], name="cases_of_applicant"),
            models.Index(
                fields=["act_by"],
                name="cases_awaiting_citizen",
                condition=models.Q(state=State.SUPPLEMENT_REQUESTED),
            ),
            GinIndex(fields=["search"], name="cases_search"),
            models.Index(
                fields=["agency", "accepted_at", "id"],
                name="cases_by_acceptance",
                condition=models.Q(accepted_at__isnull=False),
            ),
            models.Index(
                fields=["agency", "finished_at", "id"],
                name="cases_by_finish",
                condition=models.Q(finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class History(models.Model):
    """One deed in the life of a dossier; rows are only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="history")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=20)
    state = models.CharField(max_length=24)
    with_role = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    by_person = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by_role = models.CharField(max_length=10)
    by_seat = models.ForeignKey(
        "agencies.Seat", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.TextField(blank=True)
    clock = models.CharField(max_length=10, default=ClockEffect.NONE)
    promised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "number"], name="cases_history_number_once"),
            models.CheckConstraint(condition=_one_of("step", Step), name="cases_history_step_known"),
            models.CheckConstraint(condition=_one_of("state", State), name="cases_history_state_known"),
            models.CheckConstraint(condition=_one_of("clock", ClockEffect), name="cases_history_clock_known"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number} {self.step}"


class Supplement(models.Model):
    """A request for missing papers or corrections – yêu cầu bổ sung."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplements")
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    items = models.JSONField()
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(answered_at__isnull=True),
                name="cases_one_open_supplement",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.asked_at}"


class HandedIn(models.Model):
    """A file laid into a dossier or a draft as one component – thành phần hồ sơ."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.CharField(max_length=40)
    file_id = models.UUIDField()
    name = models.CharField(max_length=255)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    added_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.paper}: {self.name}"


class Attachment(HandedIn):
    """A component of a dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="attachments")


class Document(models.Model):
    """A numbered paper issued by the office: a form of the circular or the result. Its facts never change."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20)
    template = models.CharField(max_length=60)
    form_no = models.CharField(max_length=4, blank=True)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    facts = models.JSONField()
    issued_at = models.DateTimeField()
    file_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("kind", DocumentKind), name="cases_document_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class NumberBook(models.Model):
    """The last number given in one book of one agency in one period – sổ. Gapless: it moves with its document."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    book = models.CharField(max_length=40)
    period = models.CharField(max_length=8)
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "book", "period"], name="cases_number_book_once")
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.period}: {self.last}"


class Draft(models.Model):
    """A form not yet filed; it survives devices, sessions and power cuts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    procedure_version = models.ForeignKey("catalogue.Version", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=8)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    organisation = models.ForeignKey(
        "identity.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answers = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    disputed = models.JSONField(default=dict, db_default={})
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-updated_at"], name="cases_drafts_of_person")]

    def __str__(self) -> str:
        return f"{self.procedure_code} {self.id}"


class DraftAttachment(HandedIn):
    """A component of a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="attachments")


class Figure(models.Model):
    """How many dossiers of one office, procedure and channel were received or ended in a day or month, or stand open.

    Derived from dossiers and their history by ``commands.count_figures``; may be thrown away and counted again.
    """

    pk = models.CompositePrimaryKey(
        "grain", "on", "agency_id", "procedure_code", "channel", "measure", "is_late"
    )
    grain = models.CharField(max_length=5)
    on = models.DateField()
    agency_id = models.UUIDField()
    procedure_code = models.CharField(max_length=8)
    channel = models.CharField(max_length=10)
    measure = models.CharField(max_length=10)
    is_late = models.BooleanField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("measure", Measure), name="cases_figure_measure_known"),
            models.CheckConstraint(condition=_one_of("grain", Grain), name="cases_figure_grain_known"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.on}: {self.count}"


class Counted(models.Model):
    """Up to when the history is in the figures; one row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    only = models.BooleanField(default=True, unique=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.until}"
