"""Tables of identity. Constraints live here; verbs live in commands.

Source: Law on Identity 26/2023/QH15, article 9. Relations are dated: ``valid_to`` is the last day on
which they hold, empty while they do.
"""

from datetime import date
from enum import Enum
from functools import cache
from typing import ClassVar, TypeVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower

from motcua.domain.identity.types import BirthPrecision, OrganisationKind, Relation, Sex
from motcua.kernel.actors import Assurance, Role
from motcua.kernel.ids import uuid7

M = TypeVar("M", bound=models.Model)
COMMUNE = r"^([0-9]{5})?$"


def _one_of(field: str, *values: str | int) -> Q:
    plain = [value.value if isinstance(value, Enum) else value for value in values]
    return Q(**{f"{field}__in": plain})


class Person(models.Model):
    """A human being, whether or not a personal number is known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    personal_id = models.CharField(max_length=12, blank=True, default="")
    full_name = models.CharField(max_length=120)
    search = models.CharField(max_length=160, editable=False)  #: folded name and personal number
    sort_key = models.CharField(max_length=260, editable=False, db_collation="C")
    born_on = models.DateField(null=True)
    born_precision = models.CharField(max_length=5, default=BirthPrecision.DAY.value)
    sex = models.CharField(max_length=6, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    street = models.CharField(max_length=200, blank=True, default="")
    commune_code = models.CharField(max_length=5, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["personal_id"], condition=~Q(personal_id=""), name="identity_person_one_per_number"
            ),
            models.CheckConstraint(
                condition=Q(personal_id__regex=r"^([0-9]{12})?$"), name="identity_person_number_of_12_digits"
            ),
            models.CheckConstraint(condition=_one_of("sex", "", *Sex), name="identity_person_sex_known"),
            models.CheckConstraint(
                condition=_one_of("born_precision", *BirthPrecision), name="identity_person_precision_known"
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="identity_person_named"),
            models.CheckConstraint(
                condition=Q(commune_code__regex=COMMUNE), name="identity_person_commune_of_5_digits"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(SearchVector("search", config="simple"), name="identity_person_search"),
            models.Index(fields=["sort_key", "id"], name="identity_person_order"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Organisation(models.Model):
    """An enterprise, household business, cooperative or association."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tax_code = models.CharField(max_length=14, blank=True, default="")
    name = models.CharField(max_length=250)
    search = models.CharField(max_length=280, editable=False)
    sort_key = models.CharField(max_length=520, editable=False, db_collation="C")
    kind = models.CharField(max_length=20)
    street = models.CharField(max_length=200, blank=True, default="")
    commune_code = models.CharField(max_length=5, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tax_code"], condition=~Q(tax_code=""), name="identity_organisation_one_per_tax_code"
            ),
            models.CheckConstraint(
                condition=_one_of("kind", *OrganisationKind), name="identity_organisation_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="identity_organisation_named"),
            models.CheckConstraint(
                condition=Q(commune_code__regex=COMMUNE), name="identity_organisation_commune_of_5_digits"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(SearchVector("search", config="simple"), name="identity_organisation_search"),
            models.Index(fields=["sort_key", "id"], name="identity_organisation_order"),
        ]

    def __str__(self) -> str:
        return self.name


class DatedQuerySet(models.QuerySet[M]):
    def open(self) -> "DatedQuerySet[M]":
        """Keep the rows that have not ended."""
        return self.filter(valid_to=None)

    def on(self, day: date) -> "DatedQuerySet[M]":
        """Keep the rows that hold on ``day``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Representation(models.Model):
    """A person may act for an organisation, from one day to another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = DatedQuerySet["Representation"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(valid_to=None),
                name="identity_representation_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="identity_representation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.organisation_id}"


class FamilyLink(models.Model):
    """``other`` is the spouse, child or parent of ``person``. Every link is stored from both sides."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=10)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = DatedQuerySet["FamilyLink"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "other", "relation"],
                condition=Q(valid_to=None),
                name="identity_family_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(person=F("other")), name="identity_family_of_two"),
            models.CheckConstraint(
                condition=_one_of("relation", *Relation), name="identity_family_relation_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="identity_family_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.relation} {self.other_id}"


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find an account by its name, however the name was typed."""
        return self.get(username=(username or "").strip().lower())

    def with_person(self, account_id: UUID | str) -> "Account | None":
        """Find an account and its person by one statement of fixed text: every signed-in request asks."""
        sql, own, theirs = _with_person()
        with connection.cursor() as cursor:
            cursor.execute(sql, [account_id])
            row = cursor.fetchone()
        if row is None:
            return None
        account = Account.from_db(DEFAULT_DB_ALIAS, own, row[: len(own)])
        if account.person_id is not None:
            account.person = Person.from_db(DEFAULT_DB_ALIAS, theirs, row[len(own) :])
        return account


@cache
def _with_person() -> tuple[str, list[str], list[str]]:
    """Return the statement of ``with_person`` and the attributes of both rows, in its order."""
    own, theirs = Account._meta.concrete_fields, Person._meta.concrete_fields
    columns = [f"a.{field.column}" for field in own] + [f"p.{field.column}" for field in theirs]
    sql = (
        f"SELECT {', '.join(columns)} FROM identity_account a"
        " LEFT JOIN identity_person p ON p.id = a.person_id WHERE a.id = %s"
    )
    return sql, [field.attname for field in own], [field.attname for field in theirs]


class Account(AbstractBaseUser):
    """A way to sign in. It carries no permission of its own: those come from the seats of its person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=64, unique=True)
    # Not unique: families share a mailbox. Confirmed addresses are unique in allauth's own table.
    email = models.EmailField(blank=True, default="")
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_personal_id = models.CharField(max_length=12, blank=True, default="")
    assurance = models.SmallIntegerField(default=Assurance.BASIC.value)
    language = models.CharField(max_length=2, default="vi")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")) & ~Q(username=""),
                name="identity_account_name_in_lower_case",
            ),
            models.CheckConstraint(
                condition=_one_of("assurance", *Assurance),
                name="identity_account_assurance_known",
            ),
            models.CheckConstraint(
                condition=_one_of("language", "vi", "en"), name="identity_account_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.username


class ApiToken(models.Model):
    """A program's key to one account. Only the hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    seat_id = models.UUIDField(null=True)  #: of agencies, which stands above this app
    name = models.CharField(max_length=80)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="identity_token_expires_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(secret_sha256__regex=r"^[0-9a-f]{64}$"), name="identity_token_keeps_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One deed done to a person, organisation, account or token: who, when, and what stood there before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_id = models.UUIDField(db_index=True)
    deed = models.CharField(max_length=40)
    at = models.DateTimeField()
    by_person_id = models.UUIDField(null=True)
    by_role = models.CharField(max_length=10)
    by_seat_id = models.UUIDField(null=True)
    before = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("by_role", *Role), name="identity_change_role_known")
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.subject_id}"
