"""Adding slides, a poster, a recording or code to a talk: a file, or where it is."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from submissions.domain.materials import ACCEPT, HasMacros, IsEmpty, Kind, NotTaken, file_type
from submissions.forms.text import LineField
from submissions.models import Material, Meeting
from submissions.models.material import KIND_LABELS
from submissions.operations.materials import Description

PROBLEMS = {
    "too-large": _("The file is larger than this site takes. Make it smaller, or link it instead."),
    "disk-full": _(
        "The file could not be kept; the server has no room left. Nothing of the talk is lost. "
        "Try again later, or link the file instead."
    ),
}
"""What the receiving of a file may have met (config/uploads.py)."""


class MaterialForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[(kind.value, label) for kind, label in KIND_LABELS.items()]
    )
    label = LineField(
        label=_("Description"),
        required=False,
        max_length=200,
        help_text=_("Such as “Slides with notes”; empty: the file's own name."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput({"accept": ACCEPT}),
    )
    url = forms.URLField(
        label=_("or its address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
        help_text=_("Where it can be seen: a recording, a repository, a deposit with a DOI."),
    )
    is_public = forms.BooleanField(
        label=_("Publish it on the talk's page of the programme"),
        required=False,
        help_text=_("Otherwise the organisers alone can see it. You can change this at any time."),
    )

    def __init__(
        self,
        *args: Any,
        meeting: Meeting,
        material: Material | None = None,
        problem: str = "",
        **kwargs: Any,
    ) -> None:
        if material is not None:
            fields = ("kind", "label", "url", "is_public")
            kwargs["initial"] = {name: getattr(material, name) for name in fields}
        super().__init__(*args, **kwargs)
        self.material, self.problem = material, problem
        self.most = min(meeting.material_megabytes, settings.LARGEST_UPLOAD_MEGABYTES)
        text = _(
            "PDF, PowerPoint, OpenDocument, Keynote, PNG, JPEG, plain text; up to %(most)d MB."
        )
        self.fields["file"].help_text = text % {"most": self.most}
        if material is not None and material.is_file:
            del self.fields["url"]
            self.fields["file"].label = _("Another file in its place")
        elif material is not None:
            del self.fields["file"]
            self.fields["url"].required = True
            self.fields["url"].label = _("Address")

    def clean_file(self) -> "UploadedFile[bytes] | None":
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"] or None
        if upload is None:
            return None
        size = upload.size or 0
        if size > self.most * 1024 * 1024:
            text = ngettext(
                "The file is larger than %(most)d MB. Make it smaller, or link it instead.",
                "The file is larger than %(most)d MB. Make it smaller, or link it instead.",
                self.most,
            )
            raise ValidationError(text % {"most": self.most}, code="size")
        try:
            file_type(upload, size)
        except IsEmpty as error:
            raise ValidationError(_("The file is empty."), code="empty") from error
        except HasMacros as error:
            macros = _("This presentation holds macros. Save it without them, or as PDF.")
            raise ValidationError(macros, code="macros") from error
        except NotTaken as error:
            unknown = _(
                "This is no file of a kind that is taken here. Save it as PDF, or link it instead."
            )
            raise ValidationError(unknown, code="type") from error
        return upload

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if "@" in urlsplit(url).netloc:
            raise ValidationError(_("Leave name and password out of the address."), code="userinfo")
        return url

    def clean(self) -> None:
        file, url = self.cleaned_data.get("file"), self.cleaned_data.get("url")
        if self.problem:
            self.errors.pop("file", None)
            self.add_error("file", PROBLEMS[self.problem])
        elif self.material is None and not self.errors and bool(file) == bool(url):
            text = _("Give one of them: a file or an address.")
            self.add_error("file", text if file else _("Choose a file, or give its address below."))

    def problem_text(self, problem: str) -> str:
        return str(PROBLEMS[problem])

    def description(self) -> Description:
        data = self.cleaned_data
        return Description(Kind(data["kind"]), data["label"], is_public=data["is_public"])
