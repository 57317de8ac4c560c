"""The members of a meeting, on its page: by address, with or without an account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from submissions.admin.scoped import MeetingScopedInline
from submissions.domain.roles import Role
from submissions.models import Meeting, Membership, User
from submissions.operations.signing_in import find_account


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
            user = find_account(address)
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
            found = find_account(member.email)
            form.instance.user = found or User.objects.create_user(member.email)
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
