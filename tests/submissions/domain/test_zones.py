from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from submissions.domain.zones import abbreviation

NAMES = [
    ("Europe/Madrid", (2027, 6, 7, 9, 0), "CEST"),
    ("Europe/Madrid", (2027, 10, 31, 0, 30), "CEST"),
    ("Europe/Madrid", (2027, 10, 31, 1, 30), "CET"),
    ("America/St_Johns", (2027, 6, 7, 9, 0), "NDT"),
    ("Asia/Kathmandu", (2027, 6, 7, 9, 0), "UTC+05:45"),
    ("Etc/GMT+12", (2027, 6, 7, 9, 0), "UTC-12:00"),
    ("UTC", (2027, 6, 7, 9, 0), "UTC"),
]


@pytest.mark.parametrize(("zone", "moment", "name"), NAMES)
def test_every_moment_has_a_zone_beside_it(
    zone: str, moment: tuple[int, int, int, int, int], name: str
) -> None:
    assert abbreviation(datetime(*moment, tzinfo=UTC).astimezone(ZoneInfo(zone))) == name
