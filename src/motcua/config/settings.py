"""Django settings, derived from the typed settings of the node. Nothing is read from the environment here."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import django_stubs_ext

from motcua.config import logs, words
from motcua.config.environment import Mode, Storage, node, secret_of
from motcua.config.sign_in import *  # noqa: F403  # the settings of allauth are settings
from motcua.platform.database.queries.embedded import embedded_url

django_stubs_ext.monkeypatch()

NODE = node()
ROOT = Path(__file__).resolve().parent.parent
VAR = NODE.var.resolve()

DEBUG = False
SECRET_KEY = secret_of(NODE)
ALLOWED_HOSTS = [*NODE.hosts, "testserver"] if NODE.mode is Mode.TEST else NODE.hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "motcua.platform.database",
    "motcua.platform.outbox",
    "motcua.platform.jobs",
    "motcua.platform.files",
    "motcua.platform.signing",
    "motcua.platform.ledger",
    "motcua.platform.pdf",
    "motcua.platform.notify",
    "motcua.platform.idempotency",
    "motcua.domain.identity",
    "motcua.domain.agencies",
    "motcua.domain.catalogue",
    "motcua.domain.exchange",
    "motcua.domain.cases",
    "motcua.domain.reform",
    "motcua.processes",
    "motcua.interfaces.design",
    "motcua.interfaces.portal",
    "motcua.interfaces.desk",
    "motcua.interfaces.console",
    "motcua.interfaces.operations",
]

MIDDLEWARE = [
    "motcua.interfaces.design.middleware.believe_trusted_proxies",
    "motcua.interfaces.design.middleware.name_and_log_request",
    "django.middleware.security.SecurityMiddleware",
    "motcua.interfaces.design.middleware.forbid_foreign_content",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "motcua.interfaces.design.kept_forms.keep_forms_of_expired_sessions",
    "motcua.interfaces.design.errors.RefusalMiddleware",
]

FORM_RENDERER = "motcua.interfaces.design.forms.Renderer"
CSRF_FAILURE_VIEW = "motcua.interfaces.design.errors.csrf_failed"
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
AUTH_USER_MODEL = "identity.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((ROOT / "interfaces").glob("**/templates")),
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["motcua.interfaces.design.templatetags.drawing"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Return Django's description of the database at ``url``; host may be a socket folder in ``?host=``."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "motcua",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.get("host", [""])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": NODE.database_connection_max_age_s,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(NODE.database_url or embedded_url(VAR))}

CACHES = {
    "default": {
        "BACKEND": "motcua.platform.database.adapters.shared_cache.SharedCache"
    },  # counts all processes share
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},  # what is slow to compute
}

LANGUAGE_CODE = NODE.languages[0]
LANGUAGES = [
    (code, name) for code, name in (("vi", "Tiếng Việt"), ("en", "English")) if code in NODE.languages
]
LOCALE_PATHS = [words.compile_if_stale(ROOT / "interfaces", VAR / "locale")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"  # collected by `motcua serve` when stale
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = NODE.mode is Mode.TEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # our files live in platform.files
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if NODE.mode is Mode.TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = NODE.upload_chunk_bytes + 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
]
if NODE.mode is Mode.TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests open many accounts

SESSION_ENGINE = "motcua.platform.database.adapters.sessions"
SESSION_COOKIE_AGE = NODE.session_age_citizen_s
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = NODE.has_secure_cookies
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [NODE.base_url]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = NODE.is_production
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if NODE.is_production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = NODE.is_production
X_FRAME_OPTIONS = "DENY"

# How people are told: see platform/notify. A channel without a carrier says so in the delivery log.
NOTIFY_DIRECTORY = "motcua.processes.notify_directory.lookup"
NOTIFY_CHANNELS = {
    "email": "motcua.platform.notify.adapters.Mail",
    "sms": "motcua.platform.notify.adapters.NowhereByPhone",
    "zalo": "motcua.platform.notify.adapters.NowhereByPhone",
    "push": "motcua.platform.notify.adapters.NowhereByPush",
}
DEFAULT_FROM_EMAIL = NODE.mail_from
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if NODE.mail_url else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
_MAIL = urlsplit(NODE.mail_url)
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_PORT = _MAIL.port or 25
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_USE_TLS = _MAIL.scheme == "smtp+tls"
EMAIL_TIMEOUT = 10  # seconds

# Where files rest and who looks for harm in them: see platform/files.
FILES_MAX_BYTES = NODE.upload_max_bytes
FILES_CHUNK_BYTES = NODE.upload_chunk_bytes
FILES_FOLDER = VAR / "files"
FILES_STORAGE = {
    Storage.LOCAL: "motcua.platform.files.adapters.folder.FolderStorage",
    Storage.S3: "motcua.platform.files.adapters.s3.S3Storage",
}[NODE.storage]
FILES_S3 = {
    "endpoint": NODE.s3_endpoint,
    "bucket": NODE.s3_bucket,
    "region": NODE.s3_region or "us-east-1",
    "key_id": NODE.s3_access_key,
    "secret": NODE.s3_secret_key.get_secret_value(),
}
FILES_SCANNER = f"motcua.platform.files.adapters.scanners.{'Clamd' if NODE.clamd else 'NoScanner'}"
FILES_CLAMD = NODE.clamd

LOGGING_CONFIG = None  # ours is set up here, once, before anything logs
logs.configure(level=NODE.log_level, as_json=NODE.writes_json_logs)

API_REQUESTS_PER_MINUTE = 1_200  # of one caller
