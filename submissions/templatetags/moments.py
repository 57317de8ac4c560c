"""Showing moments: Django itself leaves the zone out in the hour that comes twice."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django import template

from submissions.domain import zones

register = template.Library()


@register.filter
def abbreviation(at: datetime, zone: tzinfo | str) -> str:
    """The name of `zone` (or the zone of that name) at this moment, such as "CEST"."""
    return zones.abbreviation(at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone))
