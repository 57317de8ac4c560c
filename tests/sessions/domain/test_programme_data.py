import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.domain.programme import Programme
from sessions.domain.programme_data import ProgrammeNotReadable, from_data, to_data
from tests.sessions.domain.programmes import PROGRAMME, programmes


@settings(deadline=None)
@given(programmes(st.text(max_size=20)))
def test_any_programme_comes_back_equal_from_json(programme: Programme) -> None:
    assert from_data(json.loads(json.dumps(to_data(programme)))) == programme


def test_data_of_another_version_are_refused_with_what_to_do() -> None:
    data = to_data(PROGRAMME) | {"version": 99}
    with pytest.raises(ProgrammeNotReadable, match="shape 99; this version reads 1"):
        from_data(data)


def test_the_stored_shape_stays_what_released_programmes_have() -> None:
    """Releases are kept for ever: whoever changes this shape raises VERSION and reads both."""
    session = to_data(PROGRAMME)["sessions"][1]
    assert session == {
        "id": 12,
        "number": 2,
        "theme": "Night",
        "starts_at": "2027-06-07T22:30:00+00:00",
        "ends_at": "2027-06-07T23:30:00+00:00",
        "slots": [
            {
                "id": 7,
                "kind": "talk",
                "starts_at": "2027-06-07T22:30:00+00:00",
                "ends_at": "2027-06-07T22:45:00+00:00",
                "talk": {"code": "CCCCCC", "number": "2.01", "title": "Late light"},
            }
        ],
    }


def test_a_talk_of_an_older_release_has_no_collaboration() -> None:
    data = to_data(PROGRAMME)
    for session in data["sessions"]:
        for slot in session["slots"]:
            slot.get("talk", {}).pop("collaboration", None)
    assert {talk.talk.collaboration for talk in from_data(data).talks.values()} == {""}
