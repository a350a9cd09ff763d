"""What identity announces. Ids and facts, never names or numbers of people."""

from dataclasses import dataclass
from uuid import UUID

from motcua.domain.identity.types import AccountId, OrganisationId, PersonId, Relation, TokenId
from motcua.kernel.actors import Assurance
from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(Event):
    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCorrected(Event):
    """``fields`` names what changed, in alphabetical order."""

    person_id: PersonId
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLinked(Event):
    person_id: PersonId
    other_id: PersonId
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLinkEnded(Event):
    person_id: PersonId
    other_id: PersonId
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRegistered(Event):
    organisation_id: OrganisationId


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeAppointed(Event):
    organisation_id: OrganisationId
    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeDismissed(Event):
    organisation_id: OrganisationId
    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    account_id: AccountId
    person_id: PersonId | None
    assurance: Assurance


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProven(Event):
    """An identity provider vouched for the person of this account."""

    account_id: AccountId
    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Event):
    account_id: AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReopened(Event):
    account_id: AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Event):
    token_id: TokenId
    account_id: AccountId
    seat_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    token_id: TokenId
    account_id: AccountId
