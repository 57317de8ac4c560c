"""Deciding what a term means in a meeting, and taking that back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from submissions.domain.areas.matching import tag
from submissions.domain.areas.vocabulary import key_of
from submissions.importers.vocabulary import Kind
from submissions.models import (
    Area,
    AreaOrigin,
    AreaTerm,
    AreaTermEntry,
    AstronomyArea,
    Meeting,
    MLArea,
    TagOrigin,
    Talk,
    TermMeaning,
    User,
)
from submissions.operations import history
from submissions.operations.areas import vocabulary
from submissions.operations.named_areas import MODELS, area_called, free_slug
from submissions.operations.open_terms import (
    LONGEST_TERM,
    TEXTS,
    forget_count,
    talks_with,
    term_key,
)
from submissions.operations.suggesting import forget_suggestions
from submissions.operations.tagging import add_tag, remove_rule_tag

_AFTER_ALL_SHIPPED: Final = 5_000


class TermDecided(Exception):
    """Somebody has decided about the term meanwhile."""

    def __init__(self, term: AreaTerm) -> None:
        super().__init__(term.text)
        self.term = term


class NoSuchArea(Exception):
    """No area is called so."""


class AreaExists(Exception):
    """An area is called so already: take the term as its synonym."""

    def __init__(self, area: Area) -> None:
        super().__init__(area.label)
        self.area = area


class NoTerm(Exception):
    """A term needs words, and a new area a name."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a decision came to."""

    term: AreaTerm
    talk_count: int


def take_as_synonym(
    meeting: Meeting, kind: Kind, text: str, *, area: str, by: User, at: datetime
) -> Done:
    """In this meeting the term means the area that is named by label, synonym or slug.

    Raises NoSuchArea, NoTerm and TermDecided.
    """
    with transaction.atomic():
        found = area_called(kind, area)
        if found is None:
            raise NoSuchArea(area)
        return _decide(meeting, kind, text, TermMeaning.SYNONYM, found, by=by, at=at)


def add_as_area(
    meeting: Meeting, kind: Kind, text: str, *, label: str, parent: str, by: User, at: datetime
) -> Done:
    """The term is an area of its own, for every meeting of the site; below `parent` if named.

    Raises AreaExists, NoSuchArea (the parent), NoTerm and TermDecided.
    """
    label = " ".join(label.split())[:200]
    if not key_of(label):
        raise NoTerm
    with transaction.atomic():
        meeting.hold_people()
        # Before the area is there: afterwards its name is no longer unmatched.
        talks = talks_with(meeting, kind, term_key(text))
        above = area_called(kind, parent) if parent.strip() else None
        if parent.strip() and above is None:
            raise NoSuchArea(parent)
        if (known := area_called(kind, label)) is not None:
            raise AreaExists(known)
        area = MODELS[kind]._default_manager.create(
            slug=free_slug(kind, label),
            label=label,
            position=_AFTER_ALL_SHIPPED,
            origin=AreaOrigin.SITE.value,
        )
        if above is not None:
            area.parents.add(above)
        return _decide(meeting, kind, text, TermMeaning.NEW_AREA, area, talks=talks, by=by, at=at)


def set_aside(meeting: Meeting, kind: Kind, text: str, *, by: User, at: datetime) -> Done:
    """The term is no area; it stays on its talks as typed. Raises NoTerm and TermDecided."""
    with transaction.atomic():
        return _decide(meeting, kind, text, TermMeaning.NO_AREA, None, by=by, at=at)


def take_back(term: AreaTerm, *, by: User, at: datetime) -> Done:
    """Make the term open again, with everything that only this decision brought about.

    An area that it made goes too, unless anything else uses it by now. Raises AreaTerm.DoesNotExist
    if somebody else was quicker.
    """
    with transaction.atomic():
        term.meeting.hold_people()
        term = AreaTerm.objects.select_for_update(of=("self",)).get(pk=term.pk)
        kind, area = Kind(term.kind), term.area
        before = _tagged_by_rule(term.meeting, kind, area)
        term.delete()
        changed = _undone(term, kind, area, before, by=by, at=at) if area else []
        _record(term, "undo", area, len(changed), by=by, at=at)
        transaction.on_commit(lambda: _forget(term.meeting))
        return Done(term, len(changed))


