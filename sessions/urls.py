"""Every address of this app, grouped by prefix."""

from django.urls import URLPattern

app_name = "sessions"

urlpatterns: list[URLPattern] = []
