from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = _("Submissions")

    def ready(self) -> None:
        # Connected, or registered, on import, once apps are loaded.
        from submissions import receivers  # noqa: F401, PLC0415
        from submissions.operations import erasing_people, personal_holdings  # noqa: F401, PLC0415
