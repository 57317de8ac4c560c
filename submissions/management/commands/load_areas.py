"""Loads the shipped area vocabularies into the database; running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from submissions.importers.vocabulary import Kind, shipped_areas
from submissions.operations.area_rows import Loaded
from submissions.operations.areas import load_areas


class Command(BaseCommand):
    help = (
        "Load the areas of astronomy and of machine learning that ship with the program. "
        "Never deletes; areas and synonyms added on this site stay."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for kind in Kind:
            loaded = load_areas(kind, shipped_areas(kind))
            self.stdout.write(f"{kind}: {counted(loaded)}")
            if loaded.kept:
                slugs = ", ".join(loaded.kept)
                self.stderr.write(
                    f"{kind}: left as they are, because this site added areas with these slugs: "
                    f"{slugs}. Rename them in the admin to get the shipped ones."
                )


def counted(loaded: Loaded) -> str:
    return f"{loaded.new} new, {loaded.changed} changed, {loaded.same} same"
