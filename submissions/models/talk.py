"""A talk, one object from draft to published programme."""

from typing import TYPE_CHECKING, Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from submissions.domain.codes import new_code
from submissions.domain.lifecycle import DECIDED, DECISIONS, PLACED, Action, State
from submissions.domain.names import fold
from submissions.models.area import AstronomyArea, MLArea
from submissions.models.authorship import Authorship
from submissions.models.labels import ACTION_LABELS, STATE_LABELS
from submissions.models.meeting import Meeting
from submissions.models.speaker import Speaker
from submissions.models.talk_format import TalkFormat

if TYPE_CHECKING:
    from submissions.models.user import User

PRIVATE_LINK_SALT = "submissions.talk.private-link"


class Preference(models.TextChoices):
    """What a speaker wants, where the meeting asks; "" where it does not."""

    TALK = "talk", _("a talk only")
    POSTER = "poster", _("a poster only")
    EITHER = "either", _("either")


def _owned_by(user: "User") -> Q:
    """The one place that decides whose a talk is (docs/decisions/0013).

    Asked of the rows as they are now: correct a speaker's address, and the talk changes hands. An
    address counts once its owner has proved it by a code; one that was merely typed does not, and
    neither does an ORCID. Who said not to be an author is none. A draft that was never handed in
    has no authors yet: it is whose account began it, or whose address is on its form.
    """
    mine = EmailAddress.objects.filter(user=user, verified=True).values(address=Lower("email"))
    people = Speaker.objects.alias(address=Lower("email")).filter(address__in=mine)
    written = Authorship.objects.filter(objected_at__isnull=True).values("talk")
    begun = Talk.objects.in_state(State.DRAFT).alias(address=Lower("draft__email")).values("pk")
    # Apart, so that the database finds each of them by an index.
    return (
        Q(pk__in=written.filter(speaker__user=user))
        | Q(pk__in=written.filter(speaker__in=people))
        | Q(pk__in=begun.filter(draft__user=user))
        | Q(pk__in=begun.filter(address__in=mine))
    )


class TalkQuerySet(models.QuerySet["Talk"]):
    def for_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)

    def in_state(self, *states: State) -> Self:
        return self.filter(state__in=[state.value for state in states])

    def accepted(self) -> Self:
        """Talks with an announced place, confirmed or not."""
        return self.in_state(*PLACED)

    def with_prepared_decision(self) -> Self:
        """Talks decided by the organisers but not told yet."""
        return self.exclude(prepared_decision="")

    def organised_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(meeting__in=Meeting.objects.organised_by(user))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Talks that `user` may read: of meetings they organise, to review, or of their own.

        Whether they may also see the authors is `permissions.may_see_authors`.
        """
        if user.is_anonymous or not user.is_active:
            return self.none()
        if user.is_superuser and user.may_organise:
            return self
        readable_by_reviewers = ~Q(state__in=[State.DRAFT.value, State.WITHDRAWN.value])
        return self.filter(
            Q(meeting__in=Meeting.objects.organised_by(user))
            | (Q(meeting__in=Meeting.objects.reviewed_by(user)) & readable_by_reviewers)
            | _owned_by(user)
        )

    def owned_by(self, user: "User | AnonymousUser") -> Self:
        """Talks of an author whom this account is; see `_owned_by`."""
        if user.is_anonymous or not user.is_active:
            return self.none()
        return self.filter(_owned_by(user))

    def with_authors(self) -> Self:
        """Fetch what an author line shows, in two more queries whatever the number of talks."""
        return self.prefetch_related("authorships__speaker", "authorships__affiliations")

    def search(self, text: str) -> Self:
        """Talks where every word occurs: code, title, people, institutes; accents do not count."""
        matching = self
        for word in fold(text).split():
            matching = matching.filter(search_text__contains=word)
        return matching


class Talk(models.Model):
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="talks", verbose_name=_("meeting")
    )
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    title = models.CharField(_("title"), max_length=500)
    abstract = models.TextField(
        _("abstract"), blank=True, help_text=_("Markdown with $…$ for mathematics.")
    )
    format = models.ForeignKey(
        TalkFormat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talks",
        verbose_name=_("format"),
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=State.DRAFT.value,
        editable=False,
    )
    authors = models.ManyToManyField(
        Speaker, through=Authorship, related_name="talks", verbose_name=_("authors")
    )
    collaboration = models.CharField(
        _("collaboration"),
        max_length=200,
        blank=True,
        help_text=_("Named after the authors, such as “for the Euclid Consortium”."),
    )
    astronomy_areas = models.ManyToManyField(
        AstronomyArea,
        through="TalkAstronomyArea",
        related_name="talks",
        blank=True,
        verbose_name=_("astronomy areas"),
    )
    ml_areas = models.ManyToManyField(
        MLArea,
        through="TalkMLArea",
        related_name="talks",
        blank=True,
        verbose_name=_("machine-learning areas"),
    )
    astronomy_areas_text = models.TextField(
        _("astronomy areas as typed"),
        blank=True,
        help_text=_("Kept as the speaker wrote it, whatever was matched."),
    )
    ml_areas_text = models.TextField(
        _("machine-learning areas as typed"),
        blank=True,
        help_text=_("Kept as the speaker wrote it, whatever was matched."),
    )
    remarks = models.TextField(_("remarks to the organisers"), blank=True)
    preference = models.CharField(
        _("talk or poster"), max_length=10, blank=True, choices=Preference.choices
    )
    is_remote = models.BooleanField(_("presented remotely"), default=False)

    created_at = models.DateTimeField(_("created"), editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("last change"), editable=False)

    prepared_decision = models.CharField(
        _("prepared decision"),
        max_length=20,
        blank=True,
        choices=[(action.value, ACTION_LABELS[action]) for action in DECISIONS],
        editable=False,
    )
    prepared_at = models.DateTimeField(_("prepared"), null=True, blank=True, editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    prepared_note = models.TextField(
        _("reason of the prepared decision"), blank=True, editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("decided by"),
    )
    decision_note = models.TextField(_("reason of the decision"), blank=True, editable=False)

    # Kept by operations.indexing: folded title, people, institutes; search works on any database.
    search_text = models.TextField(blank=True, editable=False)
    # Raising it makes every private link that was sent before void.
    link_version = models.PositiveIntegerField(default=1, editable=False)
    submit_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        indexes = [models.Index(fields=["meeting", "state"], name="talk_by_meeting_and_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="talk_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(state.value for state in DECIDED))
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="talk_decision_has_author_and_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    prepared_decision="", prepared_at__isnull=True, prepared_by__isnull=True
                )
                | Q(
                    prepared_decision__in=[action.value for action in DECISIONS],
                    prepared_at__isnull=False,
                    prepared_by__isnull=False,
                ),
                name="talk_prepared_decision_has_author_and_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT.value)
                | Q(state=State.WITHDRAWN.value)
                | Q(submitted_at__isnull=False),
                name="talk_submitted_at_unless_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("(no title yet)"))

    @property
    def lifecycle_state(self) -> State:
        return State(self.state)

    @property
    def prepared_action(self) -> Action | None:
        return Action(self.prepared_decision) if self.prepared_decision else None

    @property
    def is_placed(self) -> bool:
        """Whether the talk has an announced place."""
        return self.lifecycle_state in PLACED

    def private_token(self) -> str:
        """What the private link carries: signed, and void once `link_version` is raised."""
        return signing.dumps([self.code, self.link_version], salt=PRIVATE_LINK_SALT)
