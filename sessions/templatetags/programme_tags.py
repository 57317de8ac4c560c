"""Showing what a published programme holds as source."""

from functools import lru_cache

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from sessions.domain.published import PublishedSlot
from sessions.models import SlotKind
from submissions.domain.abstracts import plain_text, render, render_inline

register = template.Library()


# A text is the same on every page that shows it, and setting its formulas is what takes time.
@register.filter
@lru_cache(maxsize=4096)
def abstract(source: str) -> SafeString:
    """An abstract's source as paragraphs."""
    return mark_safe(render(source).html)  # noqa: S308 - the renderer escapes and allow-lists


@register.filter
@lru_cache(maxsize=8192)
def title(source: str) -> SafeString:
    """A title's source in one line."""
    return mark_safe(render_inline(source).html)  # noqa: S308 - the renderer escapes and allow-lists


@register.filter
def plain(source: str) -> str:
    """A title's source without marks, for places that hold no elements."""
    return plain_text(source)


@register.filter
def slot_title(slot: PublishedSlot) -> str | Promise:
    """What an introduction, discussion, break or open place is called."""
    if slot.is_to_be_announced:
        return _("To be announced")
    return slot.title or SlotKind(slot.kind.value).label.capitalize()
