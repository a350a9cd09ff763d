"""Where django-allauth asks us: who a new account is, whom a provider vouches for, what to tell people.

The adapters translate and delegate; rules stand in ``domain.identity``.
"""

import logging
from base64 import urlsafe_b64encode
from datetime import date
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from motcua.domain.identity import commands
from motcua.domain.identity.types import AccountId, ProvenIdentity, Sex
from motcua.interfaces.design import access
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Assurance
from motcua.kernel.errors import Refusal

LOG: Final = logging.getLogger("motcua.sign_in")
WRONG: Final = _("Tên đăng nhập, e-mail hoặc mật khẩu không đúng.")
SAID: Final = {
    "account/messages/email_confirmed.txt": _("Đã xác nhận e-mail."),
    "account/messages/email_confirmation_sent.txt": _("Đã gửi thư xác nhận. Hãy mở hộp thư của bạn."),
    "account/messages/email_confirmation_failed.txt": _("Không xác nhận được e-mail này."),
    "account/messages/email_deleted.txt": _("Đã bỏ e-mail."),
    "account/messages/logged_out.txt": _("Bạn đã đăng xuất."),
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu."),
    "account/messages/password_set.txt": _("Đã đặt mật khẩu."),
    "account/messages/primary_email_set.txt": _("Đã chọn e-mail chính."),
    "mfa/messages/totp_activated.txt": _("Đã bật mã một lần."),
    "mfa/messages/totp_deactivated.txt": _("Đã tắt mã một lần."),
    "mfa/messages/webauthn_added.txt": _("Đã thêm khóa đăng nhập."),
    "mfa/messages/webauthn_removed.txt": _("Đã bỏ khóa đăng nhập."),
    "mfa/messages/recovery_codes_generated.txt": _("Đã tạo mã dự phòng mới."),
}
STAGES: Final = {
    "allauth.account.stages.EmailVerificationStage": (
        "motcua.interfaces.portal.account.stages.ConfirmAddress"
    )
}


class SignIn(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Names, addresses and passwords are checked by allauth; whose session it is, is read with the person."""

    def get_user(self, user_id: UUID | str) -> AbstractBaseUser | None:
        """Return the account of a session with its person, one query; None once it is closed."""
        account = get_user_model().objects.with_person(user_id)
        return account if account is not None and account.is_active else None


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are opened and traced by commands."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã bị khóa."),
        "duplicate_email": _("Đây đã là e-mail của tài khoản này."),
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "enter_current_password": _("Mật khẩu hiện tại không đúng."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn."),
        "invalid_or_expired_key": _("Đường dẫn không đúng hoặc đã hết hạn."),
        "invalid_password_reset": _("Đường dẫn đặt lại mật khẩu không đúng hoặc đã dùng rồi."),
        "too_many_login_attempts": _("Bạn đã thử sai nhiều lần. Hãy đợi 5 phút rồi thử lại."),
        "rate_limited": _("Bạn gửi quá nhiều yêu cầu. Hãy đợi một lát."),
        "same_as_current": _("Giá trị mới phải khác giá trị hiện tại."),
    }

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Open the account of someone who signs up; nobody acts yet, so the node does."""
        made = commands.sign_up(
            form.cleaned_data["email"],
            full_name=form.cleaned_data["full_name"],
            claimed_personal_id=form.cleaned_data["personal_id"],
            password=form.cleaned_data["password1"],
            actor=SYSTEM,
            at=clock.now(),
        )
        user.pk = made.id
        user.refresh_from_db()
        return user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return access.home(request)

    def add_message(  # noqa: PLR0917  # the signature is allauth's
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say in our words what allauth has a template for; without words of ours, say nothing."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def get_login_stages(self) -> list[str]:
        return [STAGES.get(path, path) for path in super().get_login_stages()]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Note what happened to an account and tell its owner, in one wording for all such events."""
        event = template_prefix.rpartition("/")[2]
        actor = access.citizen(self.request) if getattr(self.request.user, "person_id", None) else SYSTEM
        commands.note_security_event(AccountId(user.pk), event, actor=actor, at=clock.now())
        told = (context or {}) | {"event": event}
        super().send_notification_mail("account/email/notice", user, told, email)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets of one-time codes lie encrypted in the database, under a key made from the node's secret."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn."),
        "unverified_email": _("Hãy xác nhận e-mail trước khi bật bảo vệ hai lớp."),
        "cannot_delete_authenticator": _("Không thể tắt lớp bảo vệ này."),
        "cannot_generate_recovery_codes": _("Hãy bật bảo vệ hai lớp trước khi tạo mã dự phòng."),
    }

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()


class Provider(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The identity provider's personal number, and nothing else, decides which account is meant.

    allauth's own table of links between provider and account is not consulted: it would be a second truth.
    """

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        try:
            identity = proven_identity(sociallogin.account.extra_data)
            if sociallogin.state.get("process") == "connect":
                raise ImmediateHttpResponse(self._prove(request, identity))
            account = commands.admit(identity, actor=SYSTEM, at=clock.now())
        except Refusal as refusal:
            raise ImmediateHttpResponse(refused(request, refusal)) from refusal
        sociallogin.user = get_user_model().objects.get(pk=account.id)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: object = None,
        exception: Exception | None = None,
        extra_context: object = None,
    ) -> None:
        """Leave a line for the operator: the person sees only that it did not work."""
        LOG.warning("identity provider failed: %s %r", error, exception)

    def _prove(self, request: HttpRequest, identity: ProvenIdentity) -> HttpResponse:
        if not request.user.is_authenticated:
            return access.to_sign_in(request)
        commands.prove_identity(
            AccountId(request.user.pk), identity, actor=access.citizen(request), at=clock.now()
        )
        record_authentication(request, request.user, "socialaccount", provider="quoc-gia")
        return redirect("account_security")


def proven_identity(data: dict[str, Any]) -> ProvenIdentity:
    """Return what the provider says, from the identity token and the answer about its user.

    The two must be about the same subject. Source: OpenID Connect Core 1.0 § 5.3.2.
    """
    token, answer = data.get("id_token", {}), data.get("userinfo", {})
    if token.get("sub") != answer.get("sub", token.get("sub")):
        return ProvenIdentity("", "", None, Assurance.NONE)
    said = {**answer, **token}
    wording = settings.NODE.oidc_claims
    born = said.get(wording["born_on"], "")
    sex = said.get(wording["sex"], "")
    sure = str(said.get(wording["assurance"], "")) in settings.NODE.oidc_substantial
    return ProvenIdentity(
        personal_id=str(said.get(wording["personal_id"], "")),
        full_name=str(said.get(wording["full_name"], "")),
        born_on=date.fromisoformat(born) if len(born) == len("2000-01-01") else None,
        assurance=Assurance.SUBSTANTIAL if sure else Assurance.BASIC,
        sex=Sex(sex) if sex in set(Sex) else None,
    )


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say why the provider's word did not open an account, and what to do next."""
    return render(request, "account/identity_refused.html", {"code": refusal.code}, status=403)


def _vault() -> Fernet:
    key = sha256(b"motcua.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
