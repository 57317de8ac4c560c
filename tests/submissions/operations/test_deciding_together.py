"""Many decisions at once: what was seen is done, what changed meanwhile is not."""

import pytest

from submissions.domain.lifecycle import Action, State
from submissions.models import Talk
from submissions.operations import deciding
from submissions.operations.deciding_together import (
    SeenNoLonger,
    announce_as_seen,
    announcement,
    prepare_as_seen,
    stamp,
)
from tests.make import NOW, make_meeting, make_organiser, make_talk

pytestmark = pytest.mark.django_db


def test_a_stamp_changes_with_state_and_decision_only() -> None:
    meeting = make_meeting()
    by = make_organiser(meeting)
    talk = make_talk(meeting)
    assert stamp(talk) == "submitted"
    talk.title = "Another"
    assert stamp(talk) == "submitted"
    talk = deciding.prepare(talk, decision=Action.ACCEPT, note="", by=by, at=NOW)
    assert stamp(talk) == "submitted accept 2027-03-01T12:00:00+00:00"


def test_each_talk_is_done_changed_or_impossible() -> None:
    meeting = make_meeting()
    by = make_organiser(meeting)
    free, moved = make_talk(meeting), make_talk(meeting, State.WITHDRAWN)
    confirmed = make_talk(meeting, State.CONFIRMED)
    outcome = prepare_as_seen(
        Action.REJECT,
        seen={free.pk: "submitted", moved.pk: "submitted", confirmed.pk: "confirmed"},
        notes={free.pk: "why"},
        by=by,
        at=NOW,
    )
    assert (outcome.done, outcome.changed_meanwhile, outcome.not_possible) == (
        [free],
        [moved],
        [confirmed],
    )
    free.refresh_from_db()
    assert (free.prepared_decision, free.prepared_note) == ("reject", "why")


def test_announcing_is_all_or_nothing() -> None:
    meeting = make_meeting()
    by = make_organiser(meeting)
    talks = [
        deciding.prepare(make_talk(meeting), decision=Action.ACCEPT, note="", by=by, at=NOW)
        for _ in range(2)
    ]
    seen = {talk.pk: stamp(talk) for talk in talks}
    with pytest.raises(SeenNoLonger) as refused:
        announce_as_seen(seen={**seen, talks[1].pk: "submitted"}, by=by, at=NOW)
    assert refused.value.talks == [talks[1]]
    with pytest.raises(SeenNoLonger):
        announce_as_seen(seen={**seen, 999_999: "submitted"}, by=by, at=NOW)
    assert set(Talk.objects.values_list("state", flat=True)) == {"submitted"}
    announce_as_seen(seen=seen, by=by, at=NOW)
    assert set(Talk.objects.values_list("state", flat=True)) == {"accepted"}


def test_only_a_prepared_decision_has_an_announcement() -> None:
    with pytest.raises(deciding.NothingPrepared):
        announcement(make_talk(make_meeting()))
