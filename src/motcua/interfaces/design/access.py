"""Who may enter a page, and in which capacity they then act.

Every view carries exactly one of these decorators. It leaves ``view.permission`` behind, which a system-wide
test reads, and hands the view an ``ActedRequest``: a request whose ``actor`` is settled.

    @for_officers(Role.CLERK)
    def inbox(request: ActedRequest) -> HttpResponse: ...

One person may be a citizen and hold several seats. In the portal everyone acts as a citizen. At the desk and
in the console they act in one seat; the session remembers which. Seats are read afresh for every request
(one query), so a seat that has ended stops working at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, Final, ParamSpec, Protocol, cast
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import SeatView
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import PersonId, Scope, TokenId
from motcua.kernel import clock
from motcua.kernel.actors import OFFICERS, Actor, Assurance, NotPermitted, Role

P = ParamSpec("P")
SEAT_KEY: Final = "seat"  #: in the session: the id of the seat in which its owner last chose to act
STRONG_METHODS: Final = frozenset({"mfa", "socialaccount", "demo"})
NOBODY: Final = Actor(person_id=None, role=Role.CITIZEN, assurance=Assurance.NONE)


HOMES: Final[Mapping[Role, str]] = {
    Role.CITIZEN: "/",
    Role.CLERK: "/ban-lam-viec/",
    Role.HANDLER: "/ban-lam-viec/",
    Role.LEADER: "/ban-lam-viec/",
    Role.ADMIN: "/quan-tri/",
    Role.AUDITOR: "/quan-tri/",
}


@dataclass(frozen=True, slots=True)
class Permission:
    """What a view asks of its visitor."""

    roles: frozenset[Role]
    needs_sign_in: bool


class ActedRequest(HttpRequest):
    """A request whose actor is settled. Only the decorators of this module make one."""

    actor: Actor


class View(Protocol[P]):
    """A view that says whom it admits."""

    permission: Permission
    __name__: str

    def __call__(self, request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase: ...


ActedView = Callable[Concatenate[ActedRequest, P], HttpResponseBase]
OPEN: Final = Permission(roles=frozenset(Role) - {Role.SYSTEM}, needs_sign_in=False)
PEOPLE: Final = Permission(roles=frozenset({Role.CITIZEN}), needs_sign_in=True)


def open_to_all(view: ActedView[P]) -> View[P]:
    """Admit anyone. The actor is the signed-in citizen, or ``NOBODY``."""

    @wraps(view)
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(_acted(request, _own(request)), *args, **kwargs)

    return _declared(entered, OPEN)


def for_people(view: ActedView[P]) -> View[P]:
    """Admit whoever is signed in, as a citizen."""

    @wraps(view)
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if _must_change_password(request):
            return _go(request, "account_change_password")
        return view(_acted(request, citizen(request)), *args, **kwargs)

    return _declared(entered, PEOPLE)


def for_own_account(view: ActedView[P]) -> View[P]:
    """Admit whoever is signed in to their own account, even before they changed a first password.

    An account without a person acts as ``NOBODY`` here.
    """

    @wraps(view)
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(_acted(request, _own(request)), *args, **kwargs)

    return _declared(entered, PEOPLE)


def for_seats(*roles: Role) -> Callable[[ActedView[P]], View[P]]:
    """Admit who holds, today, a seat with one of ``roles``, and acts in it.

    Raises NotPermitted for everyone else who is signed in.
    """
    permission = Permission(roles=frozenset(roles), needs_sign_in=True)

    def guarded(view: ActedView[P]) -> View[P]:
        @wraps(view)
        def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            seat = _seat_to_act_in(request, permission.roles)
            if _must_change_password(request):
                return _go(request, "account_change_password")
            if settings.NODE.second_factor_required and not is_strong(request):
                return _go(request, "account_second_factor")
            return view(_acted(request, officer(request, seat)), *args, **kwargs)

        return _declared(entered, permission)

    return guarded


def for_officers(*roles: Role) -> Callable[[ActedView[P]], View[P]]:
    """Admit clerks, handlers and leaders, or only those of them named."""
    return for_seats(*(roles or OFFICERS))


def for_admins(view: ActedView[P]) -> View[P]:
    """Admit administrators."""
    return for_seats(Role.ADMIN)(view)


def for_auditors(view: ActedView[P]) -> View[P]:
    """Admit auditors and administrators."""
    return for_seats(Role.AUDITOR, Role.ADMIN)(view)


# ── capacities ───────────────────────────────────────────────────────────────────────────────────────


def citizen(request: HttpRequest) -> Actor:
    """Return the signed-in person as a citizen. Raises NotPermitted for an account without a person."""
    account = request.user
    person_id = getattr(account, "person_id", None)
    if person_id is None:
        raise NotPermitted(role=Role.CITIZEN, needed=[Role.CITIZEN])
    return Actor(person_id, Role.CITIZEN, assurance=assurance(request))


def officer(request: HttpRequest, seat: SeatView) -> Actor:
    """Return the holder of ``seat`` as an actor."""
    return Actor(
        person_id=seat.person_id,
        role=seat.role,
        agency_id=seat.agency_id,
        seat_id=seat.id,
        assurance=assurance(request),
    )


def seats(request: HttpRequest) -> tuple[SeatView, ...]:
    """Return the seats the signed-in person holds today, read once per request."""
    known = cast("tuple[SeatView, ...] | None", getattr(request, "_seats", None))
    if known is None:
        person_id = getattr(request.user, "person_id", None)
        known = tuple(agencies.seats_of(PersonId(person_id), today())) if person_id else ()
        request._seats = known  # type: ignore[attr-defined]  # a memo for this request
    return known


def today() -> date:
    """Return the date in Vietnam."""
    return clock.local_date(clock.now())


def chosen_seat(request: HttpRequest) -> SeatView | None:
    """Return the seat the session remembers, if its owner still holds it."""
    wanted = request.session.get(SEAT_KEY)
    return next((seat for seat in seats(request) if str(seat.id) == wanted), None)


def choose_seat(request: HttpRequest, seat_id: str) -> SeatView:
    """Act in another of one's own seats from now on. Raises NotPermitted for a seat of someone else."""
    seat = next((seat for seat in seats(request) if str(seat.id) == seat_id), None)
    if seat is None:
        raise NotPermitted(role=Role.CITIZEN, needed=["seat"])
    _sit(request, seat_id)
    return seat


