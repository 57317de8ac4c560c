"""Every address of this app, grouped by prefix."""

from django.contrib.auth import views as auth
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from submissions.views import meeting, private_talk, review, talk

app_name = "submissions"


class CodeConverter(StringConverter):
    """The code of a talk; people type it in either case."""

    regex = "[0-9A-Za-z-]{1,12}"

    def to_python(self, value: str) -> str:
        return value.upper()


register_converter(CodeConverter, "code")

# /
site_urls: list[URLPattern] = [
    path("", meeting.meeting_list, name="meeting-list"),
    path(
        "sign-in/",
        auth.LoginView.as_view(redirect_authenticated_user=True),
        name="account-sign-in",
    ),
    path("sign-out/", auth.LogoutView.as_view(), name="account-sign-out"),
]

# /<meeting>/
meeting_urls: list[URLPattern] = [
    path("<slug:slug>/", meeting.meeting_detail, name="meeting-detail"),
    path("<slug:slug>/accent.css", meeting.meeting_accent, name="meeting-accent"),
]

# /<meeting>/submit/
submit_urls: list[URLPattern] = [
    path("<slug:slug>/submit/", talk.talk_submit, name="talk-submit"),
    path("<slug:slug>/submit/authors/", talk.talk_more_authors, name="talk-more-authors"),
    path("<slug:slug>/submit/preview/", talk.talk_preview, name="talk-preview"),
]

# /<meeting>/talks/
talk_urls: list[URLPattern] = [
    path("<slug:slug>/talks/open/<str:token>/", private_talk.talk_open, name="talk-open"),
    path("<slug:slug>/talks/<code:code>/", private_talk.talk_detail, name="talk-detail"),
    path("<slug:slug>/talks/<code:code>/edit/", private_talk.talk_edit, name="talk-edit"),
    path(
        "<slug:slug>/talks/<code:code>/edit/authors/",
        private_talk.talk_edit_more_authors,
        name="talk-edit-more-authors",
    ),
    path(
        "<slug:slug>/talks/<code:code>/edit/preview/",
        private_talk.talk_edit_preview,
        name="talk-edit-preview",
    ),
    path("<slug:slug>/talks/<code:code>/confirm/", private_talk.talk_confirm, name="talk-confirm"),
    path("<slug:slug>/talks/<code:code>/decline/", private_talk.talk_decline, name="talk-decline"),
    path(
        "<slug:slug>/talks/<code:code>/withdraw/", private_talk.talk_withdraw, name="talk-withdraw"
    ),
]

# /<meeting>/review/
review_urls: list[URLPattern] = [
    path("<slug:slug>/review/", review.review_list, name="review-list"),
    path("<slug:slug>/review/<code:code>/", review.review_detail, name="review-detail"),
]

urlpatterns: list[URLPattern] = [
    *site_urls,
    *submit_urls,
    *talk_urls,
    *review_urls,
    *meeting_urls,
]
