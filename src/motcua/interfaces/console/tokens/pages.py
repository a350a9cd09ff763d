"""API tokens of the node: administrators issue their own and revoke anyone's; auditors look.

Nobody gets a key to somebody else's account or seat here: what a program does is done in the name of whoever
holds the key, so that person makes it. The secret is in the answer to the form and nowhere else.
"""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.domain.agencies import queries as agencies
from motcua.domain.agencies.types import AgencyId
from motcua.domain.identity import commands
from motcua.domain.identity import queries as identity
from motcua.domain.identity.types import (
    IssuedToken,
    PersonId,
    Scope,
    TokenId,
    TokenLivesTooLong,
    TokenOnRecord,
    TokenView,
    UnknownAccount,
)
from motcua.interfaces.design.access import ActedRequest, for_admins, for_auditors, today
from motcua.interfaces.design.refusals import sentence
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role

USUAL_LIFE: Final = timedelta(days=90)
SCOPES: Final = {Scope.READ: gettext_lazy("Xem"), Scope.WRITE: gettext_lazy("Nộp và xử lý")}
SEAT, CITIZEN = "seat", "citizen"


class TokenForm(forms.Form):
    """What a new token is called, what it may do, as whom, and until when."""

    name = forms.CharField(
        label=gettext_lazy("Tên chương trình"),
        help_text=gettext_lazy("Để sau này nhận ra, ví dụ: Kho dữ liệu của tỉnh."),
        max_length=80,
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Được làm"),
        choices=[(scope.value, words) for scope, words in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    acts_as = forms.ChoiceField(
        label=gettext_lazy("Làm việc với tư cách"),
        choices=[
            (SEAT, gettext_lazy("Vị trí bạn đang giữ")),
            (CITIZEN, gettext_lazy("Chính bạn, như một người dân")),
        ],
        widget=forms.RadioSelect,
    )
    last_day = forms.DateField(
        label=gettext_lazy("Dùng được đến hết ngày"),
        help_text=gettext_lazy("Lâu nhất là một năm."),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-12 num"}, format="%Y-%m-%d"),
    )


@for_auditors
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: ActedRequest) -> HttpResponse:
    """List tokens, newest first; issue one, whose secret is shown this once."""
    initial = {"last_day": today() + USUAL_LIFE, "scopes": [Scope.READ.value], "acts_as": SEAT}
    form, issued = TokenForm(initial=initial), None
    if request.method == "POST":
        request.actor.require(Role.ADMIN)
        form = TokenForm(request.POST)
        issued = _issued(form, actor=request.actor) if form.is_valid() else None
        if issued is not None:
            form = TokenForm(initial=initial)
    at = clock.now()
    page = identity.tokens_on_record(actor=request.actor, after=request.GET.get("after") or None)
    agency = agencies.agency(AgencyId(request.actor.agency_id)) if request.actor.agency_id else None
    facts = {
        "page": page,
        "lines": [_line(one, at) for one in page.items],
        "form": form if request.actor.role is Role.ADMIN else None,
        "issued": issued,
        "agency": agency,
    }
    return render(request, "console/tokens/tokens.html", facts, status=422 if form.errors else 200)


@for_admins
@require_POST
def revoke(request: ActedRequest, token_id: UUID) -> HttpResponse:
    """Make a token useless at once."""
    commands.revoke_token(TokenId(token_id), actor=request.actor, at=clock.now())
    messages.success(request, _("Đã thu hồi. Chương trình giữ mã này không vào được nữa."))
    return redirect("console:tokens")


def _issued(form: TokenForm, *, actor: Actor) -> IssuedToken | None:
    """Issue a token to the administrator's own account; what is refused is said in the form."""
    said, at = form.cleaned_data, clock.now()
    account = identity.account_of_person(PersonId(actor.person_id)) if actor.person_id else None
    if account is None:
        raise UnknownAccount(person_id=str(actor.person_id))
    end = datetime.combine(said["last_day"] + timedelta(days=1), time(), clock.VIETNAM)
    try:
        return commands.issue_token(
            account.id,
            name=said["name"],
            scopes=[Scope(scope) for scope in said["scopes"]],
            expires_at=end,
            seat_id=actor.seat_id if said["acts_as"] == SEAT else None,
            actor=actor,
            at=at,
        )
    except TokenLivesTooLong as refusal:
        form.add_error("last_day", sentence(refusal.code, refusal.facts))
        return None


def _line(one: TokenOnRecord, at: datetime) -> dict[str, object]:
    """Return a token as it is drawn: whose, what for, and whether it still opens."""
    tone, picture, words = _state(one.token, at)
    return {
        "token": one.token,
        "owner": one.full_name or one.username,
        "scopes": ", ".join(str(SCOPES[scope]) for scope in SCOPES if scope in one.token.scopes),
        "last_day": clock.local_date(one.token.expires_at - timedelta(seconds=1)),
        "tone": tone,
        "icon": picture,
        "state": words,
        "is_open": tone == "ok",
    }


def _state(token: TokenView, at: datetime) -> tuple[str, str, str]:
    if token.revoked_at is not None:
        return "", "ban", _("Đã thu hồi")
    if token.expires_at <= at:
        return "", "clock", _("Hết hạn")
    return "ok", "check", _("Dùng được")
