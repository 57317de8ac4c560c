"""Every address of this app, grouped by prefix."""

from django.urls import URLPattern, path

from sessions.views import exports, material, programme

app_name = "sessions"

# /<meeting>/programme/
programme_urls: list[URLPattern] = [
    path("<slug:slug>/programme/", programme.programme_detail, name="programme-detail"),
    path(
        "<slug:slug>/programme.<str:extension>", exports.programme_export, name="programme-export"
    ),
]

# /<meeting>/programme/sessions/
session_urls: list[URLPattern] = [
    path(
        "<slug:slug>/programme/sessions/<int:number>/",
        programme.session_detail,
        name="session-detail",
    ),
    path(
        "<slug:slug>/programme/sessions/<int:number>.ics",
        exports.session_calendar,
        name="session-calendar",
    ),
]

# /<meeting>/programme/talks/
talk_urls: list[URLPattern] = [
    path("<slug:slug>/programme/talks/<str:code>/", programme.talk_detail, name="talk-detail"),
    path("<slug:slug>/programme/talks/<str:code>.ics", exports.talk_calendar, name="talk-calendar"),
    path(
        "<slug:slug>/programme/talks/<str:code>/materials/<uuid:pk>/",
        material.material_file,
        name="material-file",
    ),
]

# /<meeting>/programme/speakers/
speaker_urls: list[URLPattern] = [
    path("<slug:slug>/programme/speakers/", programme.speaker_list, name="speaker-list"),
    path(
        "<slug:slug>/programme/speakers/<slug:person>/",
        programme.speaker_detail,
        name="speaker-detail",
    ),
]

urlpatterns: list[URLPattern] = [*programme_urls, *session_urls, *talk_urls, *speaker_urls]