def _decide(
    meeting: Meeting,
    kind: Kind,
    text: str,
    meaning: TermMeaning,
    area: Area | None,
    *,
    talks: Iterable[Talk] | None = None,
    by: User,
    at: datetime,
) -> Done:
    text = text.strip()[:LONGEST_TERM]
    key = term_key(text)
    if not key:
        raise NoTerm
    meeting.hold_people()
    earlier = AreaTerm.objects.filter(meeting=meeting, kind=kind.value, key=key).first()
    if earlier is not None:
        raise TermDecided(earlier)
    # Before the row is there: afterwards the term is no longer unmatched.
    using = talks_with(meeting, kind, key) if talks is None else [*talks]
    term = AreaTerm.objects.create(
        meeting=meeting,
        kind=kind.value,
        key=key,
        text=text,
        meaning=meaning.value,
        astronomy_area=area if isinstance(area, AstronomyArea) else None,
        ml_area=area if isinstance(area, MLArea) else None,
        decided_at=at,
        decided_by=by,
    )
    changed = [talk for talk in using if area is not None and add_tag(talk, kind, area.slug)]
    _tell_talks(changed, kind, area, term, by=by, at=at, added=True)
    _record(term, meaning.value, area, len(changed) if area else len(using), by=by, at=at)
    transaction.on_commit(lambda: _forget(meeting))
    return Done(term, len(changed))


def _forget(meeting: Meeting) -> None:
    """Let the next request hear of the change at once."""
    forget_suggestions(meeting)
    forget_count(meeting)


def _tagged_by_rule(meeting: Meeting, kind: Kind, area: Area | None) -> list[Talk]:
    tags = "astronomy_tags" if kind is Kind.ASTRONOMY else "ml_tags"
    found = {f"{tags}__area": area, f"{tags}__origin": TagOrigin.RULE.value}
    return list(Talk.objects.for_meeting(meeting).filter(**found).order_by("pk")) if area else []


def _undone(
    term: AreaTerm, kind: Kind, area: Area, before: list[Talk], *, by: User, at: datetime
) -> list[Talk]:
    """Take off what the decision gave; `before` are the talks that had the area by a rule."""
    if term.meaning == TermMeaning.NEW_AREA.value:
        if _is_needed_elsewhere(area, before):
            return []  # its own name still matches, so what it tagged stays tagged
        changed = _untag(before, kind, area, term, by=by, at=at)
        area.delete()
        return changed
    open_again = set(talks_with(term.meeting, kind, term.key))
    areas = vocabulary(kind, term.meeting)  # other words of the text may give the area too
    mine = [
        talk
        for talk in before
        if talk in open_again and area.slug not in tag(getattr(talk, TEXTS[kind]), areas).areas
    ]
    return _untag(mine, kind, area, term, by=by, at=at)


def _untag(
    talks: Iterable[Talk], kind: Kind, area: Area, term: AreaTerm, *, by: User, at: datetime
) -> list[Talk]:
    changed = [talk for talk in talks if remove_rule_tag(talk, kind, area.slug)]
    _tell_talks(changed, kind, area, term, by=by, at=at, added=False)
    return changed


def _tell_talks(
    talks: Iterable[Talk],
    kind: Kind,
    area: Area | None,
    term: AreaTerm,
    *,
    by: User,
    at: datetime,
    added: bool,
) -> None:
    """Write into each talk's history that its areas changed, and by which term."""
    if area is None:
        return
    name = "astronomy_areas" if kind is Kind.ASTRONOMY else "ml_areas"
    for talk in talks:
        now = sorted(getattr(talk, name).values_list("slug", flat=True))
        before = sorted({*now} - {area.slug} if added else {*now, area.slug})
        history.record(
            talk, "change", by=by, at=at, changes={name: [before, now]}, note=f"“{term.text}”"
        )


def _record(
    term: AreaTerm, action: str, area: Area | None, count: int, *, by: User, at: datetime
) -> None:
    AreaTermEntry.objects.create(
        meeting=term.meeting,
        kind=term.kind,
        text=term.text,
        action=action,
        area_label=area.label if area else "",
        talk_count=count,
        at=at,
        by=by,
    )


def _is_needed_elsewhere(area: Area, by_this_decision: Iterable[Talk]) -> bool:
    """Whether a person, another meeting or another area uses it."""
    used: Any = area  # the two models have tags, terms and children; what they share has not
    own = [talk.pk for talk in by_this_decision]
    others = used.tags.exclude(talk__in=own, origin=TagOrigin.RULE.value)
    return bool(others.exists() or used.terms.exists() or used.children.exists())
