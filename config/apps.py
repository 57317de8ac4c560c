"""The admin with our site class. Lives here because only config may know both apps."""

from django.contrib.admin.apps import AdminConfig


class OrganiserAdminConfig(AdminConfig):
    default_site = "sessions.admin.site.OrganiserSite"
