"""Load the invented meetings of the folder `demo`, and tell how to walk into them."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from sessions.importers.demonstration import DemoMeeting
from sessions.operations import demonstration
from submissions.domain.lifecycle import State
from submissions.domain.roles import Role
from submissions.emails import absolute, private_link
from submissions.models import Talk, User

DEFAULT_PASSWORD = "conjunction-demo"  # noqa: S105 - known to everybody; refused where strangers can reach the site


class Command(BaseCommand):
    help = "Load two invented meetings to try things with; does nothing if they are there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--password",
            default=DEFAULT_PASSWORD,
            help="With which everybody of the demonstration signs in (default: %(default)s).",
        )

    def handle(self, *args: Any, password: str, **options: Any) -> None:
        if password == DEFAULT_PASSWORD and not _is_this_machine(settings.SITE_URL):
            message = (
                f"Others can reach {settings.SITE_URL}, and they know the usual password of the "
                "demonstration. Choose another one with --password."
            )
            raise CommandError(message)
        told = demonstration.read_demonstration(Path(settings.BASE_DIR) / "demo", at=timezone.now())
        try:
            demonstration.load(told, password=password)
        except demonstration.AlreadyLoaded:
            self.stdout.write("The demonstration is there already; nothing was changed.\n\n")
        except demonstration.AreasMissing as error:
            message = f"These areas are not known here: {error}. Run “manage.py load_areas” first."
            raise CommandError(message) from error
        self.stdout.write("\n".join(_directions(told, password)))


def _is_this_machine(address: str) -> bool:
    return urlsplit(address).hostname in {"127.0.0.1", "localhost", "::1"}


def _directions(told: list[DemoMeeting], password: str) -> Iterator[str]:
    """Where to look and who to be, line by line."""
    shown, *others = told
    yield f"Conjunction  {absolute('/')}"
    yield f"Programme    {absolute(reverse('sessions:programme-detail', args=[shown.slug]))}"
    yield f"Admin        {absolute(reverse('admin:index'))}"
    yield ""
    yield f"Sign in at {absolute(reverse('submissions:account-password'))} as"
    for who, email in _accounts(shown, others):
        yield f"  {who:<30}{email}"
    yield f"  {'password':<30}{_password_to_tell(shown, password)}"
    yield ""
    sign_in = absolute(reverse("submissions:account-sign-in"))
    yield f"Speakers sign in at {sign_in} with a code by e-mail"
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        folder = getattr(settings, "EMAIL_FILE_PATH", "")
        yield f"  {'mails are written to':<30}{folder}"
    yield "or come by their private links:"
    for purpose, state in (("change a proposal", State.SUBMITTED), ("confirm", State.ACCEPTED)):
        yield f"  {purpose:<30}{_private_link(shown, state)}"


def _accounts(shown: DemoMeeting, others: list[DemoMeeting]) -> Iterator[tuple[str, str]]:
    for role in Role:
        yield role.value, next(one.email for one in shown.members if one.role == role)
    for other in others:
        organiser = next(one.email for one in other.members if one.role == Role.ORGANISER)
        yield "organiser of another meeting", organiser
    if shown.administrator is not None:
        yield "administrator", shown.administrator.email


def _password_to_tell(shown: DemoMeeting, password: str) -> str:
    """The password if it is still the one; it is not known what else it may be."""
    email = next(one.email for one in shown.members if one.role == Role.ORGANISER)
    organiser = User.objects.filter(email=email).first()
    if organiser is not None and organiser.check_password(password):
        return password
    return "as chosen when the demonstration was loaded"


def _private_link(shown: DemoMeeting, state: State) -> str:
    """The link of the first talk that was loaded in `state`, unless it has been deleted since."""
    key = next(one.key for one in shown.talks if one.state == state and not one.prepared)
    talk = Talk.objects.filter(submit_key=demonstration.submit_key(shown.slug, key)).first()
    return private_link(talk) if talk else "(deleted; start over with make demo-reset)"
