"""To ORCID and back. The protocol is allauth's; here is what happens when somebody returns."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from submissions.operations.addresses import ORCID
from submissions.views.pending_code import keep_orcid

SIGN_IN_PAGE = "submissions:account-sign-in"


@never_cache
@require_POST
def orcid_sign_in(request: HttpRequest, provider_id: str = ORCID) -> HttpResponse:
    """By a button only: a link could sign somebody in who did not mean to."""
    _must_be_on()
    return _asked(request, openid.login, provider_id)


@never_cache
@require_safe
def orcid_return(request: HttpRequest, provider_id: str = ORCID) -> HttpResponse:
    _must_be_on()
    return _asked(request, openid.callback, provider_id)


def _must_be_on() -> None:
    if not settings.ORCID_CLIENT_ID:
        raise Http404


def _asked(request: HttpRequest, view: Any, provider_id: str) -> HttpResponse:
    """What allauth answers; if ORCID is silent or speaks nonsense, the way back to signing in."""
    try:
        response: HttpResponse = view(request, provider_id=provider_id)
    except (RequestException, KeyError, ValueError):
        return no_answer(request)
    return response


def no_answer(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        _("ORCID did not answer as it should. Try again, or sign in with a code by e-mail."),
    )
    return redirect(_where_from(request))


def send_back(request: HttpRequest, error: str) -> None:
    """End a journey to ORCID that came to nothing; `error` is one of allauth's AuthError."""
    if error == AuthError.CANCELLED:
        messages.info(request, _("You were not signed in: at ORCID you chose not to."))
        raise ImmediateHttpResponse(redirect(_where_from(request)))
    raise ImmediateHttpResponse(no_answer(request))


def _where_from(request: HttpRequest) -> str:
    return "submissions:account-detail" if request.user.is_authenticated else SIGN_IN_PAGE


def ask_for_address(request: HttpRequest, login: SocialLogin) -> None:
    """Send somebody whose ORCID no account has to the page that asks for their address.

    ORCID gives none away. The ORCID is connected once the address is proved, to a new account or
    to the one that the address has already.
    """
    if login.is_existing or login.state.get("process") == "connect":
        return
    told = login.account.extra_data.get("userinfo", login.account.extra_data)
    name = " ".join(filter(None, (told.get("given_name"), told.get("family_name"))))
    keep_orcid(request, orcid=login.account.uid, name=name)
    raise ImmediateHttpResponse(redirect(SIGN_IN_PAGE))
