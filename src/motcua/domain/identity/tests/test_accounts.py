"""An account is one person's way in; a claimed number is not a proven one; a token's secret is shown once."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from motcua.domain.identity import commands, queries
from motcua.domain.identity.models import Account, ApiToken
from motcua.domain.identity.testing import (
    PASSWORD,
    a_citizen,
    a_citizen_account,
    a_person,
    a_personal_id,
    an_account,
)
from motcua.domain.identity.types import (
    AccountExists,
    AccountView,
    AssuranceTooLow,
    IdentityMismatch,
    IssuedToken,
    PersonalIdTaken,
    ProvenIdentity,
    Scope,
    Sex,
    TokenLivesTooLong,
    UsernameTaken,
)
from motcua.kernel.actors import SYSTEM, Actor, Assurance, NotPermitted, Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 5, tzinfo=UTC)


def proven(number: str, *, assurance: Assurance = Assurance.SUBSTANTIAL) -> ProvenIdentity:
    return ProvenIdentity(number, "Nguyễn Thị Hoa", date(1990, 3, 14), assurance, Sex.FEMALE)


def signed_up(number: str = "") -> AccountView:
    return commands.sign_up(
        "hoa@example.vn",
        full_name="Nguyễn Thị Hoa",
        claimed_personal_id=number,
        password=PASSWORD,
        actor=SYSTEM,
        at=NOON,
    )


def owner(account: AccountView) -> Actor:
    assert account.person_id is not None
    return a_citizen(account.person_id, assurance=Assurance.BASIC)


def test_a_claimed_number_gives_no_access_to_the_person_who_has_it() -> None:
    hoa = a_person()

    thief = signed_up(hoa.personal_id)

    assert thief.person_id != hoa.id
    assert thief.assurance is Assurance.BASIC
    assert queries.account_of_person(hoa.id) is None
    assert thief.person_id is not None
    assert queries.person(thief.person_id).personal_id == ""


def test_a_squatter_cannot_keep_the_owner_out() -> None:
    number = a_personal_id()
    squatter = signed_up(number)

    rightful = commands.admit(proven(number), actor=SYSTEM, at=NOON)

    assert rightful.id != squatter.id
    assert rightful.assurance is Assurance.SUBSTANTIAL
    assert rightful.person_id is not None
    assert queries.person(rightful.person_id).personal_id == number


def test_the_provider_leads_back_to_the_same_account() -> None:
    number = a_personal_id()

    first = commands.admit(proven(number), actor=SYSTEM, at=NOON)
    second = commands.admit(proven(number), actor=SYSTEM, at=NOON + timedelta(days=1))

    assert first == second


def test_the_provider_finds_a_person_the_desk_registered() -> None:
    hoa = a_person("Nguyen Thi Hoa")

    account = commands.admit(proven(hoa.personal_id), actor=SYSTEM, at=NOON)

    assert account.person_id == hoa.id
    assert queries.person(hoa.id).full_name == "Nguyễn Thị Hoa"


def test_a_provider_that_is_not_sure_proves_nothing() -> None:
    with pytest.raises(AssuranceTooLow):
        commands.admit(proven(a_personal_id(), assurance=Assurance.BASIC), actor=SYSTEM, at=NOON)
    with pytest.raises(AssuranceTooLow):
        commands.admit(proven(""), actor=SYSTEM, at=NOON)


def test_proving_the_claimed_number_identifies_the_person() -> None:
    number = a_personal_id()
    account = signed_up(number)

    raised = commands.prove_identity(account.id, proven(number), actor=owner(account), at=NOON)

    assert (raised.assurance, raised.claimed_personal_id) == (Assurance.SUBSTANTIAL, "")
    found = queries.person_by_personal_id(number)
    assert found is not None
    assert found.id == account.person_id


def test_an_account_cannot_take_over_the_number_of_another_person() -> None:
    victim = a_person()
    account = signed_up()

    with pytest.raises(PersonalIdTaken):
        commands.prove_identity(account.id, proven(victim.personal_id), actor=owner(account), at=NOON)

    assert queries.account(account.id).assurance is Assurance.BASIC


def test_an_account_cannot_prove_another_number_than_its_own() -> None:
    claimed, settled = signed_up(a_personal_id()), a_citizen_account()

    for account in (claimed, settled):
        with pytest.raises(IdentityMismatch):
            commands.prove_identity(account.id, proven(a_personal_id()), actor=owner(account), at=NOON)


def test_nobody_proves_an_identity_for_someone_else() -> None:
    account = signed_up()

    with pytest.raises(IdentityMismatch):
        commands.prove_identity(account.id, proven(a_personal_id()), actor=a_citizen(), at=NOON)


def test_one_person_one_account_one_name() -> None:
    account = an_account(username="Hoa.Nguyen")

    assert account.username == "hoa.nguyen"
    with pytest.raises(UsernameTaken):
        an_account(username="HOA.NGUYEN")
    with pytest.raises(AccountExists):
        an_account(account.person_id)


def test_only_administrators_open_accounts() -> None:
    with pytest.raises(NotPermitted):
        commands.open_account("a", password=None, person_id=None, actor=a_citizen(), at=NOON)


def test_a_closed_account_opens_again() -> None:
    account = a_citizen_account()

    assert not commands.close_account(account.id, actor=SYSTEM, at=NOON).is_active
    assert commands.reopen_account(account.id, actor=SYSTEM, at=NOON).is_active


def test_passwords_are_stored_as_hashes() -> None:
    account = an_account(password=PASSWORD)

    row = Account.objects.get(pk=account.id)

    assert PASSWORD not in row.password
    assert row.check_password(PASSWORD)


def issued(account: AccountView) -> IssuedToken:
    return commands.issue_token(
        account.id,
        name="Máy chủ kế toán",
        scopes=[Scope.READ],
        expires_at=NOON + timedelta(days=30),
        actor=owner(account),
        at=NOON,
    )


def test_only_the_hash_of_a_token_is_kept() -> None:
    token = issued(a_citizen_account())

    row = ApiToken.objects.get()
    kept = " ".join(str(getattr(row, field.attname)) for field in ApiToken._meta.concrete_fields)

    assert token.secret not in kept
    assert token.secret.removeprefix("mc_") not in kept
    assert token.secret not in repr(queries.history(token.view.id))


def test_a_token_opens_until_it_expires_is_revoked_or_its_account_closes() -> None:
    account = a_citizen_account()
    token, spare = issued(account), issued(account)

    bearer = queries.actor_by_token(token.secret, at=NOON)

    assert bearer is not None
    assert (bearer.account_id, bearer.scopes) == (account.id, frozenset({Scope.READ}))
    assert queries.actor_by_token(token.secret + "x", at=NOON) is None
    assert queries.actor_by_token(token.secret, at=NOON + timedelta(days=30)) is None
    commands.revoke_token(token.view.id, actor=owner(account), at=NOON)
    assert queries.actor_by_token(token.secret, at=NOON) is None
    commands.close_account(account.id, actor=SYSTEM, at=NOON)
    assert queries.actor_by_token(spare.secret, at=NOON) is None


def test_nobody_makes_or_revokes_a_token_of_another_account() -> None:
    account = a_citizen_account()
    token = issued(account)

    with pytest.raises(NotPermitted):
        commands.revoke_token(token.view.id, actor=a_citizen(), at=NOON)
    with pytest.raises(NotPermitted):
        commands.issue_token(
            account.id,
            name="",
            scopes=[],
            expires_at=NOON + timedelta(1),
            actor=a_citizen(),
            at=NOON,
        )


def test_a_token_for_a_seat_is_made_by_who_sits_there() -> None:
    account = a_citizen_account()
    seat = uuid4()
    officer = Actor(account.person_id, Role.CLERK, agency_id=uuid4(), seat_id=seat)

    def ask(seat_id: UUID) -> IssuedToken:
        return commands.issue_token(
            account.id,
            name="Quầy số 1",
            scopes=[Scope.WRITE],
            expires_at=NOON + timedelta(days=1),
            seat_id=seat_id,
            actor=officer,
            at=NOON,
        )

    assert ask(seat).view.seat_id == seat
    with pytest.raises(NotPermitted):
        ask(uuid4())


def test_a_token_lives_a_year_at_most() -> None:
    account = a_citizen_account()

    for life in (timedelta(0), timedelta(days=367)):
        with pytest.raises(TokenLivesTooLong):
            commands.issue_token(
                account.id, name="", scopes=[], expires_at=NOON + life, actor=owner(account), at=NOON
            )


def test_use_is_noted_to_the_minute() -> None:
    token = issued(a_citizen_account())

    commands.note_token_use(token.view.id, actor=SYSTEM, at=NOON)
    commands.note_token_use(token.view.id, actor=SYSTEM, at=NOON + timedelta(seconds=20))

    assert ApiToken.objects.get().last_used_at == NOON
