"""Who may call an operation, as whom, how large and how often.

Every operation says whom it admits with ``admits`` or ``admits_anyone``; a system-wide test reads
``view.permission``. A caller is a bearer token, or a session of the same site with its CSRF token. A session
of an officer acts in the seat it has chosen, or in the first one that is admitted. What holds for the pages of
a session holds here too: a first password is changed first, and officers show their second factor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.cache import cache, caches
from django.http import HttpRequest
from ninja.utils import check_csrf

from motcua.domain.identity import commands as identity
from motcua.domain.identity.types import Scope
from motcua.interfaces.api.problems import (
    CrossSite,
    LengthMissing,
    NotSignedIn,
    PasswordChangeDue,
    ScopeMissing,
    SecondFactorMissing,
    TooLarge,
    TooMany,
)
from motcua.interfaces.design import access
from motcua.interfaces.design.access import NOBODY, OPEN, Permission
from motcua.kernel import clock
from motcua.kernel.actors import Actor, NotPermitted, Role

F = TypeVar("F", bound=Callable[..., Any])

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_LIMIT: Final = 1_000_000  #: bytes, unless the operation says otherwise
_WINDOW_S: Final = 60


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the actor, and a name under which keys and rates are counted."""

    actor: Actor
    name: str


def admits(*roles: Role, body_limit: int = BODY_LIMIT) -> Callable[[F], F]:
    """Say that an operation is for signed-in people in one of ``roles``."""
    return _declare(Permission(roles=frozenset(roles), needs_sign_in=True), body_limit)


def admits_anyone(view: F) -> F:
    """Say that an operation is for everyone, signed in or not."""
    return _declare(OPEN, BODY_LIMIT)(view)


def changes_nothing(view: F) -> F:
    """Say that an operation only calculates, though its questions come in the body of a POST.

    It needs no key, no CSRF token and no scope but reading.
    """
    view.changes_nothing = True  # type: ignore[attr-defined]  # read by ``is_deed``
    return view


def is_deed(method: str, view: Callable[..., Any]) -> bool:
    """Tell whether a request changes something if it is granted."""
    return method not in SAFE and not getattr(view, "changes_nothing", False)


def permission_of(view: Callable[..., Any]) -> Permission:
    """Return whom an operation admits. One that does not say so is a mistake found at the start."""
    permission: Permission = view.permission  # type: ignore[attr-defined]  # set by ``admits``
    return permission


def caller(request: HttpRequest, permission: Permission, *, needs: Scope) -> Caller:
    """Return who calls.

    Raises NotSignedIn, NotPermitted, ScopeMissing, CrossSite, PasswordChangeDue, SecondFactorMissing.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        found = _program(secret.strip(), needs)
    elif request.user.is_authenticated:
        found = _session(request, permission, needs)
    else:
        found = Caller(NOBODY, f"address:{request.META.get('REMOTE_ADDR', '')}")
    if permission.needs_sign_in and found.actor == NOBODY:
        raise NotSignedIn
    if permission.needs_sign_in and found.actor.role not in permission.roles:
        raise NotPermitted(role=found.actor.role, needed=sorted(permission.roles))
    return found


def refuse_if_too_large(request: HttpRequest, limit: int) -> None:
    """Refuse by the announced length, before a byte of the body is read. Raises TooLarge, LengthMissing."""
    if "Transfer-Encoding" in request.headers and not request.META.get("CONTENT_LENGTH"):
        raise LengthMissing
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdecimal() or int(announced) > limit:
        raise TooLarge(limit_bytes=limit)


def refuse_if_too_many(name: str, *, limit: int | None = None) -> None:
    """Count what happens under ``name`` within a minute, in the cache all processes share.

    ``limit`` is that of a caller's requests unless told.
    """
    limit = settings.API_REQUESTS_PER_MINUTE if limit is None else limit
    now_s = int(clock.now().timestamp())
    key = f"api-rate:{name}:{now_s // _WINDOW_S}"
    cache.add(key, 0, timeout=_WINDOW_S * 2)
    try:
        count = cache.incr(key)
    except ValueError:  # the window ended between the two lines
        return
    if count > limit:
        raise TooMany(limit=limit, retry_after_s=_WINDOW_S - now_s % _WINDOW_S)


def _program(secret: str, needs: Scope) -> Caller:
    now = clock.now()
    program = access.program(secret, at=now)
    if program is None:
        raise NotSignedIn
    if needs not in program.scopes:
        raise ScopeMissing
    if caches["local"].add(f"api-token-noted:{program.token_id}", value=True, timeout=_WINDOW_S):
        identity.note_token_use(program.token_id, actor=program.actor, at=now)
    return Caller(program.actor, _name(program.actor))


def _session(request: HttpRequest, permission: Permission, needs: Scope) -> Caller:
    if needs is Scope.WRITE and check_csrf(request) is not None:
        raise CrossSite
    actor = _actor_of_session(request, permission)
    if permission.needs_sign_in:
        if getattr(request.user, "must_change_password", False):
            raise PasswordChangeDue
        in_seat = actor.role is not Role.CITIZEN
        if in_seat and settings.NODE.second_factor_required and not access.is_strong(request):
            raise SecondFactorMissing
    return Caller(actor, _name(actor))


def _actor_of_session(request: HttpRequest, permission: Permission) -> Actor:
    """Return the session's owner in the chosen seat, or in the first that is admitted, or as a citizen."""
    seat = access.chosen_seat(request)
    if seat is None or seat.role not in permission.roles:
        seat = next((held for held in access.seats(request) if held.role in permission.roles), None)
    return access.officer(request, seat) if seat is not None else access.citizen(request)


def _name(actor: Actor) -> str:
    return f"{actor.person_id}:{actor.seat_id or ''}"


def _declare(permission: Permission, body_limit: int) -> Callable[[F], F]:
    def declared(view: F) -> F:
        view.permission = permission  # type: ignore[attr-defined]  # read by ``entry`` and by the tests
        view.body_limit = body_limit  # type: ignore[attr-defined]  # read by ``entry``
        return view

    return declared
