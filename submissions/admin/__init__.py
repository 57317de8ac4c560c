"""The organisers' pages about talks: Django's admin, scoped to meetings."""

from submissions.admin import areas, emails, late_links, meetings, speakers, talks, users

__all__ = ["areas", "emails", "late_links", "meetings", "speakers", "talks", "users"]
