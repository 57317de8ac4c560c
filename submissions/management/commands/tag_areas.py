"""Tags free texts, one per line, with areas of a shipped vocabulary."""

import sys
from argparse import ArgumentParser
from typing import Any

from submissions.domain.areas.matching import Tagging, tag
from submissions.importers.vocabulary import Kind, shipped_vocabulary
from submissions.management.lines import LinesCommand, numbered_lines


class Command(LinesCommand):
    help = (
        "Tag free texts with areas of the shipped vocabulary. Reads one text per line (UTF-8) from "
        "standard input, prints one JSON object per line. Needs no database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[kind.value for kind in Kind])

    def handle(self, *_args: Any, **options: Any) -> None:
        vocabulary = shipped_vocabulary(Kind(options["kind"]))
        lines = numbered_lines(sys.stdin.buffer)
        self.answer(_plain(tag(text, vocabulary)) for _number, text in lines)


def _plain(tagging: Tagging) -> dict[str, Any]:
    suggestions = [
        {"slug": each.slug, "because": list(each.because), "score": each.score}
        for each in tagging.suggestions
    ]
    return {
        "text": tagging.text,
        "areas": list(tagging.areas),
        "suggestions": suggestions,
        "unmatched": list(tagging.unmatched),
    }
