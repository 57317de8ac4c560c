"""How allauth behaves here: its mails, its redirects, and when it asks who you are once more."""

import logging
import time
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from submissions.models import User
from submissions.views.orcid import ask_for_address, send_back
from submissions.views.signing_in import connect_waiting_orcid

logger = logging.getLogger(__name__)

SITE_NAME = "Conjunction"
SIGNED_IN_AT = "signed_in_at"
FRESH_SECONDS = 15 * 60
"""How long after signing in nobody is asked for a password or a code once more."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This address and this password do not belong together. Without a password, go back "
            "and ask for a code by e-mail."
        ),
        "incorrect_code": _("This code is not right."),
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _(
            "There were too many attempts with this address. Wait five minutes, or sign in with a "
            "code by e-mail."
        ),
        "rate_limited": _("There were too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return True

    def is_safe_url(self, url: str | None) -> bool:
        """Only this site as it was asked for: not another one that merely has a name here."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Tell somebody what happened to their account; a broken mail server undoes nothing."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("A notice to an account's owner could not be sent.")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose attempts are counted together. A strange header is counted, not refused."""
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 - nobody's address; a socket has none

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        connect_waiting_orcid(request)
        response: HttpResponse = super().post_login(request, user, **about)
        return response

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not right after signing in, in whichever way: who forgot a password need not know it."""
        signed_in_at = context.request.session.get(SIGNED_IN_AT, 0)
        is_stale = time.time() - signed_in_at > FRESH_SECONDS
        return is_stale and bool(super().is_reauthentication_required(app=app, **more))


class OrcidAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        ask_for_address(request, sociallogin)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002 - allauth's signature
        error: str = "",
        exception: Exception | None = None,
        extra_context: Any = None,  # noqa: ARG002 - allauth's signature
    ) -> None:
        if exception is not None:
            logger.warning("Signing in with ORCID failed.", exc_info=exception)
        send_back(request, error)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002 - allauth's signature
        return reverse("submissions:account-detail")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. A new one appears every 30 seconds."),
    }

    def _get_site_name(self) -> str:
        return SITE_NAME

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's signature
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}
