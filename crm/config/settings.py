"""One settings file; every value comes from the environment (.env.example lists them with defaults)."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured

from crm.config.connecting import postgres_options
from crm.config.keeping import backups, heartbeats
from crm.config.logs import logging_config
from crm.config.policy import CONTENT_SECURITY_POLICY, SECURE_REFERRER_POLICY  # noqa: F401  read by their names
from crm.config.reading import Env
from crm.config.ringing import schedule
from crm.config.storing import storages

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Env()
if (BASE_DIR / ".env").exists() and env.bool("MITRA_READ_DOTENV", default=True):
    env.read_env(str(BASE_DIR / ".env"))

# ---- Where and how it runs -------------------------------------------------------------------------------------------
DEMO = env.bool("MITRA_DEMO", default=False)
DEBUG = env.bool("MITRA_DEBUG", default=False)
TESTING = "pytest" in sys.modules
VAR_DIR = Path(env.str("MITRA_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

PLACEHOLDER_SECRET = "insecure-placeholder-for-demo-and-tests-only"
SECRET_KEY = env.str("SECRET_KEY", default=PLACEHOLDER_SECRET)
if SECRET_KEY == PLACEHOLDER_SECRET and not (
    DEMO or DEBUG or TESTING or env.bool("MITRA_ALLOW_PLACEHOLDER", default=False)
):
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random value in the environment or in .env, for example: "
        'python -c "import secrets; print(secrets.token_urlsafe(50))". For a try-out use `make demo`.'
    )

BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])
HTTPS = BASE_URL.startswith("https://")
if DEMO and urlsplit(BASE_URL).hostname not in ("127.0.0.1", "localhost", "::1"):
    raise ImproperlyConfigured(
        "A demo lets everybody in without a password, so it runs on this machine only: "
        "leave BASE_URL out, or switch MITRA_DEMO off."
    )

# ---- Apps ------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "crm.config.admin_site.MitraAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "djmoney",
    "phonenumber_field",
    "django_countries",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "django_structlog",
    "crm.apps.CrmConfig",
    "campaigns.apps.CampaignsConfig",
]

MIDDLEWARE = [
    "crm.watch.requests.RequestNumberMiddleware",
    "crm.watch.metrics.meters.MeterMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "crm.team.middleware.PersonalLocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "crm.config.urls"
WSGI_APPLICATION = "crm.config.wsgi.application"
ASGI_APPLICATION = "crm.config.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.base.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "crm.base.form_renderer.FormRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# ---- Data ------------------------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'mitra.sqlite3'}")
}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # Without IMMEDIATE more than half of concurrent writes fail with "database is locked".
    DATABASE["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASE["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE["OPTIONS"] = postgres_options(DATABASE.get("OPTIONS", {}))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    # The throttle cache fails open: no page may depend on Redis.
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "crm.base.cache.FailOpenRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "mitra",
            "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True

# ---- Queue: a doorbell, never the memory of what is due --------------------------------------------------------------
GIVEN_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or REDIS_URL
CELERY_BROKER_URL = GIVEN_BROKER_URL or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "socket_timeout": 15,
    "socket_connect_timeout": 2,
    "visibility_timeout": 3600,
}
if CELERY_BROKER_URL.startswith("filesystem://"):  # the last resort where no Redis can run (serving/broker.py)
    QUEUE_DIR = str(VAR_DIR / "queue")
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": QUEUE_DIR,
        "data_folder_out": QUEUE_DIR,
        "control_folder": str(VAR_DIR / "queue-control"),
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "mitra"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = schedule(env.float("MITRA_TICK_SECONDS", default=60.0))
BACKUPS, HEARTBEATS, METRICS_TOKEN = backups(env), heartbeats(env), env.str("METRICS_TOKEN", default="")

# ---- Mail ------------------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update({key: value for key, value in EMAIL_CONFIG.items() if key.startswith("EMAIL_")})
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="mitra@localhost")
# A provider that knows a message again by its key for some hours: asking again within them never delivers twice.
EMAIL_KEY_HEADER = env.str("EMAIL_KEY_HEADER", default="Idempotency-Key")
EMAIL_KEYS_KEPT_HOURS = env.int("EMAIL_KEYS_KEPT_HOURS", default=0)
IMAP_URL = env.str("IMAP_URL", default="")
INBOUND_ADDRESS = env.str("INBOUND_ADDRESS", default="")
OUTBOX_BATCH, OUTBOX_LEASE_SECONDS = env.int("OUTBOX_BATCH", default=100), env.int("OUTBOX_LEASE_SECONDS", default=300)
# Platforms that tell the figures of posts; each is off without its key.
INSTAGRAM_TOKEN, INSTAGRAM_USER = env.str("INSTAGRAM_TOKEN", ""), env.str("INSTAGRAM_USER", "")
INSTAGRAM_API_URL = env.str("INSTAGRAM_API_URL", "https://graph.facebook.com")
YOUTUBE_KEY, YOUTUBE_API_URL = env.str("YOUTUBE_KEY", ""), env.str("YOUTUBE_API_URL", "https://youtube.googleapis.com")

# ---- Sign-in ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "crm.User"
CODE_LIVES = min(max(env.int("CODE_LIVES_MINUTES", default=10), 1), 30)  # minutes a code to sign with works
CONTRACT_SEAL_FILE, CONTRACT_SEAL_PASSWORD = env.str("CONTRACT_SEAL_FILE", ""), env.str("CONTRACT_SEAL_PASSWORD", "")
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "crm.team.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    # Slow on purpose elsewhere; a test that makes ten colleagues should not take three seconds.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "crm.team.adapters.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "crm.team.tokens.ResetTokens"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Mitra"
MFA_FORMS = {"authenticate": "crm.team.sign_in_forms.CodeForm", "reauthenticate": "crm.team.sign_in_forms.AgainForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# ---- Language, zone, money -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("id", "Bahasa Indonesia")]
LOCALE_PATHS = [BASE_DIR / "crm" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_ZONE = env.str("MITRA_ZONE", default="Asia/Jakarta")
PHONENUMBER_DEFAULT_REGION = env.str("MITRA_PHONE_REGION", default="ID")
PHONENUMBER_DEFAULT_FORMAT = "E164"
CURRENCIES = ["IDR", "USD", "EUR", "GBP", "SGD", "MYR"]
DEFAULT_CURRENCY = "IDR"

# ---- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "staticfiles"))
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_URL = "media/"
# Kept files in a bucket; what is still on its way stays in MEDIA_ROOT. crm.base.files.store looks at it.
MEDIA_STORE = env.str("MEDIA_STORE", default="").strip()
COLLECTED = not (DEBUG or DEMO or TESTING)
STORAGES = storages(MEDIA_STORE, collected=COLLECTED)
WHITENOISE_USE_FINDERS = not COLLECTED
# Looking each file up beats reading hundreds at every start; a test starts once for each of its browsers.
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MAX_BYTES = {
    "image": env.int("UPLOAD_MAX_IMAGE_MB", default=20) * 1024 * 1024,
    "video": env.int("UPLOAD_MAX_VIDEO_MB", default=300) * 1024 * 1024,
    "document": env.int("UPLOAD_MAX_DOCUMENT_MB", default=20) * 1024 * 1024,
}
UPLOAD_MAX_PIXELS = 50_000_000

# ---- Headers ---------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_SSL_REDIRECT = HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # asked by machines, over plain HTTP
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Else the throttle of sign-ins would count everybody as the proxy: ten strangers could lock a whole team out.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# ---- Logs ------------------------------------------------------------------------------------------------------------
LOGGING = logging_config(json_lines=env.bool("LOG_JSON", default=False), level=env.str("LOG_LEVEL", default="INFO"))
SENTRY_DSN, SENTRY_ENVIRONMENT = env.str("SENTRY_DSN", ""), env.str("SENTRY_ENVIRONMENT", "production")
DKIM_SELECTORS = env.list("DKIM_SELECTORS", default=[])  # what the mail provider signs with, asked by doctor alone
# crm.watch.requests has made sure of the number by then: a well-formed one of the proxy, or our own.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
# W019: previews of e-mails stand in frames of our own pages, so SAMEORIGIN is the strictest that works.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
