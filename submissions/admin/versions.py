"""Two people on one page: whoever saves second is told, and keeps what they typed.

A page carries the version of what it was made from, in the hidden field `version`.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from submissions.models import Meeting

Row = TypeVar("Row", bound=Model)


def version_of_rows(rows: Iterable[Model]) -> str:
    """A short text that stays the same as long as these rows do, and tells nothing of them."""
    content = [
        [row.pk, *(field.value_to_string(row) for field in row._meta.concrete_fields)]
        for row in rows
    ]
    return salted_hmac(__name__, json.dumps(content, default=str)).hexdigest()[:20]


def latest_change(row: Model) -> LogEntry | None:
    """Who saved it last in the admin, as Django's own log knows."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    )
    return entries.select_related("user").order_by("-action_time").first()


class Versioned(forms.BaseForm):
    """A form with the field `version`."""

    current_version: ClassVar[Callable[[Any], str]]
    """A method: the version of what the page is about, as it is now."""

    def is_outdated(self) -> bool:
        """Whether what the page is about is not what it was when the page was made."""
        seen: str = self.cleaned_data.get("version", "")
        return seen != self.current_version()

    def accept_current_version(self) -> None:
        """Shown again, the page is about what is there now: saving once more is on purpose."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data[self.add_prefix("version")] = self.current_version()
            self.data = data


class VersionedRowForm(Versioned, forms.ModelForm[Row]):
    """The form of a stock page about one row. Together with `VersionedAdmin`."""

    version = forms.CharField(widget=forms.HiddenInput(), required=False)
    was_outdated = False
    rows_on_page: ClassVar[Callable[[Any], Iterable[Model]]]
    """The row and what else is changed on its page, as they are stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.current_version()

    def current_version(self) -> str:
        return version_of_rows(type(self).rows_on_page(self.instance.pk))

    def clean(self) -> Any:
        cleaned = super().clean()
        if not self.instance.pk:
            return cleaned
        # Held until the end of the transaction, so that nobody saves after our comparison.
        row: Any = self.instance
        meeting: Meeting = getattr(row, "meeting", row)
        meeting.hold_people()
        if self.is_outdated():
            self.was_outdated = True
            self.accept_current_version()
            raise ValidationError(self._refusal(), code="outdated")
        return cleaned

    def _refusal(self) -> str:
        latest = latest_change(cast(Model, self.instance))
        text = _(
            "Not saved: %(who)s changed this page while you were editing it. What you typed is in "
            "the form below. Saving again writes it over the other change."
        )
        return text % {"who": latest.user if latest else _("somebody")}
