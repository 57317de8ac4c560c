"""Loads the Unified Astronomy Thesaurus; running it again changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from submissions.importers.vocabulary import (
    Kind,
    ThesaurusRefused,
    read_thesaurus,
    shipped_areas,
    shipped_mappings,
)
from submissions.operations.areas import load_areas, load_uat


class Command(BaseCommand):
    help = (
        "Add the Unified Astronomy Thesaurus (American Astronomical Society, CC BY-SA 3.0) to the "
        "areas of astronomy, from its official file UAT_list.json. Loads the shipped areas first. "
        "Never deletes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the thesaurus as UAT_list.json")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            concepts = read_thesaurus(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except ThesaurusRefused as refusal:
            raise CommandError(f"{path}: {refusal}") from None
        load_areas(Kind.ASTRONOMY, shipped_areas(Kind.ASTRONOMY))
        loaded = load_uat(concepts, shipped_mappings())
        self.stdout.write(
            f"{len(concepts)} concepts: "
            f"{loaded.new} new, {loaded.changed} changed, {loaded.same} same"
        )
