"""Settings of the test suite: the real ones, with a database and mail of their own."""

import os
from urllib.parse import urlsplit

os.environ.setdefault("SECRET_KEY", "a-key-for-tests")
os.environ.setdefault("EMAIL_URL", "memorymail://")

if "REDIS_URL" in os.environ and "PYTEST_XDIST_WORKER" in os.environ:
    # Tests empty the cache before each of them: processes side by side need one each. Redis has 16.
    _server, _process = urlsplit(os.environ["REDIS_URL"]), os.environ["PYTEST_XDIST_WORKER"]
    _number = (int(_server.path.strip("/") or 0) + int(_process.removeprefix("gw"))) % 16
    os.environ["REDIS_URL"] = _server._replace(path=f"/{_number}").geturl()

from config.settings import *  # noqa: F403 - the suite runs on the real settings

if "DATABASE_URL" not in os.environ:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ":memory:",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
            "TEST": {"NAME": os.environ.get("TEST_DATABASE_FILE")},
        }
    }
EMAIL_SENT_BY = "caller"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# The default hasher is slow on purpose; the suite signs in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# An empty folder: every new client reads through it, and what was collected in this copy for
# another purpose would make the suite twice as slow. WhiteNoise warns if it is absent.
STATIC_ROOT = VAR_DIR / "tests" / "static"  # noqa: F405 - of the real settings
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
