"""Accounts, for superusers only. What an account may do follows from its memberships."""

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from submissions.admin import erasing_accounts
from submissions.models import Membership, User

# Groups would look as if they gave rights; they give none here.
admin.site.unregister(Group)


class MembershipInline(admin.TabularInline[Membership, User]):
    model = Membership
    extra = 0
    autocomplete_fields = ("meeting",)


class AddressInline(admin.TabularInline[EmailAddress, User]):
    """Added only by an administrator's word here; everybody else proves an address by a code."""

    model = EmailAddress
    extra = 0
    verbose_name = _("address that signs in")
    verbose_name_plural = _("addresses that sign in")


class _OnlyToRemove(admin.TabularInline[Any, User]):
    """To let somebody in again who lost what is named here."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


class FactorInline(_OnlyToRemove):
    model = Authenticator
    fields = readonly_fields = ("type", "created_at", "last_used_at")
    verbose_name = _("second factor")
    verbose_name_plural = _("second factors")


class OrcidInline(_OnlyToRemove):
    model = SocialAccount
    fields = readonly_fields = ("provider", "uid", "date_joined", "last_login")
    verbose_name = _("ORCID that signs in")
    verbose_name_plural = _("ORCID that signs in")


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    list_display = ("email", "full_name", "is_active", "is_superuser", "date_joined")
    list_filter = ("is_superuser", "is_active")
    search_fields = ("email", "full_name")
    ordering = ("email",)
    filter_horizontal = ()
    readonly_fields = ("date_joined", "last_login", "erasing")
    inlines = (MembershipInline, AddressInline, FactorInline, OrcidInline)
    fieldsets = (
        (None, {"fields": ("email", "full_name", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_superuser")}),
        (_("Dates"), {"fields": ("date_joined", "last_login", "erasing")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "full_name", "usable_password", "password1", "password2")}),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(erasing_accounts.erase, self))
        return [path("<int:pk>/erase/", view, name="submissions_user_erase"), *super().get_urls()]

    @admin.display(description=_("personal data"))
    def erasing(self, user: User) -> SafeString:
        url = reverse("admin:submissions_user_erase", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Erase this account…"))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refused before the row is looked up: the answer must not tell which accounts exist."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)
