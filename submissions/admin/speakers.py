"""People on talks. A name corrected here is corrected on every talk of the meeting."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from submissions.admin import erasing as erasing_page
from submissions.admin.filters import DropDownFilter, MeetingFilter
from submissions.admin.scoped import MeetingForm, MeetingScopedAdmin, organiser
from submissions.admin.versions import VersionedRowForm
from submissions.domain import orcid
from submissions.domain.names import fold
from submissions.models import ErasureRequest, Speaker, Talk
from submissions.operations import correcting, erasing


class SpeakerForm(VersionedRowForm[Speaker], MeetingForm[Speaker]):
    class Meta:
        model = Speaker
        fields = ("given_name", "family_name", "email", "orcid", "user")

    orcid = forms.CharField(
        label=_("ORCID"),
        required=False,
        max_length=60,
        help_text=_("Such as 0000-0002-1825-0097."),
    )

    def clean_orcid(self) -> str:
        try:
            return orcid.normalise(self.cleaned_data["orcid"])
        except orcid.OrcidNotValid as error:
            raise ValidationError(str(error), code="orcid") from error


class ErasureFilter(DropDownFilter):
    title = _("erasure")
    parameter_name = "erasure"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("asked", _("asked for"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> QuerySet[Speaker]:
        if self.value() != "asked":
            return queryset
        return queryset.filter(pk__in=ErasureRequest.objects.open().values("speaker"))


@admin.register(Speaker)
class SpeakerAdmin(MeetingScopedAdmin[Speaker]):
    form = SpeakerForm
    list_display = ("family_name", "given_name", "email", "orcid_text", "talk_count")
    list_display_links = ("family_name", "given_name")
    list_filter = (ErasureFilter, MeetingFilter)
    search_fields = ("folded_name", "email")
    search_help_text = _("Name, with or without accents, or address")
    list_select_related = ("meeting",)
    ordering = ("family_name", "given_name", "pk")
    raw_id_fields = ("user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        return super().get_queryset(request).annotate(talk_number=Count("authorships"))

    def get_search_results(
        self,
        request: HttpRequest,
        queryset: QuerySet[Speaker],
        search_term: str,
    ) -> tuple[QuerySet[Speaker], bool]:
        """Names are compared folded: the database's own case folding knows no accents."""
        for word in search_term.split():
            named = Q(folded_name__contains=fold(word)) if fold(word) else Q()
            queryset = queryset.filter(named | Q(email__icontains=word))
        return queryset, False

    @admin.display(description=_("ORCID"), ordering="orcid")
    def orcid_text(self, speaker: Speaker) -> str:
        return orcid.hyphenated(speaker.orcid)

    @admin.display(description=_("talks"), ordering="talk_number")
    def talk_count(self, speaker: Any) -> int:
        count: int = speaker.talk_number
        return count

    @admin.display(description=_("talks"))
    def their_talks(self, speaker: Speaker) -> SafeString | str:
        talks = Talk.objects.filter(authorships__speaker=speaker)
        links = ((f"../../../talk/{talk.pk}/change/", talk.title) for talk in talks)
        return format_html_join("", '<div><a href="{}">{}</a></div>', links) or "–"

    @admin.display(description=_("personal data"))
    def personal_data(self, speaker: Speaker) -> SafeString:
        """Where it is erased; and that somebody waits for it."""
        url = reverse("admin:submissions_speaker_erase", args=[speaker.pk])
        link = format_html('<a href="{}">{}</a>', url, _("See what would be erased…"))
        if not erasing.is_asked(speaker):
            return link
        return format_html("<strong>{}</strong> {}", _("The person asked for erasure."), link)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(erasing_page.erase, self))
        own = path("<int:pk>/erase/", view, name="submissions_speaker_erase")
        return [own, *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Speaker | None = None) -> Any:
        """Who has an account is nothing that organisers look up."""
        fields = ["given_name", "family_name", "email", "orcid"]
        if request.user.is_superuser:
            fields.append("user")
        return [*fields, "their_talks", "personal_data"] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Speaker | None = None) -> Any:
        return ["their_talks", "personal_data"]

    def save_model(
        self,
        request: HttpRequest,
        obj: Speaker,
        form: Any,
        change: bool,
    ) -> None:
        if change:
            correcting.correct_person(obj, by=organiser(request), at=timezone.now())
        else:
            super().save_model(request, obj, form, change)
