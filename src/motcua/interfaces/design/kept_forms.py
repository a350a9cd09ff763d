"""What was typed when a session had run out is kept while its owner signs in again; no script needed.

A form sent without a session is answered with the sign-in page. Its fields would be gone, so they are laid aside:
encrypted, in the visitor's new session, under a key that only a cookie of this browser holds, for half an hour.
After the sign-in a page offers to send them on. Nothing is sent by itself, and nothing is applied or even shown to
anybody but the account whose session had run out: a signed cookie, set at sign-in and removed at sign-out, says
whose that was. Files are not kept; the page says which have to be chosen again.

Source: WCAG 2.2 success criterion 2.2.5 (re-authenticating without loss of data); RFC 6265bis § 5.6 (cookies).
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url

OWNER_COOKIE, OWNER_SALT = "whose", "motcua.kept_forms.owner"
KEY_COOKIE: Final = "kept"
SESSION_KEY: Final = "kept_form"
KEPT_S: Final = 30 * 60
OWNER_KNOWN_S: Final = 7 * 24 * 3600
MOST_BYTES: Final = 200_000  #: of all fields together; a form of a procedure has some thousands
NEVER_KEPT: Final = frozenset({"csrfmiddlewaretoken"})
SECRETS: Final = ("password", "code", "credential")  #: fields named so are never kept


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form laid aside: where it was going, whose it is, its fields in their order, names of its files."""

    owner: str  #: id of the account
    address: str
    page: str  #: where it was filled in
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]


def keep_forms_of_expired_sessions(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Lay aside what a form held when its session had run out, and remember whose session it is."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_sent_on = _is_sent_on(request)
        response = answer(request)
        if is_sent_on:
            forget(request, response)
        elif _was_sent_to_sign_in(request, response):
            _keep(request, response)
        if request.session.modified:
            _remember_owner(request, response)
        return response

    return middleware


def kept(request: HttpRequest) -> KeptForm | None:
    """Return the form that was laid aside in this browser, whoever's it is; None if there is none or it is too old."""
    packed, key = request.session.get(SESSION_KEY, ""), request.COOKIES.get(KEY_COOKIE, "")
    if not packed or not key:
        return None
    try:
        told = json.loads(Fernet(key).decrypt(packed.encode(), ttl=KEPT_S))
    except (InvalidToken, ValueError):
        return None
    fields = tuple((name, value) for name, value in told["fields"])
    return KeptForm(told["owner"], told["address"], told["page"], fields, tuple(told["files"]))


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """Throw away what was laid aside, and its key."""
    request.session.pop(SESSION_KEY, None)
    response.delete_cookie(KEY_COOKIE, samesite="Lax")


def _is_sent_on(request: HttpRequest) -> bool:
    """Tell whether this request is the form laid aside, sent again by somebody signed in; it is spent then."""
    if request.method != "POST" or KEY_COOKIE not in request.COOKIES or not _is_signed_in(request):
        return False
    form = kept(request)
    return form is None or form.address == request.get_full_path()


def _keep(request: HttpRequest, response: HttpResponseBase) -> None:
    """Lay the fields aside and lead from the sign-in to the page that offers them."""
    form = _form_of(request)
    if form is None:
        return
    key = Fernet.generate_key()
    request.session[SESSION_KEY] = Fernet(key).encrypt(json.dumps(asdict(form)).encode()).decode()
    response.headers["Location"] = f"{resolve_url('account_login')}?next={resolve_url('account_kept_form')}"
    response.set_cookie(
        KEY_COOKIE,
        key.decode(),
        max_age=KEPT_S,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _form_of(request: HttpRequest) -> KeptForm | None:
    """Return what there is to keep; None without an owner, without a field, or with too much of them."""
    owner = _owner(request)
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT and not any(secret in name for secret in SECRETS)
        for value in map(str, values)
    )
    size = sum(len(name) + len(value) for name, value in fields)
    if not owner or not fields or size > MOST_BYTES:
        return None
    files = tuple(one.name or "" for _, sent in request.FILES.lists() for one in sent)
    return KeptForm(owner, request.get_full_path(), _page_of(request), fields, files)


def _page_of(request: HttpRequest) -> str:
    seen = urlsplit(request.headers.get("Referer") or "")
    return seen.path if seen.netloc == request.get_host() else "/"


def _was_sent_to_sign_in(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.method == "POST"
        and isinstance(response, HttpResponseRedirect)
        and urlsplit(response.url).path == resolve_url("account_login")
        and "text/html" in request.headers.get("Accept", "text/html")
        and not _is_signed_in(request)
    )


def _is_signed_in(request: HttpRequest) -> bool:
    return hasattr(request, "user") and request.user.is_authenticated


def _owner(request: HttpRequest) -> str:
    try:
        return request.get_signed_cookie(OWNER_COOKIE, "", salt=OWNER_SALT, max_age=OWNER_KNOWN_S) or ""
    except BadSignature:
        return ""


def _remember_owner(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say in a cookie whose session this is. Who signs out takes it along; who merely stays away does not."""
    if _is_signed_in(request):
        response.set_signed_cookie(
            OWNER_COOKIE,
            str(request.user.pk),
            salt=OWNER_SALT,
            max_age=OWNER_KNOWN_S,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    elif OWNER_COOKIE in request.COOKIES and SESSION_KEY not in request.session:
        response.delete_cookie(OWNER_COOKIE, samesite="Lax")
