"""Vocabulary of identity: persons, organisations, accounts and how surely we know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from motcua.kernel.actors import Assurance, Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, Unknown

PersonId = NewType("PersonId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
AccountId = NewType("AccountId", UUID)
TokenId = NewType("TokenId", UUID)


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class BirthPrecision(StrEnum):
    """How much of a birth date is known; older papers often give the year alone."""

    DAY = "day"
    MONTH = "month"  #: the day of ``born_on`` is the first and means nothing
    YEAR = "year"  #: month and day of ``born_on`` are January 1 and mean nothing


class OrganisationKind(StrEnum):
    ENTERPRISE = "enterprise"  #: doanh nghiệp
    HOUSEHOLD_BUSINESS = "household_business"  #: hộ kinh doanh
    COOPERATIVE = "cooperative"  #: hợp tác xã
    ASSOCIATION = "association"  #: tổ chức khác


class Relation(StrEnum):
    """What ``other`` is to ``person`` in a family link."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"


class Scope(StrEnum):
    """What a program holding an API token may do in the name of its account."""

    READ = "read"  #: see what the account may see
    WRITE = "write"  #: file and act as the account may


@dataclass(frozen=True, slots=True)
class Address:
    """Where someone lives: house and street in words, commune by its five-digit code."""

    street: str
    commune_code: str


@dataclass(frozen=True, slots=True)
class PersonView:
    id: PersonId
    personal_id: str  #: số định danh cá nhân, 12 digits; empty for a person not yet identified
    full_name: str
    born_on: date | None
    sex: Sex | None
    phone: str
    email: str
    address: Address | None
    born_precision: BirthPrecision = BirthPrecision.DAY


@dataclass(frozen=True, slots=True)
class FamilyMember:
    person: PersonView
    relation: Relation


@dataclass(frozen=True, slots=True)
class OrganisationView:
    id: OrganisationId
    tax_code: str
    name: str
    kind: OrganisationKind
    address: Address | None


@dataclass(frozen=True, slots=True)
class AccountView:
    id: AccountId
    person_id: PersonId | None
    username: str
    assurance: Assurance
    email: str = ""
    claimed_personal_id: str = ""  #: typed at sign-up, proven by nobody yet; never used to find a person
    is_active: bool = True
    must_change_password: bool = False
    language: str = "vi"  #: vi or en: in which they are written to


@dataclass(frozen=True, slots=True)
class Capacities:
    """In whose name a person may act: their own, their family's, their organisations'."""

    person: PersonView
    family: tuple[FamilyMember, ...]
    organisations: tuple[OrganisationView, ...]


@dataclass(frozen=True, slots=True)
class TokenView:
    """An API token without its secret, which nobody can read after it was issued."""

    id: TokenId
    account_id: AccountId
    name: str
    scopes: frozenset[Scope]
    seat_id: UUID | None
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenOnRecord:
    """A token as administrators and auditors see it: with whose it is."""

    token: TokenView
    username: str
    full_name: str  #: empty for an account without a person


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A fresh token; ``secret`` is shown once."""

    view: TokenView
    secret: str


@dataclass(frozen=True, slots=True)
class TokenBearer:
    """Who stands behind a valid token. ``seat_id`` is set when the token acts for an officer's seat."""

    token_id: TokenId
    account_id: AccountId
    person_id: PersonId | None
    assurance: Assurance
    scopes: frozenset[Scope]
    seat_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProvenIdentity:
    """What an identity provider says of the person who has just signed in there."""

    personal_id: str
    full_name: str
    born_on: date | None
    assurance: Assurance
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of the history of a subject. ``before`` holds the fields that changed, as they were."""

    deed: str
    at: datetime
    by_person_id: PersonId | None
    by_role: Role
    before: Mapping[str, object]


class UnknownPerson(Unknown):
    """No person with this id or personal number."""

    code = "identity.unknown_person"


class UnknownOrganisation(Unknown):
    """No organisation with this id or tax code."""

    code = "identity.unknown_organisation"


class UnknownAccount(Unknown):
    """No account with this id or name."""

    code = "identity.unknown_account"


class UnknownToken(Unknown):
    """No such token, or it belongs to another account."""

    code = "identity.unknown_token"


class BadPersonalId(Invalid):
    """The personal number does not have the form of one, or contradicts birth date or sex."""

    code = "identity.bad_personal_id"


class BadTaxCode(Invalid):
    """The tax code is malformed or its check digit is wrong."""

    code = "identity.bad_tax_code"


class PersonalIdTaken(Invalid):
    """Another person already has this personal number."""

    code = "identity.personal_id_taken"


class TaxCodeTaken(Invalid):
    """Another organisation already has this tax code."""

    code = "identity.tax_code_taken"


class UsernameTaken(Invalid):
    """Another account already has this name."""

    code = "identity.username_taken"


class AccountExists(Conflict):
    """The person already has an account."""

    code = "identity.account_exists"


class AlreadyRelated(Conflict):
    """The two are already linked in this way on these dates."""

    code = "identity.already_related"


class ImpossibleDates(Invalid):
    """The period ends before it begins, or someone is born in the future."""

    code = "identity.impossible_dates"


class MissingName(Invalid):
    """A person or organisation needs a name."""

    code = "identity.missing_name"


class IdentityMismatch(Forbidden):
    """The proven identity is not that of the person who holds the account."""

    code = "identity.mismatch"


class AssuranceTooLow(Forbidden):
    """The identity provider does not vouch surely enough for the personal number."""

    code = "identity.assurance_too_low"


class TokenLivesTooLong(Invalid):
    """A token must expire after its issue and within a year of it."""

    code = "identity.token_lives_too_long"


class NotRepresentative(Forbidden):
    """The person does not represent this organisation."""

    code = "identity.not_representative"
