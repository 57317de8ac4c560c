"""The organisers' pages about talks: Django's admin, scoped to meetings."""

from submissions.admin import (
    areas,
    email_templates,
    emails,
    late_links,
    meetings,
    speakers,
    talks,
    terms,
    users,
)

__all__ = [
    "areas",
    "email_templates",
    "emails",
    "late_links",
    "meetings",
    "speakers",
    "talks",
    "terms",
    "users",
]
