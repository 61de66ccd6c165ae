"""Django's settings, in the order one asks for them. What an operator sets is in `environment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rollbook.postgres.address import WEB_ROLE, dsn_of
from rollbook.project import environment
from rollbook.project.connection import django_database
from rollbook.project.file_storage import file_storage
from rollbook.project.secret_key import secret_key
from rollbook.project.web_address import host_of, public_url

PROJECT = Path(__file__).resolve().parent

# What this installation keeps, and where.
ROLLBOOK_DATA = environment.folder("ROLLBOOK_DATA")
PROCRASTINATE_IMPORT_PATHS = ["rollbook.processes.jobs", "rollbook.processes.upkeep"]
ROLLBOOK_WEB_BIND = environment.address("ROLLBOOK_WEB_BIND")
ROLLBOOK_WEB_PROCESSES = environment.number("ROLLBOOK_WEB_PROCESSES")
ROLLBOOK_WEB_THREADS = environment.number("ROLLBOOK_WEB_THREADS")
ROLLBOOK_MEMORY_LIMIT = environment.text("ROLLBOOK_MEMORY_LIMIT")
ROLLBOOK_WORKER_CONCURRENCY = environment.number("ROLLBOOK_WORKER_CONCURRENCY")
ROLLBOOK_HEARTBEAT_SECONDS = environment.number("ROLLBOOK_HEARTBEAT_SECONDS")
ROLLBOOK_STOP_SECONDS = environment.number("ROLLBOOK_STOP_SECONDS")
# Days, by the names of `history.policy.RetentionPolicy`.
ROLLBOOK_RETENTION = {
    name: environment.number(setting, at_least=0)
    for name, setting in {
        "snapshots_days": "ROLLBOOK_KEEP_SNAPSHOTS_DAYS",
        "weekly_days": "ROLLBOOK_KEEP_WEEKLY_SNAPSHOTS_DAYS",
        "deliveries_days": "ROLLBOOK_KEEP_DELIVERIES_DAYS",
        "details_days": "ROLLBOOK_KEEP_DETAILS_DAYS",
        "tombstones_days": "ROLLBOOK_KEEP_TOMBSTONES_DAYS",
        "notices_days": "ROLLBOOK_KEEP_ERASURE_NOTICES_DAYS",
    }.items()
}

DEBUG = environment.flag("DEBUG")
DATABASE_URL = environment.optional_text("DATABASE_URL")
SECRET_KEY = secret_key(ROLLBOOK_DATA, is_shared=DATABASE_URL is not None and not DEBUG)

DATABASES = {"default": django_database(DATABASE_URL or dsn_of(ROLLBOOK_DATA / "postgres"))}
ROLLBOOK_WEB_ROLE = environment.text("ROLLBOOK_WEB_ROLE") if DATABASE_URL else WEB_ROLE
ROLLBOOK_DATABASE_POOL = environment.number("ROLLBOOK_DATABASE_POOL", at_least=0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who may ask, and under which address.
PUBLIC_URL = public_url()
ALLOWED_HOSTS = [*environment.words("ALLOWED_HOSTS"), host_of(PUBLIC_URL)]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
IS_HTTPS = PUBLIC_URL.startswith("https://")
if environment.flag("ROLLBOOK_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "rollbook.districts",
    "rollbook.sources",
    "rollbook.roster",
    "rollbook.runs",
    "rollbook.policies",
    "rollbook.sharing",
    "rollbook.history",
    "rollbook.provider",
    "rollbook.dashboards",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # a page of allauth's speaks with it
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # before staticfiles: it takes the place of its runserver
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "oauth2_provider",
    "django_htmx",
    "template_partials",
    # Last: it looks for `tasks` modules when it is ready, and these may use any model above.
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "rollbook.project.urls"
WSGI_APPLICATION = "rollbook.project.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

# Files: deliveries and snapshots by `default`; css and scripts by `staticfiles`.
STATIC_URL = "static/"
STATIC_ROOT = ROLLBOOK_DATA / "static"
STATICFILES_DIRS = [PROJECT / "static"]
STORAGES = {
    "default": file_storage(ROLLBOOK_DATA / "files"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Accounts: e-mail and password, a second factor or a passkey. Nobody signs up; a district invites.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rollbook.project.accounts.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever invites a person vouches for the address
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Rollbook"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # browsers allow it for localhost only

# Applications: OAuth 2 client credentials. Source: OneRoster 1.1, section 4.3 "Security".
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    "SCOPES": {
        "https://purl.imsglobal.org/spec/or/v1p1/scope/roster-core.readonly": "Read core rosters",
        "https://purl.imsglobal.org/spec/or/v1p1/scope/roster.readonly": "Read rosters",
        "https://purl.imsglobal.org/spec/or/v1p1/scope/roster-demographics.readonly": (
            "Read demographics"
        ),
    },
    "OAUTH2_VALIDATOR_CLASS": "rollbook.provider.tokens.RosterTokenValidator",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,  # only a token's checksum is stored
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,  # no tokens in addresses
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
}

_mail = "smtp" if environment.optional_text("EMAIL_HOST") else "filebased"
EMAIL_BACKEND = f"django.core.mail.backends.{_mail}.EmailBackend"
EMAIL_FILE_PATH = ROLLBOOK_DATA / "mail"
EMAIL_HOST = environment.optional_text("EMAIL_HOST") or "localhost"
EMAIL_PORT = environment.number("EMAIL_PORT")
EMAIL_HOST_USER = environment.optional_text("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = environment.optional_text("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL")

LOGGING_CONFIG = "rollbook.project.logs.configure"
LOGGING = {
    "level": environment.one_of("ROLLBOOK_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR")),
    "style": environment.one_of("ROLLBOOK_LOG_STYLE", ("auto", "lines", "json")),
}
