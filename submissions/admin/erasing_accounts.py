"""Erasing an account, by a superuser."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from submissions.admin.scoped import organiser
from submissions.models import User
from submissions.operations import erasing_accounts

if TYPE_CHECKING:
    from submissions.admin.users import UserAdmin


def erase(pages: "UserAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """GET says what goes; POST does it. Refused before the row is looked up, as its history is."""
    if not pages.has_delete_permission(request):
        raise PermissionDenied
    account = get_object_or_404(User, pk=pk)
    by = organiser(request)
    if request.method == "POST":
        try:
            erasing_accounts.erase_account(account, by=by, at=timezone.now())
        except erasing_accounts.AccountNeeded:
            return redirect("admin:submissions_user_erase", pk)
        messages.success(request, _("The account is erased."))
        return redirect("admin:submissions_user_changelist")
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("Erase an account"),
        "account": account,
        "hindrance": erasing_accounts.hindrance(account, by=by),
    }
    return TemplateResponse(request, "admin/submissions/user/erase.html", context)
