"""Text that people type or paste: what no page may hold is taken out before anybody looks at it."""

import unicodedata
from typing import Any

from django import forms

from submissions.domain.abstracts.characters import clean


class TextField(forms.CharField):
    """Text of several lines. Invisible characters alone are no answer.

    No limit is told to the browser: it would cut pasted text without a word.
    """

    widget: type[forms.Widget] = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = clean(super().to_python(value) or "").strip()
        return text if any(map(_is_visible, text)) else ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class LineField(TextField):
    """Text of one line, single blanks between its words."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


def _is_visible(character: str) -> bool:
    """Neither a blank nor a control or formatting character."""
    return unicodedata.category(character)[0] not in "ZC"
