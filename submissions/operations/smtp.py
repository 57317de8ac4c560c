"""A connection to the mail server that keeps what the server said, and where it broke.

Django's own SMTP backend, with an ear: the delivery log shows the server's answer, and a
connection that fails while a mail's text is under way leaves open whether the mail arrived.
"""

import smtplib
from typing import Any, Protocol, cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp


class _Listening(smtplib.SMTP):
    answer = ""
    text_is_under_way = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.answer, self.text_is_under_way = "", True
        code, answer = super().data(msg)
        # An answer, whichever, says what became of the text.
        self.text_is_under_way = False
        self.answer = said(code, answer)
        return code, answer


class _ListeningWithTLS(_Listening, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> Any:
        return _ListeningWithTLS if self.use_ssl else _Listening

    def open(self) -> bool | None:
        """As always, and again if the server has hung up since."""
        if self.connection is not None and cast(Any, self.connection).sock is None:
            self.connection = None
        return super().open()


class Connection(Protocol):
    """What any of Django's backends can do."""

    def open(self) -> bool | None: ...
    def close(self) -> None: ...
    def send_messages(self, email_messages: list[EmailMessage]) -> int | None: ...


def connection() -> Connection:
    """To wherever EMAIL_URL says; not open yet."""
    backend = settings.EMAIL_BACKEND
    if backend == "django.core.mail.backends.smtp.EmailBackend":
        backend = f"{EmailBackend.__module__}.{EmailBackend.__qualname__}"
    return cast(Connection, get_connection(backend))


def answer_on(used: Connection) -> str:
    """What the server said to the last text; "" where there is no server (console, files)."""
    return str(getattr(getattr(used, "connection", None), "answer", ""))


def text_is_under_way(used: Connection) -> bool:
    """Whether a text was begun and never answered: it may have arrived."""
    return bool(getattr(getattr(used, "connection", None), "text_is_under_way", False))


def said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {text}".strip()
