"""Short codes that people read aloud and type: of a talk, never a secret."""

import secrets
from typing import Final

# Neither 0, O, 1, I, L: they are taken for one another.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 6


def new_code() -> str:
    """A random code; the caller makes sure that it is not taken."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
