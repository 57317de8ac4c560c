from collections.abc import Iterator

import pytest
import time_machine

from submissions.models import Meeting
from tests.make import NOW, make_area, make_format, make_meeting, make_ml_area


@pytest.fixture
def at_the_time_of_the_call() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting() -> Meeting:
    meeting = make_meeting(name="Sky Meeting", contact_email="talks@example.org", word_limit=20)
    make_format(meeting, name="Contributed")
    make_area("Galaxies", synonyms=["galaxy"])
    make_ml_area("Deep learning")
    return meeting
