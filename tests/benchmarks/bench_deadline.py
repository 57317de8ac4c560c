"""The hour of the deadline: many people submit at once, and every talk must arrive exactly once.

Run ``python -m tests.benchmarks.bench_deadline``; it prints one line of JSON. gunicorn with two
workers of four threads serves a new database; 50 clients send 500 talks, each as a speaker does:
the form page, two saves of the draft, the form, the page of the talk. Every tenth clicks twice.
With ``DATABASE_URL=postgresql://…`` a database of its own is made on that server, measured too,
and removed. ``lost``, ``doubled`` and ``errors`` must be 0. Seconds of one request as its client
waits; ``cpu_ms`` is what the server's processes used per talk.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.benchmarks.speakers import Submission, submit

TALKS, CLIENTS = 500, 50
LIMIT_SECONDS = 60
_ROOT = Path(__file__).resolve().parents[2]
_DATABASE = "conjunction_deadline"


def main() -> None:
    if sys.argv[1:2] == ["prepare"]:
        _make_meeting()
        return
    if sys.argv[1:2] == ["count"]:
        _count_talks()
        return
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        found["sqlite"] = _measured(f"sqlite:///{folder}/deadline.sqlite3")
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        with _own_database(os.environ["DATABASE_URL"]) as url:
            found["postgresql"] = _measured(url)
    result = {
        "benchmark": "deadline",
        "talks": TALKS,
        "clients": CLIENTS,
        **found,
        "limit_seconds": LIMIT_SECONDS,
        "within_limits": all(_is_within(each) for each in found.values()),
    }
    sys.stdout.write(json.dumps(result) + "\n")
    sys.exit(0 if result["within_limits"] else 1)


def _is_within(found: dict[str, Any]) -> bool:
    nothing_wrong = found["lost"] == found["doubled"] == found["errors"] == 0
    return bool(nothing_wrong and found["seconds"] <= LIMIT_SECONDS)


def _measured(url: str) -> dict[str, Any]:
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "a-key-for-measuring",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "ERROR",
    }
    environment.pop("REDIS_URL", None)
    _manage(environment, "prepare")
    with _server(environment) as (port, process):
        began, cpu = time.perf_counter(), _cpu_seconds(process.pid)
        with ThreadPoolExecutor(CLIENTS) as clients:
            done = list(clients.map(lambda number: submit(port, number), range(TALKS)))
        seconds = time.perf_counter() - began
        cpu = _cpu_seconds(process.pid) - cpu
    titles = json.loads(_manage(environment, "count"))
    return _summary(done, titles, seconds, cpu)


def _summary(
    done: list[Submission], titles: dict[str, int], seconds: float, cpu: float
) -> dict[str, Any]:
    waits = sorted(wait for each in done for wait in each.waits)
    sends = sorted(each.sent_in for each in done)
    return {
        "seconds": round(seconds, 1),
        "requests": len(waits),
        "requests_per_talk": round(len(waits) / TALKS, 1),
        "p50": round(waits[len(waits) // 2], 3),
        "p95": round(waits[len(waits) * 95 // 100], 3),
        "send_p50": round(sends[len(sends) // 2], 3),
        "send_p95": round(sends[len(sends) * 95 // 100], 3),
        "cpu_ms": round(1000 * cpu / TALKS, 1),
        "lost": sum(titles.get(each.title, 0) == 0 for each in done),
        "doubled": sum(count > 1 for count in titles.values()),
        "errors": sum(each.errors for each in done),
        "messages": sorted({text for each in done for text in each.messages})[:5],
    }


# --- The server -------------------------------------------------------------------------------


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "2", "--threads", "4"]
    quiet = ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen([*command, *quiet], cwd=_ROOT, env=environment)  # noqa: S603 - ourselves
    try:
        _wait_for(port)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int) -> None:
    for _attempt in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    message = "gunicorn does not answer."
    raise RuntimeError(message)


def _cpu_seconds(parent: int) -> float:
    """User and system time of a process and its children so far; from /proc, so Linux alone."""
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent or status.parent.name == str(parent):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


# --- The database -----------------------------------------------------------------------------


@contextmanager
def _own_database(url: str) -> Iterator[str]:
    import psycopg2  # noqa: PLC0415 - only where there is such a server

    def run(statement: str) -> None:
        connection = psycopg2.connect(url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()

    run(f"DROP DATABASE IF EXISTS {_DATABASE}")
    run(f"CREATE DATABASE {_DATABASE}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{_DATABASE}"))
    finally:
        run(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")


def _manage(environment: dict[str, str], step: str) -> str:
    command = [sys.executable, "-m", "tests.benchmarks.bench_deadline", step]
    done = subprocess.run(  # noqa: S603 - ourselves
        command, cwd=_ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _make_meeting() -> None:
    import django  # noqa: PLC0415 - this process alone needs it

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django set up
    from django.utils import timezone  # noqa: PLC0415 - the same

    from tests.make import make_format, make_meeting  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    call_command("load_areas", verbosity=0, stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    day = timedelta(days=1)
    now = timezone.now()
    meeting = make_meeting(slug="deadline", call_opens_at=now - day, call_closes_at=now + day)
    make_format(meeting)


def _count_talks() -> None:
    import django  # noqa: PLC0415 - this process alone needs it

    django.setup()
    from django.db.models import Count  # noqa: PLC0415 - needs Django set up

    from submissions.models import Talk  # noqa: PLC0415 - the same

    rows = Talk.objects.filter(state="submitted").values_list("title").annotate(Count("pk"))
    sys.stdout.write(json.dumps(dict(rows.order_by())))


if __name__ == "__main__":
    main()
