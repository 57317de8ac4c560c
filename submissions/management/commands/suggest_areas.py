"""Suggests areas for talks, one JSON object with title and abstract per line."""

import json
import os
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from submissions.domain.areas.suggesting import AreaSuggestion
from submissions.importers.evidence import shipped_suggester

_Talk = tuple[str, str]


class Command(BaseCommand):
    help = (
        'Suggest areas for talks. Reads one JSON object {"title", "abstract"} per line (UTF-8) '
        "from standard input, prints one JSON object per line: the areas of both kinds with the "
        "words of the text that gave them and a confidence. Needs no database."
    )
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        suggester = shipped_suggester()
        try:
            for title, abstract in _talks(sys.stdin.buffer):
                found = suggester.suggest(title, abstract)
                record = {"astronomy": _plain(found.astronomy), "ml": _plain(found.ml)}
                self.stdout.write(_as_json(record))
                self.stdout.flush()
        except BrokenPipeError:
            # The reader (head, less) has enough; without this Python complains again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _talks(stream: BinaryIO) -> Iterator[_Talk]:
    """The talks of the stream, one per line; empty lines are passed over."""
    for number, line in enumerate(stream, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            message = f"Line {number} is not UTF-8 (byte {error.start + 1})."
            raise CommandError(f"{message} Convert the text first.") from None
        if text.strip():
            yield _talk(text, number)


def _talk(text: str, number: int) -> _Talk:
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"Line {number} is not JSON (column {error.colno}): {error.msg}."
        raise CommandError(message) from None
    except (RecursionError, ValueError):
        message = f"Line {number} is JSON that is too deep or has too large a number."
        raise CommandError(message) from None
    if not isinstance(record, dict):
        message = f'Line {number} is no JSON object: {{"title": "…", "abstract": "…"}} is expected.'
        raise CommandError(message)
    return _text_of(record, "title", number), _text_of(record, "abstract", number)


def _text_of(record: dict[str, Any], name: str, number: int) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        message = f'Line {number}: "{name}" is no text.'
        raise CommandError(message)
    return value


def _plain(suggestions: tuple[AreaSuggestion, ...]) -> list[dict[str, Any]]:
    return [
        {"slug": each.slug, "because": list(each.because), "confidence": each.confidence}
        for each in suggestions
    ]


def _as_json(record: dict[str, Any]) -> str:
    """One line for every reader; half a character (a lone surrogate) is written as an escape."""
    text = json.dumps(record, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(record)
    return text.translate(_LINE_ENDS)


# Some readers of text break lines here, though JSON does not: so these are written as escapes.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
