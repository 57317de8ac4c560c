"""What a meeting limits, said beside the entries of the authors whom it concerns."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from submissions.forms.authors import AuthorEntries
from submissions.models import Meeting
from submissions.operations.limits import TooManyTalks


def check_author_limit(authors: AuthorEntries, meeting: Meeting) -> None:
    """Complain at the list, not at one author, of more than the meeting prints."""
    most = meeting.author_limit
    if most is None or not authors.is_valid() or len(authors.ordered_forms) <= most:
        return
    text = ngettext(
        "At most %(most)d author; name the collaboration for the others.",
        "At most %(most)d authors; name the collaboration for the others.",
        most,
    )
    authors.non_form_errors().append(text % {"most": most})


def tell_too_many(authors: AuthorEntries, refused: TooManyTalks) -> None:
    """Beside the address of each presenting author who presents enough talks already.

    Which talks those are is not said: they may be somebody else's to tell.
    """
    text = ngettext(
        "This person presents %(most)d talk already, as many as the meeting allows.",
        "This person presents %(most)d talks already, as many as the meeting allows.",
        refused.most,
    ) % {"most": refused.most}
    advice = _("Somebody else may present this one, or withdraw another.")
    for entry in authors.ordered_forms:
        data = entry.cleaned_data
        if data.get("is_presenting") and data.get("email", "").lower() in refused.addresses:
            entry.add_error("email", f"{text} {advice}")
