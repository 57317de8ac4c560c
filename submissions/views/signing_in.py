"""Signing in: an address, the code that was mailed to it, and the other ways beside that one."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from submissions.domain.sign_in_codes import PendingCode, Purpose
from submissions.forms.signing_in import AddressForm, CodeForm
from submissions.operations import addresses, signing_in
from submissions.views.attempts import refusal
from submissions.views.pending_code import (
    NEXT_KEY,
    forget_code,
    forget_orcid,
    go_on,
    keep_code,
    proved_orcid,
    safe_next,
    waited_for,
)

CODE_PAGE = "submissions:account-code"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the address. Nothing here looks whether anybody has an account with it."""
    if request.user.is_authenticated:
        return go_on(request, settings.LOGIN_REDIRECT_URL)
    if request.method != "POST":
        return _sign_in_page(request, AddressForm(initial={"email": request.GET.get("email", "")}))
    if "forget_orcid" in request.POST:
        forget_orcid(request)
        return _sign_in_page(request, AddressForm())
    return refusal(request, "sign_in") or _send_code(request, AddressForm(request.POST))


def _send_code(request: HttpRequest, form: AddressForm) -> HttpResponse:
    if not form.is_valid():
        return _sign_in_page(request, form, status=422)
    sent = send_to_code_page(request, form, Purpose.SIGN_IN)
    return sent or _sign_in_page(request, form, status=503)


def _sign_in_page(request: HttpRequest, form: AddressForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "next": safe_next(request),
        "has_orcid": bool(settings.ORCID_CLIENT_ID),
        "orcid": proved_orcid(request),
    }
    return render(request, "account/sign_in.html", context, status=status)


def send_to_code_page(
    request: HttpRequest, form: AddressForm, purpose: Purpose
) -> HttpResponse | None:
    """Mail a code and go where it is typed; None, with the reason in the form, if it did not go."""
    email = form.cleaned_data["email"]
    if refused := refusal(request, "code_for_address", key=email):
        return refused
    try:
        pending = signing_in.send_code(email, purpose, at=timezone.now())
    except signing_in.MailNotSent:
        form.add_error(None, _("The code could not be sent just now. Try again in a few minutes."))
        return None
    keep_code(request, pending)
    request.session[NEXT_KEY] = safe_next(request)
    return redirect(CODE_PAGE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_code(request: HttpRequest) -> HttpResponse:
    """Type the code, or ask for another one."""
    pending = waited_for(request)
    if pending is None or (pending.purpose is Purpose.ADD_ADDRESS) != request.user.is_authenticated:
        return _start_over(request)
    if request.method != "POST":
        return _code_page(request, pending, CodeForm())
    if refused := refusal(request, "enter_code"):
        return refused
    return _send_again(request, pending) if "again" in request.POST else _typed(request, pending)


def _typed(request: HttpRequest, pending: PendingCode) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, pending, form, status=422)
    if not pending.is_right(form.cleaned_data["code"], at=timezone.now()):
        return _wrong(request, pending.with_wrong_attempt(), form)
    forget_code(request)
    if request.user.is_authenticated:
        return _add_address(request, pending)
    return _enter(request, pending)


def _start_over(request: HttpRequest) -> HttpResponse:
    """Nothing is waited for: too old, used up, typed already, or asked for in another browser."""
    forget_code(request)
    if request.user.is_authenticated:
        return redirect("submissions:account-detail")
    messages.info(request, _("No code is waited for here any more. Ask for a new one."))
    return redirect("submissions:account-sign-in")


def _code_page(
    request: HttpRequest, pending: PendingCode, form: CodeForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "account/code.html", {"pending": pending, "form": form}, status=status)


def _wrong(request: HttpRequest, pending: PendingCode, form: CodeForm) -> HttpResponse:
    if not pending.is_alive(at=timezone.now()):
        return _start_over(request)
    keep_code(request, pending)
    form.add_error(
        "code",
        _("This is not the code of the newest mail. Look again, or have another one sent."),
    )
    return _code_page(request, pending, form, status=422)


def _send_again(request: HttpRequest, pending: PendingCode) -> HttpResponse:
    if not pending.may_be_sent_again:
        return _start_over(request)
    if refused := refusal(request, "code_for_address", key=pending.email):
        return refused
    try:
        keep_code(request, signing_in.send_code_again(pending, at=timezone.now()))
    except signing_in.MailNotSent:
        messages.error(
            request, _("The code could not be sent just now. Try again in a few minutes.")
        )
    else:
        messages.success(request, _("Another code is on its way. The earlier one no longer works."))
    return redirect(CODE_PAGE)


def _enter(request: HttpRequest, pending: PendingCode) -> HttpResponse:
    """The address is proved. A second step, where the account has one, comes after this."""
    user = signing_in.account_with(pending.email)
    wanted = request.session.pop(NEXT_KEY, "")
    response: HttpResponse = perform_login(request, user, redirect_url=wanted or None)
    return response


def _add_address(request: HttpRequest, pending: PendingCode) -> HttpResponse:
    assert request.user.is_authenticated
    try:
        signing_in.add_address(request.user, pending.email)
    except signing_in.AddressTaken:
        messages.error(
            request,
            _(
                "This address signs in to another account of yours. Sign in there, make another "
                "address its main one and remove this one; then add it here."
            ),
        )
    else:
        messages.success(request, _("The address is added. Its talks are among yours now."))
    return redirect("submissions:account-detail")


def connect_waiting_orcid(request: HttpRequest) -> None:
    """Connect the ORCID that somebody came with, now that they have signed in completely."""
    proved = proved_orcid(request)
    forget_orcid(request)
    if proved and request.user.is_authenticated:
        done = addresses.connect_orcid(request.user, orcid=proved.orcid, name=proved.name)
        if done:
            get_adapter().send_notification_mail(
                "socialaccount/email/account_connected", request.user
            )
            messages.success(request, _("Your ORCID is connected. It signs you in from now on."))


class PasswordSignInView(LoginView):  # type: ignore[misc]
    """For accounts that have a password, such as the first administrator's."""

    template_name = "account/password.html"

    def form_invalid(self, form: object) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return answer


account_password = PasswordSignInView.as_view()
