"""A meeting of any size, written in bulk, for measuring."""

from datetime import UTC, datetime, timedelta

from sessions.models import Room, Session, Slot
from submissions.domain.lifecycle import State
from submissions.models import (
    Affiliation,
    AstronomyArea,
    Authorship,
    Meeting,
    MLArea,
    Speaker,
    Talk,
    TalkAstronomyArea,
    TalkMLArea,
)
from tests.make import NOW, make_area, make_meeting, make_ml_area, make_user

ABSTRACT = (
    "Surveys of the next decade will deliver more than $10^{{{0}}}$ light curves, far too many to "
    "be *looked at* by people. We train a network on simulated curves and ask how well its score "
    "can be trusted when the real sky differs. For sources at $z \\lesssim {0}$ the calibrated "
    "network keeps **nine of ten** events and passes one false alarm per night. We discuss where "
    "it is wrong, and how a few labels it asks for repair most of it.\n\nAll code is public. "
) * 2


def make_filled_meeting(size: int) -> Meeting:
    """A meeting of up to five days and as many parallel rooms as `size` talks need."""

    meeting = make_meeting(slug=f"with-{size}")
    areas = [make_area(f"Area {size} {n}") for n in range(20)]
    methods = [make_ml_area(f"Method {size} {n}") for n in range(20)]
    fill(meeting, size, areas, methods)
    return meeting


def fill(meeting: Meeting, size: int, areas: list[AstronomyArea], methods: list[MLArea]) -> None:
    """Write the rows in bulk: three authors, two areas of each kind per talk."""

    decided_by = make_user()
    people = Speaker.objects.bulk_create(
        Speaker(
            meeting=meeting, given_name="Ada", family_name=f"{chr(65 + n % 26)}{n}", slug=f"p{n}"
        )
        for n in range(size)
    )
    talks = Talk.objects.bulk_create(
        Talk(
            meeting=meeting,
            title=f"Light curves of {n} sources at $z > {n % 9}$",
            abstract=ABSTRACT.format(n),
            state=State.CONFIRMED.value,
            created_at=NOW,
            changed_at=NOW,
            submitted_at=NOW,
            decided_at=NOW,
            decided_by=decided_by,
        )
        for n in range(size)
    )
    authorships = Authorship.objects.bulk_create(
        Authorship(
            talk=talk, speaker=people[(n * 3 + k) % size], position=k + 1, is_presenting=not k
        )
        for n, talk in enumerate(talks)
        for k in range(3)
    )
    Affiliation.objects.bulk_create(
        Affiliation(authorship=a, name=f"Institute of Examples {n % 200}")
        for n, a in enumerate(authorships)
    )
    places = [(talk, (n + k) % 20) for n, talk in enumerate(talks) for k in range(2)]
    TalkAstronomyArea.objects.bulk_create(
        TalkAstronomyArea(talk=talk, area=areas[n]) for talk, n in places
    )
    TalkMLArea.objects.bulk_create(TalkMLArea(talk=talk, area=methods[n]) for talk, n in places)
    schedule(meeting, talks)


def schedule(meeting: Meeting, talks: list[Talk]) -> None:
    """Twenty talks to a session, four sessions a day in each room."""
    size, per_session = len(talks), 20
    rooms = Room.objects.bulk_create(
        Room(meeting=meeting, name=f"Room {n}", position=n) for n in range(1 + size // 400)
    )
    start = datetime(2027, 6, 7, 7, 0, tzinfo=UTC)
    for number in range(size // per_session):
        day, room = divmod(number, len(rooms) * 4) if size > 400 else (number, 0)
        hour = timedelta(days=day, hours=(room // len(rooms)) * 5)
        session = Session.objects.create(
            meeting=meeting,
            number=number + 1,
            theme=f"Theme {number + 1}",
            room=rooms[room % len(rooms)],
            starts_at=start + hour,
            ends_at=start + hour + timedelta(hours=5),
        )
        Slot.objects.bulk_create(
            Slot(session=session, talk=talk, start_minute=15 * k, minutes=15)
            for k, talk in enumerate(talks[number * per_session : (number + 1) * per_session])
        )
