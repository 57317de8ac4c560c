"""Affiliations as text: one per line, the identifier of a chosen institute in brackets behind it.

So one plain field holds several of them with their identifiers, also where no script runs, in a
draft, or in text that somebody copies.
"""

import re
from collections.abc import Iterable
from typing import Final

from submissions.domain import ror
from submissions.domain.proposal import ProposedAffiliation

_IDENTIFIER: Final = re.compile(
    r"[\s,]*[(\[<]?\s*((?:https?://)?ror\.org/\w{9})\s*[)\]>]?$", re.IGNORECASE
)


def read_affiliations(text: str) -> tuple[ProposedAffiliation, ...]:
    """The affiliations of a text, on lines or between semicolons; each name once."""
    found: dict[str, ProposedAffiliation] = {}
    for part in re.split(r"[;\n]", text):
        affiliation = _read(" ".join(part.split()))
        if affiliation.name and not (affiliation.name in found and found[affiliation.name].ror_id):
            found[affiliation.name] = affiliation
    return tuple(found.values())


def written_affiliations(affiliations: Iterable[ProposedAffiliation]) -> str:
    """The text that `read_affiliations` reads back."""
    return "\n".join(
        f"{one.name} ({one.ror_id})" if one.ror_id else one.name for one in affiliations
    )


def _read(line: str) -> ProposedAffiliation:
    """An identifier that cannot be right stays part of the text: nothing typed is lost."""
    match = _IDENTIFIER.search(line[-60:]) if "ror.org/" in line else None
    if match is None:
        return ProposedAffiliation(line)
    name = line[: len(line) - len(match[0])].rstrip()
    try:
        ror_id = ror.normalise(match[1])
    except ror.RorNotValid:
        return ProposedAffiliation(line)
    return ProposedAffiliation(name, ror_id) if name else ProposedAffiliation(line)
