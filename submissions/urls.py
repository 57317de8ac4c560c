"""Every address of this app, grouped by prefix."""

from django.contrib.auth import views as auth
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from submissions.views import (
    account,
    area_suggestions,
    coauthor,
    institute,
    late_link,
    materials,
    meeting,
    own_talks,
    personal_data,
    private_talk,
    review,
    signing_in,
    talk,
    talk_draft,
    talk_edit,
    versions,
)

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
    path("talks/", own_talks.talk_list, name="talk-list"),
    path("api/institutes/", institute.institute_search, name="institute-search"),
]

# /sign-in/, /account/; what allauth itself answers there is in config/account_urls.py
account_urls: list[URLPattern] = [
    path("sign-in/", signing_in.account_sign_in, name="account-sign-in"),
    path("sign-in/code/", signing_in.account_code, name="account-code"),
    path("sign-in/password/", signing_in.account_password, name="account-password"),
    path("sign-out/", auth.LogoutView.as_view(), name="account-sign-out"),
    path("account/", account.account_detail, name="account-detail"),
    path("account/addresses/add/", account.account_add_address, name="account-add-address"),
    path("account/addresses/main/", account.account_main_address, name="account-main-address"),
    path(
        "account/addresses/remove/", account.account_remove_address, name="account-remove-address"
    ),
    path(
        "account/orcid/disconnect/",
        account.account_disconnect_orcid,
        name="account-disconnect-orcid",
    ),
]

# /account/personal-data/
personal_urls: list[URLPattern] = [
    path(
        "account/personal-data/",
        personal_data.account_personal_data,
        name="account-personal-data",
    ),
    path(
        "account/personal-data/file/",
        personal_data.account_personal_data_file,
        name="account-personal-data-file",
    ),
    path("account/personal-data/erase/", personal_data.account_erase, name="account-erase"),
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
    path("<slug:slug>/submit/areas/", area_suggestions.talk_areas, name="talk-areas"),
    path(
        "<slug:slug>/submit/late/<str:secret>/",
        late_link.talk_submit_late,
        name="talk-submit-late",
    ),
    path("<slug:slug>/submit/draft/", talk_draft.talk_draft, name="talk-draft"),
]

# /<meeting>/talks/
talk_urls: list[URLPattern] = [
    path("<slug:slug>/talks/open/<str:token>/", private_talk.talk_open, name="talk-open"),
    path("<slug:slug>/talks/<code:code>/", private_talk.talk_detail, name="talk-detail"),
    path("<slug:slug>/talks/<code:code>/edit/", talk_edit.talk_edit, name="talk-edit"),
    path(
        "<slug:slug>/talks/<code:code>/edit/authors/",
        talk_edit.talk_edit_more_authors,
        name="talk-edit-more-authors",
    ),
    path(
        "<slug:slug>/talks/<code:code>/edit/preview/",
        talk_edit.talk_edit_preview,
        name="talk-edit-preview",
    ),
    path(
        "<slug:slug>/talks/<code:code>/edit/draft/",
        talk_draft.talk_edit_draft,
        name="talk-edit-draft",
    ),
    path("<slug:slug>/talks/<code:code>/discard/", talk_draft.talk_discard, name="talk-discard"),
    path("<slug:slug>/talks/<code:code>/confirm/", private_talk.talk_confirm, name="talk-confirm"),
    path("<slug:slug>/talks/<code:code>/decline/", private_talk.talk_decline, name="talk-decline"),
    path(
        "<slug:slug>/talks/<code:code>/withdraw/", private_talk.talk_withdraw, name="talk-withdraw"
    ),
]

# /<meeting>/talks/<code>/: what was, and what is held about its people
record_urls: list[URLPattern] = [
    path("<slug:slug>/talks/<code:code>/versions/", versions.talk_versions, name="talk-versions"),
    path(
        "<slug:slug>/talks/<code:code>/personal-data/",
        personal_data.talk_personal_data,
        name="talk-personal-data",
    ),
    path(
        "<slug:slug>/talks/<code:code>/personal-data/file/",
        personal_data.talk_personal_data_file,
        name="talk-personal-data-file",
    ),
    path(
        "<slug:slug>/talks/<code:code>/personal-data/erasure/",
        personal_data.talk_erasure,
        name="talk-erasure",
    ),
]

# /<meeting>/talks/<code>/materials/
material_urls: list[URLPattern] = [
    path(
        "<slug:slug>/talks/<code:code>/materials/", materials.talk_materials, name="talk-materials"
    ),
    path(
        "<slug:slug>/talks/<code:code>/materials/<uuid:pk>/",
        materials.material_file,
        name="material-file",
    ),
    path(
        "<slug:slug>/talks/<code:code>/materials/<uuid:pk>/change/",
        materials.material_change,
        name="material-change",
    ),
    path(
        "<slug:slug>/talks/<code:code>/materials/<uuid:pk>/remove/",
        materials.material_remove,
        name="material-remove",
    ),
]

# /<meeting>/co-author/
coauthor_urls: list[URLPattern] = [
    path("<slug:slug>/co-author/open/<str:token>/", coauthor.coauthor_open, name="coauthor-open"),
    path("<slug:slug>/co-author/<int:pk>/", coauthor.coauthor_detail, name="coauthor-detail"),
]

# /<meeting>/review/
review_urls: list[URLPattern] = [
    path("<slug:slug>/review/", review.review_list, name="review-list"),
    path("<slug:slug>/review/<code:code>/", review.review_detail, name="review-detail"),
]

urlpatterns: list[URLPattern] = [
    *site_urls,
    *account_urls,
    *personal_urls,
    *submit_urls,
    *talk_urls,
    *record_urls,
    *material_urls,
    *coauthor_urls,
    *review_urls,
    *meeting_urls,
]
