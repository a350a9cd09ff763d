"""Read identity. Returns frozen views, never model instances.

Where a query takes ``on``, it answers for that day; without it, for the links that have not ended.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Q, QuerySet

from motcua.domain.identity.models import (
    Account,
    ApiToken,
    Change,
    DatedQuerySet,
    FamilyLink,
    M,
    Organisation,
    Person,
    Representation,
)
from motcua.domain.identity.rules import tokens
from motcua.domain.identity.types import (
    AccountId,
    AccountView,
    Address,
    BirthPrecision,
    Capacities,
    ChangeView,
    FamilyMember,
    OrganisationId,
    OrganisationKind,
    OrganisationView,
    PersonId,
    PersonView,
    Relation,
    Scope,
    Sex,
    TokenBearer,
    TokenId,
    TokenOnRecord,
    TokenView,
    UnknownAccount,
    UnknownOrganisation,
    UnknownPerson,
)
from motcua.kernel.actors import Actor, Assurance, Role
from motcua.kernel.text import fold
from motcua.platform.database.queries import page
from motcua.platform.database.types import Key, Page

TOKENS_PER_PAGE: Final = 50

# Persons by their ids, for every list and every page of a dossier.
_PERSONS: Final = """
    SELECT id, personal_id, full_name, born_on, born_precision, sex, phone, email, street, commune_code
      FROM identity_person WHERE id = ANY(%s::uuid[])
"""


# ── persons ──────────────────────────────────────────────────────────────────────────────────────────


def person(person_id: PersonId) -> PersonView:
    """Return one person. Raises UnknownPerson."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise UnknownPerson(person_id=str(person_id))
    return person_view(row)


def persons(ids: Iterable[PersonId]) -> dict[PersonId, PersonView]:
    """Return the persons among ``ids`` that exist, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS, [list(set(ids))])
        return {row[0]: _person(*row) for row in cursor.fetchall()}


def person_by_personal_id(personal_id: str) -> PersonView | None:
    """Return the person with this proven personal number."""
    row = Person.objects.filter(personal_id=personal_id).first() if personal_id else None
    return person_view(row) if row else None


def find_persons(words: str, *, after: PersonView | None = None, limit: int = 20) -> list[PersonView]:
    """Return persons whose name or number holds every word of ``words`` as a beginning, in Vietnamese order.

    ``after`` is the last person of the page before. Accents and case do not matter.
    """
    rows = matching(Person.objects.order_by("sort_key", "pk"), words)
    if after is not None:
        last = Person.objects.values_list("sort_key", flat=True).get(pk=after.id)
        rows = rows.filter(Q(sort_key__gt=last) | Q(sort_key=last, pk__gt=after.id))
    return [person_view(row) for row in rows[:limit]]


def matching(rows: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Keep the rows whose search text has, for each of ``words``, a word that begins with it."""
    beginnings = [f"{word}:*" for word in fold(words).split()]
    if not beginnings:
        return rows
    wanted = SearchQuery(" & ".join(beginnings), config="simple", search_type="raw")
    return rows.annotate(words=SearchVector("search", config="simple")).filter(words=wanted)


def family_of(person_id: PersonId, *, on: date | None = None) -> tuple[FamilyMember, ...]:
    """Return spouse, children and parents of a person, oldest link first."""
    links = _holding(FamilyLink.objects.filter(person=person_id), on)
    return tuple(
        FamilyMember(person_view(link.other), Relation(link.relation))
        for link in links.select_related("other").order_by("valid_from", "pk")
    )


def are_family(person_id: PersonId, other_id: PersonId, *, on: date | None = None) -> bool:
    """Tell whether a link between the two holds."""
    return _holding(FamilyLink.objects.filter(person=person_id, other=other_id), on).exists()


# ── organisations ────────────────────────────────────────────────────────────────────────────────────


