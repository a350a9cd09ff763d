"""Open and close ways to sign in, and prove whose they are.

Three roads lead to an account, and only two of them to a personal number:

* ``sign_up``      anyone, by e-mail. The number they type is a claim and binds nothing.
* ``open_account`` an administrator, for a person on record.
* ``admit``        whoever comes from the identity provider: the provider's number finds the person.

A number that someone else has proven is never handed to a second account: neither by claiming it first
nor by connecting late.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from motcua.domain.identity import queries
from motcua.domain.identity.commands._trace import leave_trace, refusing
from motcua.domain.identity.commands.persons import correct_person, register_person
from motcua.domain.identity.events import AccountClosed, AccountOpened, AccountReopened, IdentityProven
from motcua.domain.identity.models import Account
from motcua.domain.identity.rules.persons import refuse_if_malformed
from motcua.domain.identity.types import (
    AccountExists,
    AccountId,
    AccountView,
    AssuranceTooLow,
    IdentityMismatch,
    PersonId,
    PersonView,
    ProvenIdentity,
    UnknownAccount,
    UsernameTaken,
)
from motcua.kernel.actors import Actor, Assurance, Role
from motcua.kernel.ids import uuid7
from motcua.platform.outbox import commands as outbox


@transaction.atomic
def open_account(
    username: str,
    *,
    password: str | None,
    person_id: PersonId | None,
    assurance: Assurance = Assurance.BASIC,
    email: str = "",
    language: str = "vi",
    must_change_password: bool = False,
    actor: Actor,
    at: datetime,
) -> AccountView:
    """Open an account for a person on record. Without a password, other ways to sign in remain.

    Raises UnknownPerson, UsernameTaken, AccountExists. Announces AccountOpened.
    """
    actor.require(Role.ADMIN, Role.SYSTEM)
    if person_id is not None:
        queries.person(person_id)
    return _open(
        Account(
            username=username,
            person_id=person_id,
            assurance=assurance.value,
            email=email,
            language=language,
            must_change_password=must_change_password,
        ),
        password,
        actor=actor,
        at=at,
    )


@transaction.atomic
def sign_up(
    email: str,
    *,
    full_name: str,
    claimed_personal_id: str,
    password: str | None,
    actor: Actor,
    at: datetime,
) -> AccountView:
    """Open an account for someone who came by themselves.

    The person is new and unidentified: ``claimed_personal_id`` is kept beside the account and looked up by
    nobody, so it tells nothing about whether the number is known here. Raises BadPersonalId, MissingName.
    Announces PersonRegistered and AccountOpened.
    """
    actor.require(Role.SYSTEM)
    refuse_if_malformed(claimed_personal_id)
    person = register_person(full_name, email=email, actor=actor, at=at)
    account = Account(
        username=_generated_name(person.id),
        person_id=person.id,
        assurance=Assurance.BASIC.value,
        email=email,
        claimed_personal_id=claimed_personal_id,
    )
    return _open(account, password, actor=actor, at=at)


@transaction.atomic
def admit(identity: ProvenIdentity, *, actor: Actor, at: datetime) -> AccountView:
    """Return the account of the person an identity provider vouches for; open it at the first visit.

    Raises AssuranceTooLow, BadPersonalId. Announces what it changes. May be repeated. Locks the account.
    """
    actor.require(Role.SYSTEM)
    _refuse_if_unsure(identity)
    person = _person_proven(identity, actor=actor, at=at)
    known = queries.account_of_person(person.id)
    if known is None:
        fresh = Account(username=_generated_name(person.id), person_id=person.id, email=person.email)
        known = _open(fresh, None, actor=actor, at=at)
    return _raise_assurance(known.id, person.id, actor=actor, at=at)


@transaction.atomic
def prove_identity(
    account_id: AccountId, identity: ProvenIdentity, *, actor: Actor, at: datetime
) -> AccountView:
    """Bind a proven number to an account that someone is signed in to.

    Raises IdentityMismatch when the account's person has another number, or claimed another at sign-up;
    PersonalIdTaken when someone else is on record with this number (they sign in through the provider
    directly); AssuranceTooLow. Announces IdentityProven.
    """
    actor.require(Role.CITIZEN, Role.CLERK, Role.HANDLER, Role.LEADER, Role.ADMIN, Role.AUDITOR)
    _refuse_if_unsure(identity)
    account = queries.account(account_id)
    if account.person_id is None or account.person_id != actor.person_id:
        raise IdentityMismatch(account_id=str(account_id))
    person = queries.person(account.person_id)
    settled = person.personal_id or account.claimed_personal_id or identity.personal_id
    if settled != identity.personal_id:
        raise IdentityMismatch(account_id=str(account_id))
    system = replace(actor, role=Role.SYSTEM)  # the provider speaks, through the node; the person stays named
    correct_person(_as_proven(person, identity), actor=system, at=at)
    return _raise_assurance(account_id, person.id, actor=actor, at=at)


@transaction.atomic
def close_account(account_id: AccountId, *, actor: Actor, at: datetime) -> AccountView:
    """Shut an account: every session and token of it stops at the next request. Announces AccountClosed."""
    actor.require(Role.ADMIN, Role.SYSTEM)
    row = _locked(account_id)
    if row.is_active:
        row.is_active = False
        row.save(update_fields=["is_active"])
        leave_trace("close_account", account_id, actor=actor, at=at)
        outbox.announce(AccountClosed(at=at, account_id=account_id))
    return queries.account_view(row)


@transaction.atomic
def reopen_account(account_id: AccountId, *, actor: Actor, at: datetime) -> AccountView:
    """Open a shut account again. Announces AccountReopened."""
    actor.require(Role.ADMIN, Role.SYSTEM)
    row = _locked(account_id)
    if not row.is_active:
        row.is_active = True
        row.save(update_fields=["is_active"])
        leave_trace("reopen_account", account_id, actor=actor, at=at)
        outbox.announce(AccountReopened(at=at, account_id=account_id))
    return queries.account_view(row)


@transaction.atomic
def speak(account_id: AccountId, language: str, *, actor: Actor, at: datetime) -> AccountView:
    """Remember in which language an account is addressed: ``vi`` or ``en``. A preference; leaves no trace."""
    if queries.account(account_id).person_id != actor.person_id:
        actor.require(Role.ADMIN, Role.SYSTEM)
    row = _locked(account_id)
    row.language = language
    row.save(update_fields=["language"])
    return queries.account_view(row)


@transaction.atomic
def note_security_event(account_id: AccountId, event: str, *, actor: Actor, at: datetime) -> None:
    """Record that a password, factor or address of an account changed; ``event`` is a short stable name.

    Clears ``must_change_password`` when the password was changed.
    """
    actor.require(*Role)
    if event in {"password_changed", "password_reset", "password_set"}:
        Account.objects.filter(pk=account_id).update(must_change_password=False)
    leave_trace(event, account_id, actor=actor, at=at)


def _open(account: Account, password: str | None, *, actor: Actor, at: datetime) -> AccountView:
    account.pk = uuid7(at)
    account.username = account.username.strip().lower()
    account.email = account.email.lower()
    account.created_at = at
    account.set_password(password)
    with refusing(account_username=UsernameTaken, account_person_id=AccountExists):
        account.save(force_insert=True)
    assurance = Assurance(account.assurance)
    leave_trace("open_account", account.pk, actor=actor, at=at, facts={"assurance": assurance.value})
    view = queries.account_view(account)
    outbox.announce(AccountOpened(at=at, account_id=view.id, person_id=view.person_id, assurance=assurance))
    return view


def _person_proven(identity: ProvenIdentity, *, actor: Actor, at: datetime) -> PersonView:
    person = queries.person_by_personal_id(identity.personal_id)
    if person is not None:
        return correct_person(_as_proven(person, identity), actor=actor, at=at)
    return register_person(
        identity.full_name,
        personal_id=identity.personal_id,
        born_on=identity.born_on,
        sex=identity.sex,
        actor=actor,
        at=at,
    )


def _as_proven(person: PersonView, identity: ProvenIdentity) -> PersonView:
    """Return ``person`` with what the provider knows better: number, name, birth, sex."""
    return replace(
        person,
        personal_id=identity.personal_id,
        full_name=identity.full_name or person.full_name,
        born_on=identity.born_on or person.born_on,
        sex=identity.sex or person.sex,
    )


def _raise_assurance(
    account_id: AccountId, person_id: PersonId, *, actor: Actor, at: datetime
) -> AccountView:
    row = _locked(account_id)
    if row.assurance < Assurance.SUBSTANTIAL:
        before = {"assurance": row.assurance}
        row.assurance = Assurance.SUBSTANTIAL.value
        row.claimed_personal_id = ""
        row.save(update_fields=["assurance", "claimed_personal_id"])
        leave_trace("prove_identity", account_id, actor=actor, at=at, before=before)
        outbox.announce(IdentityProven(at=at, account_id=account_id, person_id=person_id))
    return queries.account_view(row)


def _refuse_if_unsure(identity: ProvenIdentity) -> None:
    refuse_if_malformed(identity.personal_id)
    if not identity.personal_id or identity.assurance < Assurance.SUBSTANTIAL:
        raise AssuranceTooLow(assurance=identity.assurance.value)


def _locked(account_id: AccountId) -> Account:
    row = Account.objects.select_for_update().filter(pk=account_id).first()
    if row is None:
        raise UnknownAccount(account_id=str(account_id))
    return row


def _generated_name(person_id: PersonId) -> str:
    """Return a name nobody can guess or squat on; people who come by e-mail or provider never type it."""
    return f"u{person_id.hex}"
