"""Views of one's own account that allauth does not have, and the sign-in page that gathers every way in."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter as factors
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyView, SeatView
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import AccountId
from motcua.interfaces.design import access, kept_forms
from motcua.interfaces.design.access import ActedRequest
from motcua.kernel.actors import OFFICERS, Assurance

SAMPLE: Final = "demo."  #: names of the sample accounts one may enter with one click


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample account as the sign-in page of a demo shows it."""

    username: str
    full_name: str
    seats: tuple[SeatView, ...]


@dataclass(frozen=True, slots=True)
class SampleGroup:
    """Sample people who do the same kind of thing."""

    title: str
    people: tuple[Sample, ...]


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Every way in on one page: provider, passkey, password and, in a demo, one click."""

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "provider": bool(settings.NODE.oidc_issuer),
            "samples": grouped(samples()) if settings.NODE.offers_demo_sign_in else (),
            "next": access.safe_next(self.request, ""),
        }


def samples() -> tuple[Sample, ...]:
    """Return the sample accounts, officers with their seats."""
    accounts = identity.accounts_named(SAMPLE)
    persons = identity.persons(account.person_id for account in accounts if account.person_id)
    today = access.today()
    return tuple(
        Sample(
            account.username,
            persons[account.person_id].full_name,
            tuple(agencies.seats_of(account.person_id, today)),
        )
        for account in accounts
        if account.person_id in persons
    )


def grouped(people: Iterable[Sample]) -> tuple[SampleGroup, ...]:
    """Return the sample people by what they do: citizens, officers, those who run and audit the node."""
    by_group: dict[str, list[Sample]] = {_("Người dân"): [], _("Cán bộ"): [], _("Quản trị và kiểm toán"): []}
    citizens, officers, keepers = by_group.values()
    for one in people:
        roles = {seat.role for seat in one.seats}
        (officers if roles & OFFICERS else keepers if roles else citizens).append(one)
    return tuple(SampleGroup(title, tuple(found)) for title, found in by_group.items() if found)


@require_POST
@never_cache
def enter_as_sample(request: ActedRequest) -> HttpResponse:
    """Sign in as a sample person. There is no such page outside a demo."""
    username = request.POST.get("username", "")
    if not settings.NODE.offers_demo_sign_in or not username.startswith(SAMPLE):
        raise Http404
    account = identity.account_by_username(username)
    if account is None:
        raise Http404
    user = get_user_model().objects.get(pk=account.id)
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, "demo")
    login = Login(user=user, redirect_url=access.safe_next(request, "") or None)
    response: HttpResponse = perform_login(request, login)
    return response


@require_GET
@never_cache
def security(request: ActedRequest) -> HttpResponse:
    """Everything that protects one's account, on one page."""
    user = cast("AbstractBaseUser", request.user)
    account = identity.account(AccountId(user.pk))
    return render(
        request,
        "account/security.html",
        {
            "account": account,
            "person": identity.person(account.person_id) if account.person_id else None,
            "has_password": user.has_usable_password(),
            "has_factors": factors().is_mfa_enabled(request.user),
            "device_count": len(_devices(request)),
            "is_proven": account.assurance > Assurance.BASIC,
            "provider": bool(settings.NODE.oidc_issuer),
        },
    )


@require_GET
@never_cache
def second_factor(request: ActedRequest) -> HttpResponse:
    """Tell an officer that this door needs more than a password, and lead to what is missing."""
    return render(
        request,
        "account/second_factor.html",
        {
            "has_factors": factors().is_mfa_enabled(request.user),
            "next": access.safe_next(request, "/"),
        },
    )


@require_GET
@never_cache
def kept_form(request: ActedRequest) -> HttpResponse:
    """Offer to send on what was typed when the session had run out; to its owner alone."""
    form = kept_forms.kept(request)
    if form is not None and form.owner == str(request.user.pk):
        return render(request, "account/kept_form.html", {"form": form})
    response = redirect(access.home(request))
    if form is not None:
        messages.warning(request, _("Trên máy này có điều người khác đang điền dở. Chúng tôi đã bỏ đi."))
        kept_forms.forget(request, response)
    return response


@require_GET
@never_cache
def devices(request: ActedRequest) -> HttpResponse:
    """List where one is signed in."""
    return render(request, "account/devices.html", {"devices": _devices(request)})


@require_POST
@never_cache
def sign_out_device(request: ActedRequest, device_id: int) -> HttpResponse:
    """End one session of one's own, on another device or here."""
    device = next((device for device in _devices(request) if device.pk == device_id), None)
    if device is None:
        raise Http404
    if device.is_current():
        return _leave(request)
    device.end()
    messages.success(request, _("Đã đăng xuất khỏi thiết bị đó."))
    return redirect("usersessions_list")


@require_POST
@never_cache
def sign_out_everywhere(request: ActedRequest) -> HttpResponse:
    """End every session of this account, this one last."""
    for device in _devices(request):
        if not device.is_current():
            device.end()
    return _leave(request)


@dataclass(frozen=True, slots=True)
class Capacity:
    """A seat and the agency it belongs to."""

    seat: SeatView
    agency: AgencyView | None
    is_chosen: bool


@never_cache
def capacity(request: ActedRequest) -> HttpResponse:
    """Show in which capacities one may act; POST chooses one.

    Raises NotPermitted for a seat of someone else.
    """
    if request.method == "POST":
        wanted = request.POST.get("seat", "")
        if wanted == "":
            request.session.pop(access.SEAT_KEY, None)
            return HttpResponseRedirect(access.safe_next(request, "/"))
        seat = access.choose_seat(request, wanted)
        return HttpResponseRedirect(access.safe_next(request, access.HOMES[seat.role]))
    held = access.seats(request)
    names = agencies.agencies({seat.agency_id for seat in held})
    chosen = access.chosen_seat(request)
    choices = tuple(Capacity(seat, names.get(seat.agency_id), seat == chosen) for seat in held)
    return render(
        request,
        "account/capacity.html",
        {"choices": choices, "is_citizen": chosen is None, "next": access.safe_next(request, "")},
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer whoever asks too often (429)."""
    return render(request, "account/too_many.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def _devices(request: HttpRequest) -> list[UserSession]:
    return sorted(
        UserSession.objects.purge_and_list(request.user), key=lambda device: device.created_at, reverse=True
    )


def _leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("Bạn đã đăng xuất."))
    return redirect("/")
