"""What does Django need to know? Computed from the options; the only settings module."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kompeten.config import databases, options, secrets, table

OPTION_TABLE = table.OPTIONS
OPTIONS = options.read(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = secrets.folder(Path(OPTIONS.data_dir).resolve())

ROOMS = (
    "regions",
    "people",
    "impartiality",
    "schemes",
    "applications",
    "itembank",
    "verification",
    "training",
    "portfolios",
    "exams",
    "practicals",
    "results",
    "decisions",
    "certificates",
    "register",
    "journey",
    "notices",
    "reporting",
    "node",
)

SECRET_KEY = secrets.kept(DATA_DIR, "secret_key", OPTIONS.secret_key)
PRIVACY_KEY = secrets.kept(DATA_DIR, "privacy_key", OPTIONS.privacy_key)
KEY_PASSPHRASE = secrets.kept(DATA_DIR, "key_passphrase", OPTIONS.key_passphrase)
# The first seals; all of them open. Files sealed before `files_key` was set need the privacy key.
FILES_KEYS = tuple(
    dict.fromkeys((OPTIONS.files_key or PRIVACY_KEY, *OPTIONS.files_key_before, PRIVACY_KEY))
)
VAULT_KEY = secrets.kept(DATA_DIR, "vault_key", OPTIONS.vault_key)
DEBUG = False
PUBLIC_URL = OPTIONS.public_url.rstrip("/")
SHORT_URL = OPTIONS.short_url.rstrip("/")
HTTPS = urlsplit(PUBLIC_URL).scheme == "https"
ALLOWED_HOSTS = [
    *OPTIONS.allowed_hosts,
    *{urlsplit(url).hostname or "localhost" for url in (PUBLIC_URL, SHORT_URL)},
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "heroicons",
    "kompeten.foundation.apps.FoundationConfig",
    *(f"kompeten.{room}.apps.{room.capitalize()}Config" for room in ROOMS),
    "kompeten.web.ui.apps.UiConfig",
    "kompeten.web.candidate.apps.CandidateConfig",
    "kompeten.web.office.apps.OfficeConfig",
    "kompeten.web.examroom.apps.ExamroomConfig",
    "kompeten.web.public.apps.PublicConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kompeten.web.ui.middleware.unasked",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "kompeten.web.ui.middleware.unvaried",
    "kompeten.web.ui.middleware.stamp",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kompeten.web.ui.middleware.speak",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kompeten.web.ui.middleware.identify",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kompeten.web.ui.middleware.bounded",
    "kompeten.web.ui.middleware.Problems",
    "kompeten.web.ui.helping.gate.Gate",
    "kompeten.web.ui.middleware.face",
]

# At an exam site there are no accounts: what asks for one is left out, and with it every table.
OF_ACCOUNTS = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kompeten.web.ui.middleware.identify",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kompeten.web.ui.helping.gate.Gate",
    "kompeten.web.ui.middleware.face",
)
if OPTIONS.site_pages:
    MIDDLEWARE = [name for name in MIDDLEWARE if name not in OF_ACCOUNTS]

ROOT_URLCONF = "kompeten.config.site_urls" if OPTIONS.site_pages else "kompeten.config.urls"
WSGI_APPLICATION = "kompeten.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kompeten.web.ui.context.house",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "heroicons.templatetags.heroicons",
                "kompeten.web.ui.templatetags.ui",
            ],
        },
    }
]

DATABASES: dict[str, Any] = {
    "default": databases.settings_of(
        OPTIONS.database_url,
        data_dir=DATA_DIR,
        synchronous=OPTIONS.sqlite_synchronous,
        threads=OPTIONS.web_threads,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": OPTIONS.redis_url}
        if OPTIONS.redis_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

_S3 = {
    "bucket_name": OPTIONS.s3_bucket,
    "endpoint_url": OPTIONS.s3_endpoint or None,
    "access_key": OPTIONS.s3_access_key,
    "secret_key": OPTIONS.s3_secret_key,
}
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "kompeten.web.ui.sheet.OneSheetStorage"},
    "files": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": _S3 | {"file_overwrite": True},
        }
        if OPTIONS.file_store == "s3"
        else {
            "BACKEND": "kompeten.foundation.published.AtomicFolder",
            "OPTIONS": {
                "location": DATA_DIR / "files",
                "file_permissions_mode": 0o600,
                "allow_overwrite": True,
            },
        }
    ),
    # What anybody may fetch under a fixed name: the register's log.
    "published": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": _S3 | {"file_overwrite": True, "location": "published"},
        }
        if OPTIONS.file_store == "s3"
        else {
            "BACKEND": "kompeten.foundation.published.AtomicFolder",
            "OPTIONS": {"location": DATA_DIR / "published", "allow_overwrite": True},
        }
    ),
}
STATIC_URL = "/statis/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site draws on these files: a header less on each

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["kompeten.people.adapters.login.NikOrEmailBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "kompeten.web.ui.entrance.adapter.Entrance"
ACCOUNT_FORMS = {
    "login": "kompeten.web.ui.entrance.forms.Login",
    "signup": "kompeten.web.ui.entrance.forms.Signup",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Kompeten] "
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "ref"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
# The lock is on the name that is guessed; the limits on the address stop floods only, for a whole
# exam hall stands behind one address.
ALLAUTH_TRUSTED_PROXY_COUNT = OPTIONS.proxies
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,5/5m/key", "login": "300/m/ip"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_ADAPTER = "kompeten.web.ui.entrance.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
# Staff accounts are opened by the house; a missing mail server must not keep them from a factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Kompeten"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SESSION_COOKIE_NAME = "sesi"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kompeten.web.ui.problems.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "worker-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
FORMAT_MODULE_PATH = "kompeten.config.formats"
# 4.200 hours, on every page. What is no quantity (a year, a key, an address) is no number to a
# template: a string, or written with `stringformat:"d"`; a house test looks at attributes.
USE_THOUSAND_SEPARATOR = True

_MAIL = "smtp" if OPTIONS.mail_host else "filebased" if OPTIONS.mail_folder else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL}.EmailBackend"
EMAIL_FILE_PATH = OPTIONS.mail_folder or None
EMAIL_HOST, EMAIL_PORT = OPTIONS.mail_host, OPTIONS.mail_port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = OPTIONS.mail_user, OPTIONS.mail_password
EMAIL_USE_TLS = bool(OPTIONS.mail_host)
DEFAULT_FROM_EMAIL = OPTIONS.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": OPTIONS.log_level},
}
