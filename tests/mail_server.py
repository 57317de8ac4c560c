"""A mail server on this machine that takes mails, refuses them, says nothing, or hangs up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any

from django.test import override_settings


@dataclass
class MailServer:
    """What it has taken so far, and how it behaves from now on."""

    manners: str = "polite"
    """"polite", "refuses" (every recipient), "stalls" (never greets), "hangs up" (at the text)."""
    mails: list[EmailMessage] = field(default_factory=list)
    sessions: int = 0
    over: Event = field(default_factory=Event)


class _Session(StreamRequestHandler):
    timeout = 5

    def handle(self) -> None:
        told: MailServer = self.server.told  # type: ignore[attr-defined]
        told.sessions += 1
        if told.manners == "stalls":
            told.over.wait(5)
            return
        self._say("220 here")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                if told.manners == "hangs up":
                    return
                told.mails.append(message_from_bytes(text, policy=policy.default))
                self._say("250 taken")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            elif word == b"RCPT" and told.manners == "refuses":
                self._say("550 nobody of that name")
            else:
                self._say("250 fine")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def mail_server(manners: str = "polite", **settings: Any) -> Iterator[MailServer]:
    """Run one, with Django's mail going there; Django waits a third of a second at the most."""
    told = MailServer(manners)
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.told = told  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.server_address[1],
            EMAIL_HOST_USER="",
            EMAIL_HOST_PASSWORD="",
            EMAIL_TIMEOUT=0.3,
            **settings,
        ):
            try:
                yield told
            finally:
                told.over.set()
                server.shutdown()
