"""Mounts the two applications and the admin. Nothing else has addresses."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz/", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("config.account_urls")),
    path("", include("sessions.urls")),
    path("", include("submissions.urls")),
]
