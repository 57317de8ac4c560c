"""Uploading a spreadsheet, and saying what its columns hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from submissions.importers.column_names import Field
from submissions.importers.rows import MAX_BYTES

FIELD_LABELS: dict[Field, Promise] = {
    Field.CODE: _("code of a talk"),
    Field.TITLE: _("title"),
    Field.GIVEN_NAME: _("given name"),
    Field.FAMILY_NAME: _("family name"),
    Field.FULL_NAME: _("full name"),
    Field.EMAIL: _("e-mail address"),
    Field.ORCID: _("ORCID"),
    Field.AFFILIATIONS: _("affiliations"),
    Field.CO_AUTHORS: _("co-authors"),
    Field.ASTRONOMY_AREAS: _("areas of astronomy"),
    Field.ML_AREAS: _("areas of machine learning"),
    Field.AREAS: _("areas of both kinds"),
    Field.FORMAT: _("format"),
    Field.ABSTRACT: _("abstract"),
    Field.REMARKS: _("remarks to the organisers"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A spreadsheet (.xlsx) or a text with tabs, commas or semicolons."),
    )
    text = forms.CharField(
        label=_("Or cells, pasted"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "cols": 80, "spellcheck": "false"}),
        help_text=_("Copy the cells in your spreadsheet program, column names included."),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        if upload is not None and (upload.size or 0) > MAX_BYTES:
            raise ValidationError(
                _("The file has more than %(most)d MB. Split it."),
                params={"most": MAX_BYTES // 2**20},
            )
        return upload

    def clean(self) -> None:
        if self.errors:
            return
        given = [bool(self.cleaned_data["file"]), bool(self.cleaned_data["text"].strip())]
        if not any(given):
            raise ValidationError(_("Choose a file, or paste the cells."))
        if all(given):
            raise ValidationError(_("There is both a file and pasted text; give one of them."))


class ColumnsForm(forms.Form):
    """One select per column of the file, named by its number: column-0, column-1 and so on."""

    def __init__(
        self, header: Sequence[str], fields: Mapping[str, str | None], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.header = header
        choices = [("", _("– not imported –")), *((f.value, FIELD_LABELS[f]) for f in Field)]
        for index, name in enumerate(header):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=name, choices=choices, required=False, initial=fields.get(name) or ""
            )

    def chosen(self) -> dict[str, str]:
        """Per column the field that the person chose; "" for not imported."""
        return {
            name: self.cleaned_data[f"column-{index}"] for index, name in enumerate(self.header)
        }
