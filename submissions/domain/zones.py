"""How a moment's zone is written beside it."""

from datetime import datetime


def abbreviation(at: datetime) -> str:
    """Such as "CEST", or "UTC+05:45" where the zone has no letters; `at` is aware, in its zone.

    Also in the hour that comes twice, when nothing else tells 02:30 from 02:30.
    """
    name, offset = at.tzname() or "", f"{at:%z}"
    return name if name.isalpha() else f"UTC{offset[:3]}:{offset[3:5]}"
