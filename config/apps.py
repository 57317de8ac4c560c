"""The admin with our site class. Lives here because only config may know both apps."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class OrganiserAdminConfig(AdminConfig):
    default_site = "sessions.admin.site.OrganiserSite"

    def ready(self) -> None:
        # Django makes the site when it is first asked for, which imports the package of our class.
        # If that import itself asked for the site, there would be two, and one of them empty.
        import_module("sessions.admin")
        super().ready()
