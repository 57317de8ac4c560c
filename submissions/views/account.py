"""Your account: the ways in which somebody signs in, in one page."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from submissions.domain.orcid import OrcidNotValid, hyphenated, normalise
from submissions.domain.sign_in_codes import Purpose
from submissions.forms.signing_in import AddressForm, AnotherAddressForm
from submissions.models import User
from submissions.operations import addresses
from submissions.operations.signing_in import AddressTaken
from submissions.views.attempts import refusal
from submissions.views.signing_in import send_to_code_page

HERE = "submissions:account-detail"


@never_cache
@login_required
@require_safe
def account_detail(request: HttpRequest) -> HttpResponse:
    return _page(request, AnotherAddressForm())


def _page(request: HttpRequest, form: AddressForm, *, status: int = 200) -> HttpResponse:
    authenticators = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    by_type = {kind: [one for one in authenticators if one.type == kind] for kind in _KINDS}
    context = {
        "form": form,
        "addresses": EmailAddress.objects.filter(user=request.user, verified=True).order_by(
            "-primary", "email"
        ),
        "passkeys": [one.wrap() for one in by_type[Authenticator.Type.WEBAUTHN]],
        "has_app": bool(by_type[Authenticator.Type.TOTP]),
        "has_recovery_codes": bool(by_type[Authenticator.Type.RECOVERY_CODES]),
        "has_orcid_button": bool(settings.ORCID_CLIENT_ID),
        "orcid": _orcid_of(request),
    }
    return render(request, "account/detail.html", context, status=status)


_KINDS = (
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.TOTP,
    Authenticator.Type.RECOVERY_CODES,
)


def _owner(request: HttpRequest) -> User:
    assert request.user.is_authenticated  # login_required
    return request.user


def _orcid_of(request: HttpRequest) -> str:
    account = SocialAccount.objects.filter(user=request.user, provider=addresses.ORCID).first()
    if account is None:
        return ""
    try:
        return hyphenated(normalise(account.uid))
    except OrcidNotValid:
        return str(account.uid)


@never_cache
@login_required
@require_POST
def account_add_address(request: HttpRequest) -> HttpResponse:
    if refused := refusal(request, "sign_in"):
        return refused
    form = AnotherAddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return send_to_code_page(request, form, Purpose.ADD_ADDRESS) or _page(request, form, status=503)


@never_cache
@login_required
@require_POST
def account_main_address(request: HttpRequest) -> HttpResponse:
    try:
        if addresses.make_main(_owner(request), request.POST.get("email", "")):
            messages.success(request, _("This is your main address now."))
    except AddressTaken:
        messages.error(
            request,
            _("Another account has this as its main address. Write to the administrator."),
        )
    return redirect(HERE)


@never_cache
@login_required
@require_POST
def account_remove_address(request: HttpRequest) -> HttpResponse:
    try:
        if addresses.remove(_owner(request), request.POST.get("email", "")):
            messages.success(
                request,
                _("The address is removed. Talks given under it are no longer among yours."),
            )
    except addresses.MainAddressStays:
        messages.error(
            request, _("Your main address cannot be removed. Make another one the main one first.")
        )
    return redirect(HERE)


@never_cache
@login_required
@require_POST
def account_disconnect_orcid(request: HttpRequest) -> HttpResponse:
    if addresses.disconnect_orcid(_owner(request)):
        messages.success(request, _("Your ORCID no longer signs you in. Your addresses still do."))
    return redirect(HERE)
