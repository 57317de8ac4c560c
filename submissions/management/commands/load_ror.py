"""Loads institutes from a ROR data dump; running it again changes nothing."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from submissions.importers.institutes import KnownInstitute, NotRor, read_dump
from submissions.operations.institutes import load_dump


class Command(BaseCommand):
    help = (
        "Load institutes from a data dump of the Research Organization Registry (ror.org, CC0), "
        "as a JSON file of schema 2 or 1 or in the zip in which it is distributed. They are "
        "suggested while somebody types an affiliation. Without a filter, institutes that are no "
        "longer in the dump are removed. All of it is loaded, or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the dump, .zip or .json")
        parser.add_argument(
            "--country",
            action="append",
            metavar="CODE",
            default=[],
            help="only institutes of this country, such as ES; may be repeated",
        )
        parser.add_argument(
            "--type",
            action="append",
            dest="types",
            default=[],
            help="only institutes of this type, such as education or facility; may be repeated",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        countries = {code.upper() for code in options["country"]}
        types = {one.lower() for one in options["types"]}

        def wanted() -> Iterator[KnownInstitute]:
            for institute in read_dump(path):
                if countries and institute.country_code not in countries:
                    continue
                if not types or types & set(institute.types):
                    yield institute

        try:
            loaded = load_dump(wanted(), is_whole=not countries and not types)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except NotRor as refusal:
            raise CommandError(f"{path}: {refusal} Nothing was changed.") from None
        self.stdout.write(
            f"institutes: {loaded.new} new, {loaded.changed} changed, {loaded.same} same, "
            f"{loaded.removed} removed"
        )
        if not loaded.new + loaded.changed + loaded.same:
            self.stderr.write("No institute of the file fits; is the filter right?")
