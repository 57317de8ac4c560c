"""What reviewers read. Scores, assignments and conflicts will join here."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from submissions.domain.abstracts import render as render_text
from submissions.domain.abstracts import render_inline
from submissions.domain.lifecycle import State
from submissions.models import Meeting, Talk, TalkQuerySet
from submissions.permissions import is_organiser, is_reviewer, may_see_authors
from submissions.views.meeting import get_meeting

TALKS_PER_PAGE = 50


@login_required
@require_safe
def review_list(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, talks = _to_review(request, slug)
    page = Paginator(talks, TALKS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "submissions/review/list.html",
        {
            "meeting": meeting,
            "page": page,
            "shows_authors": may_see_authors(request.user, meeting),
            "rows": [(talk, render_inline(talk.title).html) for talk in page],
        },
    )


@login_required
@require_safe
def review_detail(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    meeting, talks = _to_review(request, slug)
    talk = get_object_or_404(talks, code=code)
    return render(
        request,
        "submissions/review/detail.html",
        {
            "meeting": meeting,
            "talk": talk,
            "title": render_inline(talk.title).html,
            "abstract": render_text(talk.abstract).html,
            "answers": talk.answers.for_reviewers().select_related("question"),
            "shows_authors": may_see_authors(request.user, meeting),
        },
    )


def _to_review(request: HttpRequest, slug: str) -> tuple[Meeting, TalkQuerySet]:
    """The meeting and what its reviewers read, in an order that tells nothing about authors.

    Decided talks stay in the list: a talk that vanished would tell of the decision. Neither the
    state nor a prepared decision is shown.
    """
    meeting = get_meeting(request, slug)
    if not (is_reviewer(request.user, meeting) or is_organiser(request.user, meeting)):
        raise Http404
    talks = (
        Talk.objects.visible_to(request.user)
        .for_meeting(meeting)
        .exclude(state__in=[State.DRAFT.value, State.WITHDRAWN.value])
        .select_related("format")
        .prefetch_related("astronomy_areas", "ml_areas")
        .order_by("code")
    )
    return meeting, talks.with_authors() if may_see_authors(request.user, meeting) else talks
