"""Workers as processes of their own: several at once, asked to stop, and killed.

On SQLite they share a file, on PostgreSQL the test database; the mail server is a real one.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from submissions.domain.outbox import EmailState
from submissions.models import Email
from tests.mail_server import MailServer, mail_server
from tests.make import make_meeting
from tests.outbox import queue_one
from tests.together import shared_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


def address_of_database() -> str:
    values: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    who = ":".join(
        quote(str(part), safe="") for part in (values["USER"], values["PASSWORD"]) if part
    )
    return f"postgresql://{who}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


@contextmanager
def workers(server: MailServer, count: int = 1) -> Iterator[list[subprocess.Popen[str]]]:
    """So many of them, none left behind."""
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_database(),
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "a-key-for-tests",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "manage.py", "run_worker", "--pause", "0.1"]
    running = [
        subprocess.Popen(  # noqa: S603 - our own command, no shell
            command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "The worker is running.\n"
        yield running
    finally:
        for process in running:
            process.kill()
            process.communicate()


def states() -> Counter[str]:
    return Counter(Email.objects.values_list("state", flat=True))


def test_one_is_killed_and_one_asked_to_stop_and_a_third_finishes_what_they_left() -> None:
    """`kill -9` while the server has a mail and has not answered yet is the worst moment there is:
    nobody can know whether it arrived. It is sent again, under the Message-ID it had.
    """
    meeting = make_meeting()
    emails = [queue_one(meeting) for _ in range(6)]
    with mail_server(pause=1.5) as server:
        with workers(server, count=2) as (killed, stopped):
            server.wait_for(2)  # one of each: it thinks long about every mail
            killed.send_signal(signal.SIGKILL)
            stopped.send_signal(signal.SIGTERM)
            told, _errors = stopped.communicate(timeout=30)
        assert (stopped.returncode, told.splitlines()[-1]) == (0, "The worker has stopped.")
        # Both were at work and neither sent what the other had.
        assert len(set(server.message_ids)) == len(server.mails) < len(emails)
        left = states()
        assert (left["sending"], left.total()) == (1, len(emails))
        (in_hand,) = Email.objects.in_state(EmailState.SENDING)
        assert in_hand.message_id in server.message_ids
        # As after some minutes of waiting:
        Email.objects.filter(pk=in_hand.pk).update(next_try_at=timezone.now())
        server.pause = 0.0
        with workers(server) as (third,):
            server.wait_for(len(emails) + 1)
            third.send_signal(signal.SIGTERM)
            assert third.wait(30) == 0
    assert states() == {"sent": len(emails)}
    arrived = Counter(server.message_ids)
    assert arrived == Counter([in_hand.message_id, *(email.message_id for email in emails)])
    outcomes = in_hand.delivery_log.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["begun", "accepted"]
