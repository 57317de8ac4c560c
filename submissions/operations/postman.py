"""A thread of this process that empties the outbox while pages are answered."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

logger = logging.getLogger(__name__)


class Postman:
    """Runs `deliver` once for any number of calls that come while a round waits to begin.

    At its end the process waits for the round that runs; what then still is in the outbox waits
    for `send_emails` or for the next mail.
    """

    def __init__(self, deliver: Callable[[], None]) -> None:
        self._deliver = deliver
        self._round = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postman")
        self._lock = threading.Lock()
        self._is_called = False

    def go(self) -> None:
        with self._lock:
            if not self._is_called:
                self._is_called = True
                self._round.submit(self._walk)

    def _walk(self) -> None:
        with self._lock:
            # From here on a new mail may come too late for this round: it calls for the next.
            self._is_called = False
        try:
            self._deliver()
        except Exception:  # a thread has nobody above it to tell
            logger.exception("The outbox could not be emptied.")
        finally:
            connections.close_all()
