import logging
from collections.abc import Iterator

import pytest
import time_machine

from tests.make import NOW
from tests.personas.world import World, make_world


@pytest.fixture
def world() -> Iterator[World]:
    """The world at the time of the call."""
    # Hundreds of refusals, each with its traceback in the log, would take most of the time.
    log = logging.getLogger("django")
    before = log.level
    log.setLevel(logging.CRITICAL)
    with time_machine.travel(NOW, tick=False):
        yield make_world()
    log.setLevel(before)
