"""Every address of this app, grouped by prefix."""

from django.urls import URLPattern

app_name = "submissions"

urlpatterns: list[URLPattern] = []
