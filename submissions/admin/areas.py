"""The vocabularies: of the whole site, so organisers read them and superusers change them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from submissions.models import AstronomyArea, MLArea


class AreaAdmin(admin.ModelAdmin[Any]):
    list_display: tuple[str, ...] = ("label", "slug", "origin", "synonym_list")
    list_filter = ("origin",)
    search_fields = ("label", "slug", "synonyms")
    ordering = ("position", "label")
    prepopulated_fields = {"slug": ["label"]}
    autocomplete_fields = ("parents",)
    list_per_page = 200
    show_full_result_count = False

    @admin.display(description="synonyms")
    def synonym_list(self, area: Any) -> str:
        return ", ".join(area.synonyms)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """A slug is in addresses and tables of others: it follows the label only at first."""
        return {} if obj else dict(super().get_prepopulated_fields(request, obj))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by(*self.ordering)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)


@admin.register(AstronomyArea)
class AstronomyAreaAdmin(AreaAdmin):
    list_display = (*AreaAdmin.list_display, "uat_id")


@admin.register(MLArea)
class MLAreaAdmin(AreaAdmin):
    pass
