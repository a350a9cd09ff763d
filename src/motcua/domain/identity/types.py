"""Vocabulary of identity: persons, organisations, accounts and how surely we know them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from motcua.kernel.actors import Assurance
from motcua.kernel.errors import Forbidden, Invalid, Unknown

PersonId = NewType("PersonId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
AccountId = NewType("AccountId", UUID)


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


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


class UnknownPerson(Unknown):
    """No person with this id or personal number."""

    code = "identity.unknown_person"


class UnknownOrganisation(Unknown):
    """No organisation with this id or tax code."""

    code = "identity.unknown_organisation"


class PersonalIdTaken(Invalid):
    """Another person already has this personal number."""

    code = "identity.personal_id_taken"


class NotRepresentative(Forbidden):
    """The person does not represent this organisation."""

    code = "identity.not_representative"
