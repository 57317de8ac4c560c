"""Codes that prove an e-mail address: mailed, then typed in the browser that asked for them."""

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self

ALPHABET: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels: a code is never a word. No digits: none is taken for a letter."""
LIFETIME: Final = timedelta(minutes=15)
"""Slow mail servers take their time; RFC 8628 suggests no less."""
ATTEMPTS: Final = 5
MAILS: Final = 3
"""How often one address may be sent a code before the first page is asked again."""


class Purpose(StrEnum):
    SIGN_IN = "sign in"
    ADD_ADDRESS = "add address"


def new_code() -> str:
    """Eight letters, twenty-five thousand million possibilities for five attempts."""
    letters = [secrets.choice(ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


@dataclass(frozen=True, slots=True)
class PendingCode:
    """A code that was mailed. Whoever reads it here learns the address, but not the code."""

    email: str
    purpose: Purpose
    print: str
    asked_at: str
    wrong: int = 0
    mails: int = 1

    @classmethod
    def asked(cls, email: str, purpose: Purpose, code: str, *, at: datetime) -> Self:
        return cls(email, purpose, _print_of(email, code), at.isoformat())

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Self:
        """From what `kept` gave; raises TypeError or ValueError for anything else."""
        return cls(**{**kept, "purpose": Purpose(kept.get("purpose", ""))})

    def kept(self) -> dict[str, Any]:
        """Plain values, for the login session."""
        return asdict(self)

    def is_right(self, typed: str, *, at: datetime) -> bool:
        return self.is_alive(at=at) and secrets.compare_digest(
            self.print, _print_of(self.email, typed)
        )

    def is_alive(self, *, at: datetime) -> bool:
        age = at - datetime.fromisoformat(self.asked_at)
        return self.wrong < ATTEMPTS and timedelta(0) <= age < LIFETIME

    def with_wrong_attempt(self) -> Self:
        return replace(self, wrong=self.wrong + 1)

    def sent_again(self, code: str, *, at: datetime) -> Self:
        """The earlier code is void from now on."""
        return replace(
            self,
            print=_print_of(self.email, code),
            asked_at=at.isoformat(),
            wrong=0,
            mails=self.mails + 1,
        )

    @property
    def may_be_sent_again(self) -> bool:
        return self.mails < MAILS


def _print_of(email: str, typed: str) -> str:
    """The same for every way of typing one code: case, blanks and hyphens do not count."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(letter for letter in plain if letter in ALPHABET)
    return hashlib.sha256(f"{email.lower()} {letters}".encode()).hexdigest()
