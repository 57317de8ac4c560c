"""The admin with our site class. Lives here because only config may know both apps."""

from importlib import import_module

from django.apps import apps
from django.contrib.admin.apps import AdminConfig


class OrganiserAdminConfig(AdminConfig):
    default_site = "sessions.admin.site.OrganiserSite"

    def ready(self) -> None:
        # Django makes the site when it is first asked for, which imports the package of our class.
        # If that import itself asked for the site, there would be two, and one of them empty.
        import_module("sessions.admin")
        super().ready()
        self._leave_out_allauth()

    def _leave_out_allauth(self) -> None:
        """What allauth keeps of a user is on the user's own page, where it can be understood."""
        site = import_module("django.contrib.admin").site
        for name in ("account", "socialaccount", "mfa", "usersessions"):
            for model in apps.get_app_config(name).get_models():
                if site.is_registered(model):
                    site.unregister(model)
