"""The demonstration (`make demo`): one invented meeting, kept under var/demo, on this machine only.

Prepares whatever is missing, then becomes the web server, so that one signal ends everything.
`--reset` forgets the data first. Nothing of a real installation is read or touched: every setting
that matters is given here, and so wins over the environment and over a .env file.
"""

import io
import os
import shutil
import signal
import socket
import sys
from pathlib import Path
from urllib.parse import quote

import django
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "demo"
# Printed by the server once it answers, hence last on the screen.
WELCOME = FOLDER / "welcome.txt"


def main() -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # Ctrl-C while preparing: stop, without a traceback
    port = chosen_port()
    if "--reset" in sys.argv[1:]:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ.update(settings(port))
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    try:
        prepare()
    except CommandError as error:
        sys.exit(str(error))
    serve(port)


def chosen_port() -> int:
    """The port to serve on, after making sure that nothing else does."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isdigit() and 0 < int(text) < 65536):
        sys.exit(f"PORT={text} is not a port. Choose one from 1024 to 65535: PORT=8001")
    port = int(text)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if 1024 <= port < 65535 else 8001
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Choose another: PORT={other}")
    return port


def settings(port: int) -> dict[str, str]:
    """Everything config/settings.py reads that a demonstration must decide itself."""
    address = f"http://127.0.0.1:{port}"
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "False",
        "SECRET_KEY": "",  # so it makes its own, in var/
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": address,
        "CSRF_TRUSTED_ORIGINS": f"{address},http://localhost:{port}",
        "SECURE_SSL_REDIRECT": "False",
        "SECURE_HSTS_SECONDS": "0",
        "BEHIND_PROXY": "False",
        "DATABASE_URL": f"sqlite:///{quote(str(FOLDER / 'conjunction.sqlite3'))}",
        "REDIS_URL": "",
        "EMAIL_URL": f"filemail:///{quote(str(FOLDER / 'mail'))}",
        "STATIC_ROOT": str(FOLDER / "static"),
    }


def prepare() -> None:
    """Bring tables, vocabularies, the meeting and the style sheets up to date."""
    django.setup()
    call_command("migrate", verbosity=0)
    quietly = io.StringIO()
    call_command("load_areas", stdout=quietly)
    call_command("load_institutes", stdout=quietly)
    call_command("collectstatic", interactive=False, verbosity=0)
    welcome = io.StringIO()
    call_command("load_demo", stdout=welcome)
    WELCOME.write_text(welcome.getvalue(), encoding="utf-8")


def serve(port: int) -> None:
    """Become gunicorn. It has the process, the terminal and the signals from here on."""
    sys.stdout.flush()
    arguments = ["--config", "scripts/demo_server.py", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *arguments, "config.wsgi"]
    os.execv(command[0], command)  # noqa: S606 - no shell is the point: the signals reach gunicorn


if __name__ == "__main__":
    main()