def organisation(organisation_id: OrganisationId) -> OrganisationView:
    """Return one organisation. Raises UnknownOrganisation."""
    row = Organisation.objects.filter(pk=organisation_id).first()
    if row is None:
        raise UnknownOrganisation(organisation_id=str(organisation_id))
    return organisation_view(row)


def organisations(ids: Iterable[OrganisationId]) -> dict[OrganisationId, OrganisationView]:
    """Return the organisations among ``ids`` that exist, in one query."""
    rows = Organisation.objects.filter(pk__in=set(ids))
    return {OrganisationId(row.pk): organisation_view(row) for row in rows}


def organisation_by_tax_code(tax_code: str) -> OrganisationView | None:
    """Return the organisation with this tax code."""
    row = Organisation.objects.filter(tax_code=tax_code).first() if tax_code else None
    return organisation_view(row) if row else None


def organisations_of(person_id: PersonId, *, on: date | None = None) -> tuple[OrganisationView, ...]:
    """Return the organisations a person represents, in Vietnamese order of their names."""
    links = _holding(Representation.objects.filter(person=person_id), on)
    return tuple(
        organisation_view(link.organisation)
        for link in links.select_related("organisation").order_by("organisation__sort_key", "pk")
    )


def representatives_of(organisation_id: OrganisationId, *, on: date | None = None) -> tuple[PersonView, ...]:
    """Return who may act for an organisation, longest first."""
    links = _holding(Representation.objects.filter(organisation=organisation_id), on)
    return tuple(
        person_view(link.person) for link in links.select_related("person").order_by("valid_from", "pk")
    )


def represents(person_id: PersonId, organisation_id: OrganisationId, *, on: date | None = None) -> bool:
    """Tell whether a person may act for an organisation."""
    rows = Representation.objects.filter(person=person_id, organisation=organisation_id)
    return _holding(rows, on).exists()


def actor_capacities(person_id: PersonId, *, on: date | None = None) -> Capacities:
    """Return in whose name a person may act. Raises UnknownPerson."""
    return Capacities(
        person=person(person_id),
        family=family_of(person_id, on=on),
        organisations=organisations_of(person_id, on=on),
    )


# ── accounts and tokens ──────────────────────────────────────────────────────────────────────────────


def account(account_id: AccountId) -> AccountView:
    """Return one account. Raises UnknownAccount."""
    row = Account.objects.filter(pk=account_id).first()
    if row is None:
        raise UnknownAccount(account_id=str(account_id))
    return account_view(row)


def account_of_person(person_id: PersonId) -> AccountView | None:
    """Return the account of a person, if there is one."""
    row = Account.objects.filter(person=person_id).first()
    return account_view(row) if row else None


def account_by_username(username: str) -> AccountView | None:
    """Return the account of this name, however it is typed."""
    row = Account.objects.filter(username=username.strip().lower()).first()
    return account_view(row) if row else None


def accounts_named(beginning: str, *, limit: int = 50) -> tuple[AccountView, ...]:
    """Return the open accounts whose names begin like this, by name."""
    rows = Account.objects.filter(username__startswith=beginning, is_active=True).order_by("username")
    return tuple(account_view(row) for row in rows[:limit])


def accounts_of_persons(ids: Iterable[PersonId]) -> dict[PersonId, AccountView]:
    """Return the accounts of those among ``ids`` who have one, in one query."""
    rows = Account.objects.filter(person__in=set(ids))
    return {PersonId(cast("UUID", row.person_id)): account_view(row) for row in rows}


def tokens_of(account_id: AccountId) -> tuple[TokenView, ...]:
    """Return the tokens of an account, newest first, revoked and expired ones too."""
    return tuple(token_view(row) for row in ApiToken.objects.filter(account=account_id).order_by("-pk"))


def tokens_on_record(
    *, actor: Actor, after: str | None = None, size: int = TOKENS_PER_PAGE
) -> Page[TokenOnRecord]:
    """Return the tokens of everybody, newest first, behind ``after``. One query. Raises NotPermitted."""
    actor.require(Role.ADMIN, Role.AUDITOR)
    rows = ApiToken.objects.select_related("account__person")
    return page(rows, order=(Key("id", descending=True),), after=after, size=size, view=_token_on_record)


