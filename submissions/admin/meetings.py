"""A meeting with its members and talk formats: organisers change theirs, superusers make them."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from submissions.admin.moments import DayField, LocalDateTimeField
from submissions.admin.scoped import MeetingScopedAdmin, MeetingScopedInline
from submissions.admin.versions import VersionedRowForm
from submissions.domain.roles import Role
from submissions.models import Meeting, Membership, TalkFormat, User
from submissions.models.meeting import validate_time_zone


class MemberForm(forms.ModelForm[Membership]):
    """A member by e-mail address: a list of all accounts of the site is not for organisers."""

    email = forms.EmailField(label=_("e-mail address"))

    class Meta:
        model = Membership
        fields = ("role",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["size"] = 40
        if self.instance.pk:
            self.fields["email"].initial = self.instance.user.email
            self.fields["email"].disabled = True
            self.fields["email"].help_text = self.instance.user.full_name

    def clean(self) -> None:
        address = self.cleaned_data.get("email")
        if address and not self.instance.pk:
            user = User.objects.filter(email__iexact=address).first()
            # Not saved before the whole page is valid; MemberFormSet does.
            self.instance.user = user or User(email=User.objects.normalize_email(address))


class MemberFormSet(BaseInlineFormSet[Membership, Meeting, forms.ModelForm[Membership]]):
    needs_organiser = True

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if self._is_kept(form)]
        seen: set[tuple[str, str]] = set()
        for form in kept:
            member = (form.cleaned_data["email"].lower(), form.cleaned_data["role"])
            if member in seen:
                form.add_error("email", _("This person is in the list twice with this role."))
            seen.add(member)
        if self.needs_organiser and not any(role == Role.ORGANISER for _email, role in seen):
            raise ValidationError(
                _("A meeting needs an organiser: make somebody else one before you leave.")
            )

    def _is_kept(self, form: forms.ModelForm[Membership]) -> bool:
        data = getattr(form, "cleaned_data", {})
        return bool(data.get("email") and data.get("role") and not data.get("DELETE"))

    def save_new(
        self,
        form: forms.ModelForm[Membership],
        commit: bool = True,
    ) -> Membership:
        """An address without an account gets one, without a password."""
        member = form.instance.user
        if not member.pk:
            form.instance.user = User.objects.filter(
                email__iexact=member.email
            ).first() or User.objects.create_user(member.email)
        return super().save_new(form, commit)


class MemberInline(MeetingScopedInline[Membership, Meeting]):
    model = Membership
    form = MemberForm
    formset = MemberFormSet
    fields = ("email", "role")
    verbose_name = _("member")

    def get_formset(self, request: HttpRequest, obj: Meeting | None = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.needs_organiser = obj is not None and not request.user.is_superuser
        return formset

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user")


class TalkFormatInline(MeetingScopedInline[TalkFormat, Meeting]):
    model = TalkFormat
    fields = ("position", "name", "talk_minutes", "discussion_minutes", "is_poster")


class MeetingForm(VersionedRowForm[Meeting]):
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    call_opens_at = LocalDateTimeField(label=_("Call opens"), required=False)
    call_closes_at = LocalDateTimeField(label=_("Call closes"), required=False)
    edits_close_at = LocalDateTimeField(
        label=_("Edits close"),
        required=False,
        help_text=_(
            "Until when speakers may change a submitted talk; empty: when the call closes."
        ),
    )


@admin.register(Meeting)
class MeetingAdmin(MeetingScopedAdmin[Meeting]):
    form = MeetingForm
    meeting_lookup = "pk"
    list_display = ("name", "slug", "starts_on", "ends_on", "place", "is_listed")
    search_fields = ("name", "slug")
    inlines = (TalkFormatInline, MemberInline)
    fieldsets = (
        (None, {"fields": ("name", "slug", ("starts_on", "ends_on"), "time_zone")}),
        (_("Place"), {"fields": ("venue", "place", "website", "contact_email")}),
        (
            _("Call for talks"),
            {
                "fields": (
                    ("call_opens_at", "call_closes_at", "edits_close_at"),
                    ("word_limit", "title_limit"),
                    "is_blind",
                )
            },
        ),
        (_("Public pages"), {"fields": ("is_listed", "introduction", "accent_colour")}),
    )

    def meeting_of(self, row: Meeting) -> Meeting:
        return row

    def meeting_for_new(self, request: HttpRequest) -> Meeting | None:
        return None

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        return self.changeform_view(request, None, form_url, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.is_superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return self.is_superuser(request) and self.is_mine(request, obj)

    def is_superuser(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def zone_of_page(self, request: HttpRequest, meeting: Meeting | None) -> ZoneInfo | None:
        """Times of the call are typed in the zone that is on the same page."""
        typed = request.POST.get("time_zone", "")
        try:
            validate_time_zone(typed)
        except ValidationError:
            return super().zone_of_page(request, meeting)
        return ZoneInfo(typed)

    def save_model(
        self,
        request: HttpRequest,
        obj: Meeting,
        form: Any,
        change: bool,
    ) -> None:
        super().save_model(request, obj, form, change)
        if change and "time_zone" in form.changed_data:
            text = _(
                "The times of the call now count in %(zone)s. Sessions keep their moment, so their "
                "local times have changed: look at them."
            )
            self.message_user(request, text % {"zone": obj.time_zone}, messages.WARNING)
