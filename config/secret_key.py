"""The key of a copy that was given none: made once, kept where only its owner reads it."""

import os
import secrets
from pathlib import Path


def own_secret_key(folder: Path) -> str:
    """The key in `folder`, made on the first call; two processes at once agree on one."""
    file = folder / "secret-key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        mine = folder / f"secret-key.{os.getpid()}"
        mine.touch(mode=0o600)
        mine.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            # Appears whole or not at all, and only for the first of several.
            os.link(mine, file)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return file.read_text(encoding="ascii")
