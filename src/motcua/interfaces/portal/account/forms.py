"""The forms of allauth in our words. What they check is allauth's."""

from typing import ClassVar, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

Words = dict[str, tuple[str | StrPromise, str | StrPromise]]  #: field → label, help
NEW_PASSWORD: Final[Words] = {
    "password1": (_("Mật khẩu mới"), _("Ít nhất 10 ký tự. Một câu dễ nhớ tốt hơn một từ khó nhớ.")),
    "password2": (_("Nhập lại mật khẩu mới"), ""),
}
CODE: Final[Words] = {
    "code": (_("Mã 6 số hoặc mã dự phòng"), _("Mở ứng dụng xác thực trên điện thoại để xem mã."))
}
EMAIL: Final[Words] = {"email": (_("Địa chỉ e-mail"), "")}
PASSWORD: Final[Words] = {"password": (_("Mật khẩu"), "")}


class Worded(forms.Form):
    """Gives each field our label and help, and takes placeholders away: they vanish when one needs them."""

    words: ClassVar[Words] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignIn(Worded, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = PASSWORD | {
        "login": (_("Tên đăng nhập hoặc e-mail"), ""),
        "remember": (_("Ghi nhớ trên máy này"), _("Đừng chọn khi dùng máy chung.")),
    }


class SignUp(Worded, account.SignupForm):  # type: ignore[misc]  # allauth has no types
    """A name, a number that is only a claim, an address to confirm, a password."""

    words: ClassVar[Words] = EMAIL | {
        "password1": (_("Mật khẩu"), NEW_PASSWORD["password1"][1]),
        "password2": (_("Nhập lại mật khẩu"), ""),
    }
    field_order = ["full_name", "personal_id", "email", "password1", "password2"]

    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    personal_id = forms.RegexField(
        r"^[0-9]{12}$",
        label=_("Số định danh cá nhân"),
        help_text=_("12 chữ số trên thẻ căn cước. Bạn sẽ xác minh số này sau, qua Định danh quốc gia."),
        error_messages={"invalid": _("Số định danh gồm đúng 12 chữ số.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "maxlength": "12"}),
    )


class ChangePassword(Worded, account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = NEW_PASSWORD | {"oldpassword": (_("Mật khẩu hiện tại"), "")}


class SetPassword(Worded, account.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = NEW_PASSWORD


class ResetPassword(Worded, account.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = EMAIL


class NewPassword(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = NEW_PASSWORD


class PasswordAgain(Worded, account.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = PASSWORD


class AddEmail(Worded, account.AddEmailForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = EMAIL


class ChangeEmail(Worded, account.ChangeEmailForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = EMAIL


class SecondFactor(Worded, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = CODE


class SecondFactorAgain(Worded, mfa.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = CODE


class ActivateCodes(Worded, ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = {"code": (_("Mã 6 số ứng dụng đang hiện"), "")}


class AddPasskey(Worded, AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = {
        "name": (_("Tên để bạn nhận ra"), _("Ví dụ: điện thoại của tôi.")),
        "passwordless": (_("Dùng để đăng nhập không cần mật khẩu"), ""),
    }


class RenamePasskey(Worded, EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    words: ClassVar[Words] = {"name": (_("Tên"), "")}
