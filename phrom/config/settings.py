"""Settings, all from the environment (`PHROM_*`), with safe values where nothing is said."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from phrom.config import demo_clock
from phrom.config.databases import database_from
from phrom.config.secrets import secret_key_in

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("PHROM_DATA", ROOT / "data")).resolve()
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = os.environ.get("PHROM_SECRET_KEY") or secret_key_in(DATA)
HTTPS = os.environ.get("PHROM_HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("PHROM_HOSTS", "127.0.0.1,localhost").split(",")
DATABASES = {"default": database_from(os.environ.get("PHROM_DB", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "phrom.agencies",  # before allauth: its pages are drawn by our templates
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "phrom.shared.journal",
    "phrom.shared.files",
    "phrom.shared.ui",
    "phrom.letters",
    "phrom.committee",
    "phrom.meetings",
    "phrom.survey",
    "phrom.rollout",
    "phrom.results",
    "phrom.desk",
    "phrom.api",
    "phrom.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "phrom.config.middleware.deny_by_default",
    "phrom.config.middleware.refusals_become_answers",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "phrom.config.urls"
WSGI_APPLICATION = "phrom.config.wsgi.application"
FORM_RENDERER = "phrom.shared.ui.renderer.OurForms"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "phrom.config.chrome.chrome",
            ],
        },
    }
]

AUTH_USER_MODEL = "agencies.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "phrom.agencies.signin.backend.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "phrom.agencies.signin.passwords.LongEnough", "OPTIONS": {"min_length": 15}},
    {"NAME": "phrom.agencies.signin.passwords.NotCommon"},
    {"NAME": "phrom.agencies.signin.passwords.NotOurWords"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Wrong passwords are counted by axes alone; a whole province behind one address must be able to sign in at half past eight.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None, "reset_password": "60/m/ip,5/m/key"}
ACCOUNT_ADAPTER = "phrom.agencies.signin.adapter.HouseAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
AXES_HANDLER = "phrom.agencies.signin.attempts.OneCount"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_CALLABLE = "phrom.agencies.signin.attempts.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False

SESSION_ENGINE = "phrom.agencies.sessions"
SESSION_COOKIE_AGE = 12 * 3600
PHROM_IDLE = timedelta(minutes=int(os.environ.get("PHROM_IDLE_MINUTES", "60")))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "phrom.config.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("PHROM_ORIGINS", "").split(",") if origin]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("PHROM_TRUSTED_PROXY") == "1" else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("PHROM_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("PHROM_MAIL_PORT", "25"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("PHROM_MAIL_FROM", "phrom@localhost")
if os.environ.get("PHROM_MAIL_DIR"):
    EMAIL_BACKEND = "phrom.config.mail.EmlFolder"
PHROM_MAIL_DIR = os.environ.get("PHROM_MAIL_DIR", "")
PHROM_URL = os.environ.get("PHROM_URL", "").rstrip("/")  # where people open it; stands in the mails that nobody asked for

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the who-has-what matrix: 47 rows x 22 agencies are already more than Django's 1,000
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a folder of evidence at once; beyond a megabyte in all, files go to the disk as they come
FILE_UPLOAD_TEMP_DIR = str(DATA / "incoming")
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "phrom.shared.files.uploads.CappedUpload",
]
Path(FILE_UPLOAD_TEMP_DIR).mkdir(exist_ok=True)

PHROM_FILES = DATA / "files"
PHROM_ECMS = DATA / "ecms"  # the queue folder that a government eCMS node and we share
# What signs the PDF of an issued letter: a PKCS#12 file, a file with its passphrase, and who tells the time (RFC 3161).
PHROM_SIGNING_KEY = os.environ.get("PHROM_SIGNING_KEY", "")
PHROM_SIGNING_PASSPHRASE_FILE = os.environ.get("PHROM_SIGNING_PASSPHRASE_FILE", "")
PHROM_TIMESTAMP_URL = os.environ.get("PHROM_TIMESTAMP_URL", "")
# Who confirms from outside when a checkpoint of the journal and the registers was written (RFC 3161); empty: nobody.
PHROM_CHECKPOINT_TIMESTAMP_URL = os.environ.get("PHROM_CHECKPOINT_TIMESTAMP_URL", "")
PHROM_CLAMD = os.environ.get("PHROM_CLAMD", "")  # the malware scanner: host:port or a socket's path; empty: none
PHROM_MAX_UPLOAD = int(os.environ.get("PHROM_MAX_UPLOAD", 50 * 1024 * 1024))
# The exchange between installations: our address as others reach us (none: no exchange), whether inside addresses may be spoken
# to, seconds for one request, messages a minute from one peer, and a factor on all waiting times (tests).
PHROM_BASE_URL = os.environ.get("PHROM_BASE_URL", "").rstrip("/")
PHROM_PRIVATE_PEERS = os.environ.get("PHROM_PRIVATE_PEERS") == "1"
PHROM_EXCHANGE_SECONDS = float(os.environ.get("PHROM_EXCHANGE_SECONDS", "20"))
PHROM_EXCHANGE_PER_MINUTE = int(os.environ.get("PHROM_EXCHANGE_PER_MINUTE", "600"))
PHROM_EXCHANGE_PACE = float(os.environ.get("PHROM_EXCHANGE_PACE", "1"))
PHROM_EXCHANGE_KEYS = DATA / "exchange-keys"
PHROM_EDITIONS = ROOT / "editions"
PHROM_CLOCK_OFFSET = (
    timedelta(seconds=int(os.environ["PHROM_CLOCK_OFFSET"]))
    if "PHROM_CLOCK_OFFSET" in os.environ
    else demo_clock.offset_in(DATA)
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
