"""Programmes for tests of pure code: one written by hand, and any that hypothesis can think of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from sessions.domain.programme import Programme
from sessions.domain.published import (
    Kind,
    PublishedAnswer,
    PublishedMeeting,
    PublishedSession,
    PublishedSlot,
    PublishedTalk,
)
from submissions.domain.talk import Area, Author, Person

MEETING = PublishedMeeting(
    name="Learning the Sky",
    slug="learning-the-sky",
    starts_on=date(2027, 6, 7),
    ends_on=date(2027, 6, 8),
    time_zone="Europe/Madrid",
    venue="Observatory",
    place="Madrid, Spain",
)
ADA = Author(
    "ada-made-up",
    "Ada",
    "Made-Up",
    orcid="0000000218250097",
    is_presenting=True,
    affiliations=("Institute of Engines", "Observatory"),
)
BO = Author("bo-invented", "Bo", "Invented", affiliations=("Observatory",))
CHAIR = Person("cy-chair", "Cy", "Chair")
GALAXIES = Area("galaxies", "Galaxies", "http://astrothesaurus.org/uat/573")
LEARNING = Area("deep-learning", "Deep learning")


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in June 2027, UTC; Madrid is two hours ahead."""
    return datetime(2027, 6, day, hour, minute, tzinfo=UTC)


def talk(
    code: str = "AAAAAA", number: str = "1.01", title: str = "Engines", **fields: object
) -> PublishedTalk:
    made = PublishedTalk(code=code, number=number, title=title)
    return replace(made, **fields)  # type: ignore[arg-type]  # the fields are those of PublishedTalk


def slot(
    number: int,
    content: PublishedTalk | None,
    starts_at: datetime,
    *,
    minutes: int = 15,
    kind: Kind = Kind.TALK,
    title: str = "",
    led_by: Person | None = None,
) -> PublishedSlot:
    ends_at = starts_at + timedelta(minutes=minutes)
    return PublishedSlot(number, kind, starts_at, ends_at, title, led_by, content)


FIRST = talk(
    abstract="We learn $z > 5$ *slowly*.\n\nAnd again.",
    format="Contributed talk",
    authors=(ADA, BO),
    astronomy_areas=(GALAXIES,),
    ml_areas=(LEARNING,),
    answers=(PublishedAnswer("Is the code public?", "yes"),),
    collaboration="Euclid Consortium",
)
SECOND = talk("BBBBBB", "1.03", "Crème brûlée of the sky", authors=(BO,), ml_areas=(LEARNING,))
THIRD = talk("CCCCCC", "2.01", "Late light")

MORNING = PublishedSession(
    id=11,
    number=1,
    theme="Machines",
    starts_at=moment(7, 9),
    ends_at=moment(7, 10, 30),
    room="Aula",
    chairs=(CHAIR,),
    slots=(
        slot(1, None, moment(7, 9), minutes=5, kind=Kind.INTRODUCTION, led_by=CHAIR),
        slot(2, FIRST, moment(7, 9, 5)),
        slot(3, None, moment(7, 9, 20)),
        slot(4, SECOND, moment(7, 9, 35)),
        slot(5, None, moment(7, 9, 50), kind=Kind.BREAK, title="Coffee"),
        slot(6, None, moment(7, 10, 5), minutes=25, kind=Kind.DISCUSSION),
    ),
)
# Half past midnight on 8 June in Madrid, still the 7th in Greenwich.
NIGHT = PublishedSession(
    id=12,
    number=2,
    theme="Night",
    starts_at=moment(7, 22, 30),
    ends_at=moment(7, 23, 30),
    slots=(slot(7, THIRD, moment(7, 22, 30)),),
)
PROGRAMME = Programme(3, moment(1, 12), MEETING, (MORNING, NIGHT))


SLUGS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - the zone is a strategy of its own
    datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda at: at.replace(second=0, microsecond=0))


def people(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Person]:
    return st.builds(Person, SLUGS, texts, texts)


def talks(texts: st.SearchStrategy[str]) -> st.SearchStrategy[PublishedTalk]:
    addresses = st.sampled_from(["", "http://astrothesaurus.org/uat/0"])
    wider = st.lists(st.builds(Area, SLUGS, texts), max_size=2).map(tuple)
    areas = st.builds(Area, SLUGS, texts, addresses, wider)
    authors = st.builds(
        Author,
        SLUGS,
        texts,
        texts,
        orcid=st.sampled_from(["", "000000021694233X"]),
        is_presenting=st.booleans(),
        affiliations=st.lists(texts, max_size=2).map(tuple),
    )
    return st.builds(
        PublishedTalk,
        code=st.from_regex(r"[A-Z2-9]{6}", fullmatch=True),
        number=st.from_regex(r"[1-9]\.0[1-9]", fullmatch=True),
        title=texts,
        abstract=texts,
        format=texts,
        authors=st.lists(authors, max_size=3).map(tuple),
        astronomy_areas=st.lists(areas, max_size=2).map(tuple),
        ml_areas=st.lists(areas, max_size=2).map(tuple),
        answers=st.lists(st.builds(PublishedAnswer, texts, texts), max_size=2).map(tuple),
        collaboration=texts,
        is_withdrawn=st.booleans(),
    )


def sessions(texts: st.SearchStrategy[str]) -> st.SearchStrategy[PublishedSession]:
    slots = st.builds(
        slot,
        st.integers(1, 10**9),
        st.none() | talks(texts),
        MOMENTS,
        minutes=st.integers(1, 300),
        title=texts,
        led_by=st.none() | people(texts),
    )
    return st.builds(
        lambda start, minutes, **fields: PublishedSession(
            starts_at=start, ends_at=start + timedelta(minutes=minutes), **fields
        ),
        MOMENTS,
        st.integers(1, 600),
        id=st.integers(1, 10**9),
        number=st.integers(1, 99),
        theme=texts,
        room=texts,
        description=texts,
        is_online=st.booleans(),
        chairs=st.lists(people(texts), max_size=2).map(tuple),
        slots=st.lists(slots, max_size=4).map(tuple),
    )


def programmes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Programme]:
    """Programmes of any shape whose texts come from `texts`."""
    meetings = st.builds(
        PublishedMeeting,
        name=texts,
        slug=SLUGS,
        starts_on=st.just(date(2027, 6, 7)),
        ends_on=st.just(date(2027, 6, 8)),
        time_zone=st.sampled_from(["UTC", "Europe/Madrid", "America/St_Johns", "Pacific/Chatham"]),
        venue=texts,
        place=texts,
        website=st.sampled_from(["", "https://example.org/"]),
    )
    return st.builds(
        Programme,
        st.integers(1, 999),
        MOMENTS,
        meetings,
        st.lists(sessions(texts), max_size=3).map(tuple),
    )
