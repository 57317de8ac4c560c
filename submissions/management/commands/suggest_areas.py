"""Suggests areas for talks, one JSON object with title and abstract per line."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.management.base import CommandError

from submissions.domain.areas.suggesting import AreaSuggestion
from submissions.importers.evidence import shipped_suggester
from submissions.management.lines import LinesCommand, numbered_lines

_Talk = tuple[str, str]


class Command(LinesCommand):
    help = (
        'Suggest areas for talks. Reads one JSON object {"title", "abstract"} per line (UTF-8) '
        "from standard input, prints one JSON object per line: the areas of both kinds with the "
        "words of the text that gave them and a confidence. Needs no database."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        suggester = shipped_suggester()
        found = (suggester.suggest(*talk) for talk in _talks(sys.stdin.buffer))
        self.answer({"astronomy": _plain(one.astronomy), "ml": _plain(one.ml)} for one in found)


def _talks(stream: BinaryIO) -> Iterator[_Talk]:
    """The talks of the stream, one per line; empty lines are passed over."""
    return (_talk(text, number) for number, text in numbered_lines(stream) if text.strip())


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
