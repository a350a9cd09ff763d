"""Keys for programs. The secret leaves this module once, when it is issued; its hash stays."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.domain.identity import queries
from motcua.domain.identity.commands._trace import leave_trace
from motcua.domain.identity.events import TokenIssued, TokenRevoked
from motcua.domain.identity.models import ApiToken
from motcua.domain.identity.rules import tokens
from motcua.domain.identity.types import (
    AccountId,
    AccountView,
    IssuedToken,
    Scope,
    TokenId,
    TokenLivesTooLong,
    UnknownToken,
)
from motcua.kernel.actors import Actor, NotPermitted, Role
from motcua.kernel.ids import uuid7
from motcua.platform.outbox import commands as outbox

USE_RESOLUTION = timedelta(minutes=1)


@transaction.atomic
def issue_token(
    account_id: AccountId,
    *,
    name: str,
    scopes: Iterable[Scope],
    expires_at: datetime,
    seat_id: UUID | None = None,
    actor: Actor,
    at: datetime,
) -> IssuedToken:
    """Make a key to an account, for its own person to hand to a program.

    A key for a seat can only be made by the actor who sits in it. Raises UnknownAccount, NotPermitted,
    TokenLivesTooLong. Announces TokenIssued.
    """
    _refuse_stranger(queries.account(account_id), actor)
    if seat_id is not None and seat_id != actor.seat_id:
        raise NotPermitted(role=actor.role, needed=["seat"])
    if not at < expires_at <= at + tokens.LONGEST_LIFE:
        raise TokenLivesTooLong(fields={"expires_at": TokenLivesTooLong.code})
    secret = tokens.fresh_secret()
    row = ApiToken.objects.create(
        pk=uuid7(at),
        account_id=account_id,
        seat_id=seat_id,
        name=name.strip(),
        secret_sha256=tokens.digest(secret),
        scopes=sorted({scope.value for scope in scopes}),
        created_at=at,
        expires_at=expires_at,
    )
    facts = {"account": str(account_id), "scopes": row.scopes, "expires_at": expires_at.isoformat()}
    leave_trace("issue_token", row.pk, actor=actor, at=at, facts=facts)
    outbox.announce(TokenIssued(at=at, token_id=TokenId(row.pk), account_id=account_id, seat_id=seat_id))
    return IssuedToken(queries.token_view(row), secret)


@transaction.atomic
def revoke_token(token_id: TokenId, *, actor: Actor, at: datetime) -> None:
    """Make a key useless at once. May be repeated. Raises UnknownToken. Announces TokenRevoked."""
    row = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if row is None:
        raise UnknownToken(token_id=str(token_id))
    account_id = AccountId(row.account_id)
    _refuse_stranger(queries.account(account_id), actor)
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    leave_trace("revoke_token", row.pk, actor=actor, at=at, facts={"account": str(account_id)})
    outbox.announce(TokenRevoked(at=at, token_id=token_id, account_id=account_id))


@transaction.atomic
def note_token_use(token_id: TokenId, *, actor: Actor, at: datetime) -> None:
    """Remember when a key was last used, to the minute; a busy program writes once a minute, not once a call.

    Leaves no trace of its own: what the program does leaves one.
    """
    actor.require(*Role)
    stale = Q(last_used_at=None) | Q(last_used_at__lt=at - USE_RESOLUTION)
    ApiToken.objects.filter(stale, pk=token_id).update(last_used_at=at)


def _refuse_stranger(account: AccountView, actor: Actor) -> None:
    if account.person_id is None or account.person_id != actor.person_id:
        actor.require(Role.ADMIN, Role.SYSTEM)
