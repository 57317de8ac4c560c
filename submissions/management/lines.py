"""Commands that answer line by line: text in at standard input, one JSON object per line out."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO, Final

from django.core.management.base import BaseCommand, CommandError

# Some readers of text break lines here, though JSON does not: so these are written as escapes.
_LINE_ENDS: Final = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class LinesCommand(BaseCommand):
    """A filter that needs no database; each answer is out before the next line is read."""

    requires_system_checks: list[str] = []

    def answer(self, records: Iterable[dict[str, Any]]) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        try:
            for record in records:
                self.stdout.write(_as_json(record))
                self.stdout.flush()
        except BrokenPipeError:
            # The reader (head, less) has enough; without this Python complains again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """The lines of the stream without their ends, from 1; refuses what is not UTF-8."""
    for number, line in enumerate(stream, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            message = f"Line {number} is not UTF-8 (byte {error.start + 1})."
            raise CommandError(f"{message} Convert the text first.") from None
        yield number, text.removesuffix("\n").removesuffix("\r")


def _as_json(record: dict[str, Any]) -> str:
    """One line for every reader; half a character (a lone surrogate) is written as an escape."""
    text = json.dumps(record, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(record)
    return text.translate(_LINE_ENDS)
