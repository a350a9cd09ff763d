"""How people sign in: the settings of django-allauth, derived from those of the node.

Passwords, passkeys, one-time codes, recovery by e-mail, the list of devices and the identity provider are
allauth's; what a person is, and which number is whose, is ours (``domain.identity``).
"""

from typing import Any

from motcua.config.environment import Mode, node

_NODE = node()
_IN_PRODUCTION = _NODE.mode is Mode.PRODUCTION

AUTHENTICATION_BACKENDS = ["motcua.interfaces.portal.account.adapters.SignIn"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "motcua.interfaces.portal.account.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "motcua.interfaces.portal.account.forms.SignIn",
    "signup": "motcua.interfaces.portal.account.forms.SignUp",
    "change_password": "motcua.interfaces.portal.account.forms.ChangePassword",
    "set_password": "motcua.interfaces.portal.account.forms.SetPassword",
    "reset_password": "motcua.interfaces.portal.account.forms.ResetPassword",
    "reset_password_from_key": "motcua.interfaces.portal.account.forms.NewPassword",
    "reauthenticate": "motcua.interfaces.portal.account.forms.PasswordAgain",
    "add_email": "motcua.interfaces.portal.account.forms.AddEmail",
    "change_email": "motcua.interfaces.portal.account.forms.ChangeEmail",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # without it, sign-up would tell which addresses are known
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False  # mail scanners open links
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{_NODE.name}] "
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _IN_PRODUCTION else "http"

MFA_ADAPTER = "motcua.interfaces.portal.account.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "motcua.interfaces.portal.account.forms.SecondFactor",
    "reauthenticate": "motcua.interfaces.portal.account.forms.SecondFactorAgain",
    "activate_totp": "motcua.interfaces.portal.account.forms.ActivateCodes",
    "add_webauthn": "motcua.interfaces.portal.account.forms.AddPasskey",
    "edit_webauthn": "motcua.interfaces.portal.account.forms.RenamePasskey",
}
MFA_TOTP_ISSUER = _NODE.name
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds either way: cheap phones drift
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _IN_PRODUCTION  # http://localhost in a demo

USERSESSIONS_TRACK_ACTIVITY = False  # it would write on every request; the time of sign-in is shown instead

SOCIALACCOUNT_ADAPTER = "motcua.interfaces.portal.account.adapters.Provider"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # the provider's word binds a number, never a mailbox
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "SCOPE": ["openid", "profile"],
            "APPS": [
                {
                    "provider_id": "quoc-gia",
                    "name": "Định danh quốc gia",
                    "client_id": _NODE.oidc_client_id,
                    "secret": _NODE.oidc_client_secret.get_secret_value(),
                    "settings": {"server_url": _NODE.oidc_issuer},
                }
            ],
        }
    }
    if _NODE.oidc_issuer
    else {}
)
