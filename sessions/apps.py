from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """The label differs from the package: django.contrib.sessions owns "sessions"."""

    name = "sessions"
    label = "programme"
    verbose_name = _("Programme")

    def ready(self) -> None:
        # Connected, or registered, on import, once apps are loaded.
        from sessions import receivers  # noqa: F401, PLC0415
        from sessions.operations import forgetting  # noqa: F401, PLC0415
