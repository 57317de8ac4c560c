"""What every test may ask for."""

from datetime import datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from submissions.models import Meeting, User
from tests.make import NOW, make_organiser

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    """Attempts to sign in are counted in the cache; each test begins with none."""
    cache.clear()


@pytest.fixture
def now() -> datetime:
    """The moment at which tests happen."""
    return NOW


@pytest.fixture
def organiser(client: Client, meeting: Meeting) -> User:
    """An organiser of the meeting that a module makes, signed in with `client`."""
    user = make_organiser(meeting)
    client.force_login(user)
    return user


@pytest.fixture
def shared() -> Path:
    """Real input beside the repository; a test that needs it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder “shared” with real input is not beside this checkout")
    return SHARED
