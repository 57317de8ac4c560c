"""All settings, read from the environment; docs/operating.md explains each one.

The defaults start a copy on SQLite. Production sets at least ALLOWED_HOSTS, SITE_URL,
DATABASE_URL and EMAIL_URL.
"""

from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.secret_key import own_secret_key

# So that a type checker and Python itself both accept ModelAdmin[Talk] and the like.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # whatever this copy writes; nothing in it belongs to the program

env = environ.Env()
if (env_file := BASE_DIR / ".env").exists():
    env.read_env(env_file)

# --- Safety -----------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
# Without one in the environment, this copy makes its own and keeps it in var/. Several machines
# behind one address must be given the same.
SECRET_KEY = env.str("SECRET_KEY", default="") or own_secret_key(VAR_DIR)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# Links in e-mails are built from this address, never from the request's Host header.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=3600 if _HTTPS else 0)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=_HTTPS)
SILENCED_SYSTEM_CHECKS = [
    # Whether every subdomain speaks HTTPS only is for the owner of the domain to say.
    "security.W005",
    "security.W021",
    # The order of authors is checked at the end of a transaction, which SQLite cannot do: there the
    # operations that write author lists, one writer at a time, are what keeps it right.
    "models.W038",
]
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]  # asked from inside, without the proxy
# The proxy must set this header and remove any that a visitor sends.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A private link must not travel to another host as referrer.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its form icons from data: addresses
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    # Ours first: their templates, commands and (in the shell) models take precedence.
    "sessions",
    "submissions",
    "config.apps.OrganiserAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.caching.private_unless_said",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

# "example.org" typed without a scheme means https; what Django 6 does by itself.
FORMS_URLFIELD_ASSUME_HTTPS = True

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data -------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/conjunction.sqlite3")}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A relative path means one in this folder, wherever the command is called from.
    if DATABASES["default"]["NAME"] != ":memory:":
        DATABASES["default"]["NAME"] = BASE_DIR / DATABASES["default"]["NAME"]
        DATABASES["default"]["NAME"].parent.mkdir(parents=True, exist_ok=True)
    # Both together: WAL alone makes concurrent writers fail, IMMEDIATE alone makes them slow.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One process keeps its own cache; several share one in Redis. Attempts to sign in are counted in
# it: with the usual 300 entries, asking for 300 more would make it forget them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
if redis_url := env.str("REDIS_URL", default=""):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
        },
    }

# What speakers upload. Nothing serves this folder: views hand out each file as a download.
MEDIA_ROOT = Path(env.str("UPLOADS_ROOT", default=str(VAR_DIR / "uploads")))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# In one request, whatever a meeting allows; the proxy must let as much through.
LARGEST_UPLOAD_MEGABYTES = env.int("LARGEST_UPLOAD_MEGABYTES", default=100)
FILE_UPLOAD_HANDLERS = [
    "config.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "config.uploads.CalmTemporaryFileUploadHandler",
]

# A spreadsheet of 10,000 abstracts is about 20 MB; the admin's import accepts that much.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
# A bulk action of the talks list may name every talk of a large meeting.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "submissions.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "submissions:account-sign-in"
LOGIN_REDIRECT_URL = "submissions:talk-list"
LOGOUT_REDIRECT_URL = "submissions:meeting-list"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Codes by e-mail are our own (submissions/views/signing_in.py), so that no page before the code
# ever looks for the account; everything after it is allauth's (docs/decisions/0013).
ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "submissions.forms.secrets.PasswordForm",
    "reauthenticate": "submissions.forms.secrets.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up by allauth's form; without the field it would not ask for a password at sign-in.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is stored once it is verified, never before
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# By visitor's address generous: on the night of a deadline a whole institute comes from one.
ACCOUNT_RATE_LIMITS = {
    "sign_in": "300/m/ip",
    "code_for_address": "3/m/key,20/h/key",
    "enter_code": "300/m/ip",
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
}
# How many proxies of ours add to X-Forwarded-For before a request arrives.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if BEHIND_PROXY else 0)

# ORCID, or another issuer of OpenID Connect that speaks like it; off without a client.
ORCID_ISSUER = env.str("ORCID_ISSUER", default="https://orcid.org").rstrip("/")
ORCID_CLIENT_ID = env.str("ORCID_CLIENT_ID", default="")
SOCIALACCOUNT_ADAPTER = "config.accounts.OrcidAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "SCOPE": ["openid"],
        "APPS": [
            {
                "provider_id": "orcid",
                "name": "ORCID",
                "client_id": ORCID_CLIENT_ID,
                "secret": env.str("ORCID_CLIENT_SECRET", default=""),
                "settings": {"server_url": ORCID_ISSUER},
            }
        ]
        if ORCID_CLIENT_ID
        else [],
    }
}
if ORCID_CLIENT_ID:
    # The button that leads there is a form, and browsers hold its redirect to the policy too.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(ORCID_ISSUER)

# A passkey or an authenticator app, before organisers and administrators may do what they may.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
MFA_ADAPTER = "config.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "submissions.forms.secrets.NewAppForm",
    "authenticate": "submissions.forms.secrets.FactorForm",
    "reauthenticate": "submissions.forms.secrets.FactorAgainForm",
    "add_webauthn": "submissions.forms.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "submissions.forms.passkeys.SecondStepForm",
    "login_webauthn": "submissions.forms.passkeys.PasskeySignInForm",
    "reauthenticate_webauthn": "submissions.forms.passkeys.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}

# --- E-mail -----------------------------------------------------------------------------------

# smtp://user:password@host:587 (STARTTLS: smtp+tls://), consolemail://, filemail:///folder
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
# "web": a thread of the web process, after the answer. "worker": run_worker or send_emails alone.
# (Tests: "caller", at once.)
EMAIL_SENT_BY = env.str("EMAIL_SENT_BY", default="web")
if EMAIL_SENT_BY not in {"web", "worker"}:
    raise ImproperlyConfigured(f"EMAIL_SENT_BY is “web” or “worker”, not “{EMAIL_SENT_BY}”.")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Conjunction <noreply@localhost>"
)
ADMINS = [("Administrator", address) for address in env.list("ADMIN_EMAILS", default=[])]

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
USE_TZ = True
# Storage and logs are in UTC; every page names the meeting's own zone.
TIME_ZONE = "UTC"

# --- Static files -----------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# --- Log --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
