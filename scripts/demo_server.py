"""gunicorn's configuration for the demonstration; scripts/demo.py starts it."""

import os
import signal
import sys
from pathlib import Path

workers = 2
threads = 2
graceful_timeout = 3  # seconds that open requests get after Ctrl-C
loglevel = "warning"
control_socket_disable = True  # it would be made in the home folder


def when_ready(_server: object) -> None:
    """Say where to look and how to sign in, now that the port answers."""
    # Closing the terminal sends HUP, on which gunicorn would start afresh and live on unseen.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    welcome = Path("var/demo/welcome.txt").read_text(encoding="utf-8")
    sys.stdout.write(f"\n{welcome.strip()}\n\nCtrl-C stops it.\n")
    sys.stdout.flush()
