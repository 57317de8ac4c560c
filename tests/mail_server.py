"""A mail server on this machine that takes mails, refuses them, says nothing, or hangs up."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from time import monotonic, sleep
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

STALL = 2.0
"""Seconds; longer than any test lets a client wait."""


@dataclass
class MailServer:
    """What it has taken so far, and how it behaves from now on.

    polite              takes every mail
    refuses             every recipient, for good (550)
    refuses text        every text, for good (554)
    defers              every recipient, for now (451)
    refuses sender      whoever writes (553)
    stalls              never greets
    stalls at the end   has the whole text and says nothing
    hangs up            in the middle of the text
    hangs up at the end has the whole text and hangs up before it answers
    """

    manners: str = "polite"
    mails: list[EmailMessage] = field(default_factory=list)
    sessions: int = 0
    port: int = 0
    open_connections: int = 0
    pause: float = 0.0
    """Seconds that a polite server thinks about each mail."""

    # --- What aiosmtpd asks -----------------------------------------------------------------

    async def handle_MAIL(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.manners == "refuses sender":
            return "553 you may not write"
        envelope.mail_from = address
        return "250 fine"

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.manners == "refuses":
            return "550 nobody of that name"
        if self.manners == "defers":
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.manners == "refuses text":
            return "554 looks like spam"
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.manners == "stalls at the end":
            await asyncio.sleep(STALL)
        if self.manners == "hangs up at the end":
            cut(server)
        await asyncio.sleep(self.pause)
        return "250 taken as 4711"

    @property
    def message_ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    def wait_for(self, count: int, *, seconds: float = 60) -> None:
        """Until so many mails have come."""
        _until(lambda: len(self.mails) >= count, seconds=seconds)


class _Session(SMTP):
    told: MailServer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.told.open_connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.told.open_connections -= 1

    async def _handle_client(self) -> None:
        self.told.sessions += 1
        if self.told.manners != "stalls":
            await super()._handle_client()
            return
        assert self.transport is not None
        try:
            await asyncio.sleep(STALL)
        finally:
            self.transport.close()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name that aiosmtpd calls
        if self.told.manners != "hangs up":
            await super().smtp_DATA(arg)
            return
        await self.push("354 go on")
        await self._reader.readline()
        cut(self)


def cut(server: SMTP) -> None:
    """End the connection without a word."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


class _Controller(Controller):
    def factory(self) -> SMTP:
        session = _Session(self.handler, hostname="mail.example", enable_SMTPUTF8=False)
        session.told = self.handler
        return session


@contextmanager
def mail_server(
    manners: str = "polite", *, pause: float = 0.0, **settings: Any
) -> Iterator[MailServer]:
    """Run one, with Django's mail going there; Django waits a third of a second at the most."""
    told = MailServer(pause=pause)
    controller = _Controller(told, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        _until(lambda: bool(told.sessions) and not told.open_connections)  # it calls itself once
        told.manners, told.sessions, told.port = manners, 0, controller.port
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=controller.port,
            EMAIL_HOST_USER="",
            EMAIL_HOST_PASSWORD="",
            EMAIL_TIMEOUT=0.3,
            **settings,
        ):
            yield told
    finally:
        _until(lambda: not told.open_connections)  # the clients have gone; what waits for them ends
        controller.stop()


def _until(reached: Callable[[], bool], *, seconds: float = 5) -> None:
    end = monotonic() + seconds
    while not reached():
        assert monotonic() < end
        sleep(0.005)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
