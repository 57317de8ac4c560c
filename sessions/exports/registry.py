"""The formats a programme can be had in: what the command, the pages and the tests read."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sessions.domain.programme import Programme
from sessions.exports.addresses import Addresses
from sessions.exports.csv_table import csv_table
from sessions.exports.html_page import html_page
from sessions.exports.ical import calendar
from sessions.exports.markdown import markdown


@dataclass(frozen=True, slots=True)
class Export:
    name: str
    extension: str
    content_type: str
    render: Callable[[Programme, Addresses], bytes]
    """Deterministic: the same programme and addresses give the same bytes."""


_ALL: Final = (
    Export("markdown", "md", "text/markdown; charset=utf-8", markdown),
    Export("html", "html", "text/html; charset=utf-8", html_page),
    Export("ical", "ics", "text/calendar; charset=utf-8", calendar),
    Export("csv", "csv", "text/csv; charset=utf-8", csv_table),
)

EXPORTS: Final = MappingProxyType({export.name: export for export in _ALL})
BY_EXTENSION: Final = MappingProxyType({export.extension: export for export in _ALL})
