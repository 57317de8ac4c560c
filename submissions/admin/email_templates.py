"""What the e-mails of a meeting say: every kind with its wording, shipped or the meeting's own."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from submissions import emails
from submissions.admin.email_preview import Preview, preview_of_message
from submissions.admin.scoped import MeetingScopedAdmin, meeting_by_slug
from submissions.domain.email_kinds import EmailKind, email_kind, email_kinds
from submissions.domain.email_texts import braced
from submissions.domain.lifecycle import State
from submissions.forms.email import WordingForm
from submissions.models import EmailTemplate, Meeting, Talk


@admin.register(EmailTemplate)
class EmailTemplateAdmin(MeetingScopedAdmin[EmailTemplate]):
    def get_urls(self) -> list[URLPattern]:
        edit = path(
            "<slug:slug>/<slug:kind>/",
            self.admin_site.admin_view(partial(wording_edit, self)),
            name="submissions_emailtemplate_edit",
        )
        # After Django's own, some of which have two parts as well.
        return [*super().get_urls()[:-1], edit, super().get_urls()[-1]]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        meeting = self.meeting_of_list(request)
        if meeting is None:
            return self.choose_meeting(request)
        view = partial(_kinds_page, self, request, meeting)
        return self.page(request, meeting, extra_context, view)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        template = self.get_object(request, unquote(object_id))
        if template is None:
            return super().change_view(request, object_id, form_url, extra_context)
        return wording_edit(self, request, template.meeting.slug, template.kind)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Every kind is there from the beginning; changing its wording makes the row."""
        return False


def _address(meeting: Meeting, kind: str) -> str:
    return reverse("admin:submissions_emailtemplate_edit", args=[meeting.slug, kind])


def _kinds_page(
    pages: EmailTemplateAdmin, request: HttpRequest, meeting: Meeting, extra: dict[str, Any]
) -> HttpResponse:
    own = emails.wordings_of(meeting)
    context = {
        **pages.admin_site.each_context(request),
        **extra,
        "opts": pages.opts,
        "title": _("What the e-mails say"),
        "kinds": [
            {
                "label": _(kind.label),
                "meaning": _(kind.meaning),
                "wording": own.get(kind.name) or emails.shipped_wording(kind),
                "is_own": kind.name in own,
                "url": _address(meeting, kind.name),
            }
            for kind in email_kinds()
        ],
    }
    return TemplateResponse(request, "admin/submissions/emailtemplate/kinds.html", context)


def wording_edit(
    pages: EmailTemplateAdmin, request: HttpRequest, slug: str, kind: str
) -> HttpResponse:
    """GET shows the wording with a look at it filled in; POST saves it, or only looks again."""
    meeting, about = meeting_by_slug(request, slug), email_kind(kind)
    if meeting is None or about is None:
        raise Http404
    template = EmailTemplate.objects.filter(meeting=meeting, kind=kind).first()
    current = emails.wording_in(template) if template else emails.shipped_wording(about)
    if request.method != "POST":
        initial = {
            "subject": current.subject,
            "body": current.body,
            "sends_at_once": current.sends_at_once,
        }
        form = WordingForm(initial=initial, kind=about)
    else:
        form = WordingForm(request.POST, kind=about, initial={"sends_at_once": True})
        if form.is_valid() and "_preview" not in request.POST:
            return _save(pages, request, about, form.wording(), meeting=meeting, template=template)
        current = _as_typed(form)
    context = {
        **pages.admin_site.each_context(request),
        "opts": pages.opts,
        "title": _("E-mail: %(kind)s") % {"kind": _(about.label)},
        "meeting": meeting,
        "kind": about,
        "kind_label": _(about.label),
        "meaning": _(about.meaning),
        "placeholders": [
            {"name": braced(name), "meaning": _(placeholder.meaning)}
            for name, placeholder in about.own_placeholders.items()
        ],
        "form": form,
        "template": template,
        "preview": sample_of(about, current, meeting),
    }
    return TemplateResponse(request, "admin/submissions/emailtemplate/edit.html", context)


def _as_typed(form: WordingForm) -> emails.Wording:
    """What is in the form, valid or not: a look at it shows what is wrong with it."""
    return emails.Wording(
        subject=str(form.data.get("subject", ""))[:300],
        body=str(form.data.get("body", ""))[:20_000],
        sends_at_once=True,
    )


def _save(
    pages: EmailTemplateAdmin,
    request: HttpRequest,
    kind: EmailKind,
    wording: emails.Wording,
    *,
    meeting: Meeting,
    template: EmailTemplate | None,
) -> HttpResponse:
    values = {
        "subject": wording.subject,
        "body": wording.body,
        "sends_at_once": wording.sends_at_once,
    }
    saved, is_new = EmailTemplate.objects.update_or_create(
        meeting=meeting, kind=kind.name, defaults=values
    )
    if is_new:
        pages.log_addition(request, saved, [{"added": {}}])
    elif template is not None:
        changed = [name for name, value in values.items() if getattr(template, name) != value]
        if changed:
            pages.log_change(request, saved, [{"changed": {"fields": changed}}])
    text = _("“%(kind)s” now says what you wrote, from the next mail on.")
    messages.success(request, text % {"kind": _(kind.label)})
    return HttpResponseRedirect(_address(meeting, kind.name))


def sample_of(kind: EmailKind, wording: emails.Wording, meeting: Meeting) -> Preview:
    """Filled in for the newest talk, or an invented one; links are secrets and so are invented."""
    sample = emails.sample_values(kind)
    values = {**sample, **emails.values_of_meeting(meeting)}
    recipient = emails.Recipient("ada@example.org", sample["recipient_name"])
    talk = Talk.objects.for_meeting(meeting).exclude(state=State.DRAFT).first()
    if talk is not None:
        links = {name: sample[name] for name in sample.keys() & {"private_link", "coauthor_link"}}
        values = {**emails.values_of_talk(talk), **links}
        authorship = talk.authorships.select_related("speaker").first()
        if authorship is not None:
            address = authorship.speaker.email or recipient.address
            recipient = emails.Recipient(address, authorship.speaker.name)
    message = emails.compose(kind, wording, recipient, values, key="to look at")
    return preview_of_message(message, meeting)
