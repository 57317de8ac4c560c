"""Tags free texts, one per line, with areas of a shipped vocabulary."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO, Final

from django.core.management.base import BaseCommand, CommandError

from submissions.domain.areas.matching import Tagging, tag
from submissions.importers.vocabulary import Kind, shipped_vocabulary

# Some readers of text break lines here, though JSON does not: so these are written as escapes.
_LINE_ENDS: Final = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Command(BaseCommand):
    help = (
        "Tag free texts with areas of the shipped vocabulary. Reads one text per line (UTF-8) from "
        "standard input, prints one JSON object per line. Needs no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[kind.value for kind in Kind])

    def handle(self, *_args: Any, **options: Any) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        vocabulary = shipped_vocabulary(Kind(options["kind"]))
        try:
            for text in _lines(sys.stdin.buffer):
                self.stdout.write(_as_json(tag(text, vocabulary)))
                self.stdout.flush()
        except BrokenPipeError:
            # The reader (head, less) has enough; without this Python complains again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lines(stream: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            message = (
                f"Line {number} is not UTF-8 (byte {error.start + 1}). Convert the text first."
            )
            raise CommandError(message) from None
        yield text.removesuffix("\n").removesuffix("\r")


def _as_json(tagging: Tagging) -> str:
    suggestions = [
        {"slug": each.slug, "because": list(each.because), "score": each.score}
        for each in tagging.suggestions
    ]
    record = {
        "text": tagging.text,
        "areas": list(tagging.areas),
        "suggestions": suggestions,
        "unmatched": list(tagging.unmatched),
    }
    return json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS)
