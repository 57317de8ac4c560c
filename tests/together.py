"""Doing things at the same moment, on a database that several connections can share."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from django.db import connection, connections

T = TypeVar("T")


def together(act: Callable[[int], T], times: int) -> list[T]:
    """Call `act` with 0, 1, 2 … in as many threads, let go at once; what each returned."""
    start = Barrier(times)

    def run(number: int) -> T:
        start.wait()
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Use a file of its own where the test database is SQLite in memory: only a file has a lock
    for which a second connection waits, as in a running site.
    """
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    file = folder / "shared.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        in_memory.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name
