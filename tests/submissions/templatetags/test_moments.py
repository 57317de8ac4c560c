from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from submissions.templatetags.moments import abbreviation

AT = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_a_zone_may_be_given_by_its_name() -> None:
    zone = "Europe/Madrid"
    assert abbreviation(AT, zone) == abbreviation(AT, ZoneInfo(zone)) == "CET"