def home(request: HttpRequest) -> str:
    """Return where someone begins after signing in: at the place of their first seat, else in the portal."""
    held = seats(request)
    return HOMES[(chosen_seat(request) or held[0]).role if held else Role.CITIZEN]


def assurance(request: HttpRequest) -> Assurance:
    """Return how surely this session is its account's person.

    A password alone never makes more than BASIC, however well the account once proved its identity.
    """
    proven = Assurance(getattr(request.user, "assurance", Assurance.NONE))
    return proven if is_strong(request) else min(proven, Assurance.BASIC)


def is_strong(request: HttpRequest) -> bool:
    """Tell whether the session was opened with a passkey, a second factor or by the identity provider."""
    return any(
        record["method"] in STRONG_METHODS for record in get_authentication_records(request, request.user)
    )


@dataclass(frozen=True, slots=True)
class Program:
    """A program that showed a valid API token, the actor it speaks for and what it may do."""

    token_id: TokenId
    actor: Actor
    scopes: frozenset[Scope]


def program(secret: str, *, at: datetime) -> Program | None:
    """Return who a program with this API token acts as; None if the token or its seat no longer holds.

    One query for a citizen's token, two for one that acts in a seat.
    """
    bearer = identity.actor_by_token(secret, at=at)
    if bearer is None or bearer.person_id is None:
        return None
    if bearer.seat_id is None:
        actor = Actor(bearer.person_id, Role.CITIZEN, assurance=bearer.assurance)
        return Program(bearer.token_id, actor, bearer.scopes)
    held = agencies.seats_of(bearer.person_id, clock.local_date(at))
    seat = next((seat for seat in held if seat.id == bearer.seat_id), None)
    if seat is None:
        return None
    actor = Actor(bearer.person_id, seat.role, seat.agency_id, seat.id, bearer.assurance)
    return Program(bearer.token_id, actor, bearer.scopes)


# ── ways out ─────────────────────────────────────────────────────────────────────────────────────────


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Return where ``next`` leads if that is a page of this site, else ``fallback``, which may be empty."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure()):
        return wanted
    return resolve_url(fallback) if fallback else ""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the visitor to sign in and, afterwards, back to the page they were on."""
    return _go(request, "account_login")


def _go(request: HttpRequest, name: str) -> HttpResponse:
    """Redirect to the page ``name``, with the way back in ``next``; a fragment's whole page is redirected."""
    query = QueryDict(mutable=True)
    query[REDIRECT_FIELD_NAME] = _page_of(request)
    target = f"{resolve_url(name)}?{query.urlencode(safe='/')}"
    if _is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _page_of(request: HttpRequest) -> str:
    """Return the page the visitor sees: for a form or a fragment, the one it was sent from."""
    if request.method in {"GET", "HEAD"} and not _is_fragment(request):
        return request.get_full_path()
    seen = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if seen.netloc != request.get_host():
        return "/"
    return f"{seen.path}?{seen.query}" if seen.query else seen.path


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers


def _seat_to_act_in(request: HttpRequest, roles: frozenset[Role]) -> SeatView:
    chosen = chosen_seat(request)
    if chosen is None:
        chosen = next((seat for seat in seats(request) if seat.role in roles), None)
        if chosen is not None:
            _sit(request, str(chosen.id))
    if chosen is None or chosen.role not in roles:
        raise NotPermitted(role=chosen.role if chosen else Role.CITIZEN, needed=sorted(roles))
    return chosen


def _sit(request: HttpRequest, seat_id: str) -> None:
    """Remember the seat; whoever sits on one has to sign in again at the end of a working day."""
    request.session[SEAT_KEY] = seat_id
    request.session.set_expiry(settings.NODE.session_age_officer_s)


def _own(request: HttpRequest) -> Actor:
    return citizen(request) if getattr(request.user, "person_id", None) else NOBODY


def _must_change_password(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "must_change_password", False))


def _acted(request: HttpRequest, actor: Actor) -> ActedRequest:
    acted = cast("ActedRequest", request)
    acted.actor = actor
    return acted


def _declared(
    entered: Callable[Concatenate[HttpRequest, P], HttpResponseBase], permission: Permission
) -> View[P]:
    view = cast("View[P]", entered)
    view.permission = permission
    return view
