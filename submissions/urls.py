"""Every address of this app, grouped by prefix."""

from django.contrib.auth import views as auth
from django.urls import URLPattern, path

from submissions.views import meeting, review

app_name = "submissions"

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

# /<meeting>/review/
review_urls: list[URLPattern] = [
    path("<slug:slug>/review/", review.review_list, name="review-list"),
    path("<slug:slug>/review/<str:code>/", review.review_detail, name="review-detail"),
]

urlpatterns: list[URLPattern] = [*site_urls, *review_urls, *meeting_urls]
