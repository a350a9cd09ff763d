"""The test kit of identity: people and accounts made by real commands.

Numbers are drawn from a counter, so that a test never meets another test's person.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count

from django.contrib.auth import get_user_model
from django.test import Client

from motcua.domain.identity import commands, queries
from motcua.domain.identity.types import (
    AccountId,
    AccountView,
    Address,
    OrganisationKind,
    OrganisationView,
    PersonId,
    PersonView,
    Relation,
    Sex,
)
from motcua.kernel.actors import SYSTEM, Actor, Assurance, Role

LONG_AGO = datetime(2026, 1, 5, 1, tzinfo=UTC)
HOME = Address("12 Trần Hưng Đạo", "23638")
PASSWORD = "phượng-hoàng-đất-7"

_numbers: Iterator[int] = count(1)


def a_personal_id(*, born_on: date = date(1990, 3, 14), sex: Sex = Sex.FEMALE) -> str:
    """Return a fresh, valid personal number registered in Gia Lai for this birth date and sex."""
    century = 2 * (born_on.year // 100 - 19) + (sex is Sex.FEMALE)
    return f"064{century}{born_on.year % 100:02d}{next(_numbers):06d}"


def a_person(
    full_name: str = "Nguyễn Thị Hoa",
    *,
    personal_id: str | None = None,
    born_on: date = date(1990, 3, 14),
    sex: Sex = Sex.FEMALE,
    phone: str = "0905123456",
    email: str = "",
    address: Address | None = HOME,
    at: datetime = LONG_AGO,
) -> PersonView:
    """Return a registered person with a valid number; ``personal_id=""`` for one not yet identified."""
    number = a_personal_id(born_on=born_on, sex=sex) if personal_id is None else personal_id
    return commands.register_person(
        full_name,
        personal_id=number,
        born_on=born_on,
        sex=sex,
        phone=phone,
        email=email,
        address=address,
        actor=SYSTEM,
        at=at,
    )


def a_child_of(
    parent_id: PersonId, full_name: str = "Nguyễn Minh An", *, at: datetime = LONG_AGO
) -> PersonView:
    """Return a person registered as the child of another."""
    child = a_person(full_name, born_on=date(2019, 9, 2), at=at)
    commands.link_family(parent_id, child.id, Relation.CHILD, since=date(2019, 9, 2), actor=SYSTEM, at=at)
    return child


def an_organisation(
    name: str = "Hộ kinh doanh Hoa Ban",
    *,
    represented_by: PersonId | None = None,
    kind: OrganisationKind = OrganisationKind.HOUSEHOLD_BUSINESS,
    tax_code: str = "",
    at: datetime = LONG_AGO,
) -> OrganisationView:
    """Return a registered organisation, with a representative if asked for."""
    made = commands.register_organisation(name, kind=kind, tax_code=tax_code, actor=SYSTEM, at=at)
    if represented_by is not None:
        commands.appoint_representative(made.id, represented_by, since=at.date(), actor=SYSTEM, at=at)
    return made


def an_account(
    person_id: PersonId | None = None,
    *,
    username: str = "",
    password: str | None = None,
    assurance: Assurance = Assurance.SUBSTANTIAL,
    email: str = "",
    at: datetime = LONG_AGO,
) -> AccountView:
    """Return an account, by default without a password, of ``person_id`` or of a fresh person."""
    return commands.open_account(
        username or f"tai-khoan-{next(_numbers)}",
        password=password,
        person_id=person_id or a_person(at=at).id,
        assurance=assurance,
        email=email,
        actor=SYSTEM,
        at=at,
    )


def a_citizen_account(full_name: str = "Nguyễn Thị Hoa", *, password: str | None = None) -> AccountView:
    """Return the account of a fresh citizen whose identity is proven."""
    return an_account(a_person(full_name).id, password=password)


def a_citizen(person_id: PersonId | None = None, *, assurance: Assurance = Assurance.SUBSTANTIAL) -> Actor:
    """Return a citizen as an actor: a given person or a fresh one."""
    return Actor(person_id or a_person().id, Role.CITIZEN, assurance=assurance)


def sign_in(client: Client, account_id: AccountId) -> AccountView:
    """Sign ``client`` in as surely as the account allows, as if by passkey."""
    client.force_login(get_user_model().objects.get(pk=account_id))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "passwordless": True}]
    session["account_authentication_methods_user"] = str(account_id)
    session.save()
    return queries.account(account_id)
