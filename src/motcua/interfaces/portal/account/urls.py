"""Addresses of one's own account. Names are allauth's; every page has a permission."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as provider
from django.urls import URLPattern, URLResolver, include, path, re_path

from motcua.interfaces.design.access import for_own_account as own
from motcua.interfaces.design.access import open_to_all as anyone
from motcua.interfaces.portal.account import pages

sign_in: list[URLPattern | URLResolver] = [
    path("dang-nhap/", anyone(pages.SignIn.as_view()), name="account_login"),
    path("dang-nhap/mau/", anyone(pages.enter_as_sample), name="account_enter_as_sample"),
    path("dang-nhap/khoa/", anyone(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("dang-nhap/hai-lop/", anyone(mfa.authenticate), name="mfa_authenticate"),
    path("dang-nhap/da-khoa/", anyone(account.account_inactive), name="account_inactive"),
    path("dang-xuat/", anyone(account.logout), name="account_logout"),
    path("dang-ky/", anyone(account.signup), name="account_signup"),
    path("dinh-danh/<slug:provider_id>/", anyone(provider.login), name="openid_connect_login"),
    path("dinh-danh/<slug:provider_id>/ve/", anyone(provider.callback), name="openid_connect_callback"),
    path("dinh-danh-da-huy/", anyone(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("dinh-danh-loi/", anyone(social.login_error), name="socialaccount_login_error"),
]
recovery_by_mail: list[URLPattern | URLResolver] = [
    path("xac-nhan-email/", anyone(account.email_verification_sent), name="account_email_verification_sent"),
    re_path(
        r"^xac-nhan-email/(?P<key>[-:\w]+)/$", anyone(account.confirm_email), name="account_confirm_email"
    ),
    path("quen-mat-khau/", anyone(account.password_reset), name="account_reset_password"),
    path("quen-mat-khau/da-gui/", anyone(account.password_reset_done), name="account_reset_password_done"),
    path(
        "quen-mat-khau/xong/",
        anyone(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        anyone(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
protection: list[URLPattern | URLResolver] = [
    path("", own(pages.security), name="account_security"),
    path("vai-tro/", own(pages.capacity), name="account_capacity"),
    path("gui-tiep/", own(pages.kept_form), name="account_kept_form"),
    path("can-hai-lop/", own(pages.second_factor), name="account_second_factor"),
    path("thiet-bi/", own(pages.devices), name="usersessions_list"),
    path("thiet-bi/<int:device_id>/dang-xuat/", own(pages.sign_out_device), name="account_sign_out_device"),
    path("thiet-bi/dang-xuat-tat-ca/", own(pages.sign_out_everywhere), name="account_sign_out_everywhere"),
    path("email/", own(account.email), name="account_email"),
    path("mat-khau/", own(account.password_change), name="account_change_password"),
    path("mat-khau/dat/", own(account.password_set), name="account_set_password"),
    path("xac-nhan/", own(account.reauthenticate), name="account_reauthenticate"),
    path("xac-nhan/ma/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("xac-nhan/khoa/", own(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("hai-lop/", own(mfa.index), name="mfa_index"),
    path("hai-lop/ma/bat/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("hai-lop/ma/tat/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("hai-lop/du-phong/", own(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("hai-lop/du-phong/tao/", own(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("hai-lop/du-phong/tai/", own(recovery.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("hai-lop/khoa/", own(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("hai-lop/khoa/them/", own(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("hai-lop/khoa/<int:pk>/xoa/", own(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("hai-lop/khoa/<int:pk>/sua/", own(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include([*sign_in, *recovery_by_mail, *protection])),
]