def _token_on_record(row: ApiToken) -> TokenOnRecord:
    holder = row.account.person
    return TokenOnRecord(token_view(row), row.account.username, holder.full_name if holder else "")


def actor_by_token(secret: str, *, at: datetime) -> TokenBearer | None:
    """Return who stands behind ``secret`` at ``at``.

    None if it is unknown, revoked or expired, or its account shut. One query. The role of the bearer follows
    from the seat, which is known above: see ``design.access``.
    """
    row = (
        ApiToken.objects.select_related("account")
        .filter(
            secret_sha256=tokens.digest(secret),
            revoked_at=None,
            expires_at__gt=at,
            account__is_active=True,
        )
        .first()
    )
    if row is None:
        return None
    person_id = row.account.person_id
    return TokenBearer(
        token_id=TokenId(row.pk),
        account_id=AccountId(row.account_id),
        person_id=PersonId(person_id) if person_id else None,
        assurance=Assurance(row.account.assurance),
        scopes=frozenset(map(Scope, row.scopes)),
        seat_id=row.seat_id,
    )


def history(subject_id: UUID) -> tuple[ChangeView, ...]:
    """Return what was done to a person, organisation, account or token, oldest first."""
    return tuple(
        ChangeView(
            deed=row.deed,
            at=row.at,
            by_person_id=PersonId(row.by_person_id) if row.by_person_id else None,
            by_role=Role(row.by_role),
            before=row.before,
        )
        for row in Change.objects.filter(subject_id=subject_id).order_by("at", "pk")
    )


# ── rows to views ────────────────────────────────────────────────────────────────────────────────────


def person_view(row: Person) -> PersonView:
    return _person(
        row.pk,
        row.personal_id,
        row.full_name,
        row.born_on,
        row.born_precision,
        row.sex,
        row.phone,
        row.email,
        row.street,
        row.commune_code,
    )


def _person(  # noqa: PLR0917 - the columns of a person
    pk: UUID,
    personal_id: str,
    full_name: str,
    born_on: date | None,
    born_precision: str,
    sex: str,
    phone: str,
    email: str,
    street: str,
    commune_code: str,
) -> PersonView:
    return PersonView(
        id=PersonId(pk),
        personal_id=personal_id,
        full_name=full_name,
        born_on=born_on,
        sex=Sex(sex) if sex else None,
        phone=phone,
        email=email,
        address=Address(street, commune_code) if street or commune_code else None,
        born_precision=BirthPrecision(born_precision),
    )


def organisation_view(row: Organisation) -> OrganisationView:
    return OrganisationView(
        id=OrganisationId(row.pk),
        tax_code=row.tax_code,
        name=row.name,
        kind=OrganisationKind(row.kind),
        address=_address(row),
    )


def account_view(row: Account) -> AccountView:
    return AccountView(
        id=AccountId(row.pk),
        person_id=PersonId(row.person_id) if row.person_id else None,
        username=row.username,
        assurance=Assurance(row.assurance),
        email=row.email,
        claimed_personal_id=row.claimed_personal_id,
        is_active=row.is_active,
        must_change_password=row.must_change_password,
        language=row.language,
    )


def token_view(row: ApiToken) -> TokenView:
    return TokenView(
        id=TokenId(row.pk),
        account_id=AccountId(row.account_id),
        name=row.name,
        scopes=frozenset(map(Scope, row.scopes)),
        seat_id=row.seat_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )


def _address(row: Person | Organisation) -> Address | None:
    return Address(row.street, row.commune_code) if row.street or row.commune_code else None


def _holding(rows: DatedQuerySet[M], on: date | None) -> DatedQuerySet[M]:
    return rows.on(on) if on else rows.open()
