import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions.operations.releasing import publish
from sessions.snapshots import forget_published
from sessions.views import programme as views
from submissions.domain.lifecycle import State
from submissions.models import Talk
from tests.make import (
    NOW,
    make_meeting,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_talk,
)
from tests.sessions.views.programmes import Published, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Published:
    return make_published()


def text(client: Client, address: str) -> str:
    """What a reader sees of a page's main part, blanks squeezed."""
    response = client.get(address)
    assert response.status_code == 200, address
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def titles(client: Client, address: str) -> list[str]:
    """The talks of a programme page, in order."""
    return re.findall(r'<li id="talk-(\w+)">', html(client, address))


def test_the_programme_shows_days_sessions_and_slots_in_the_zone_of_the_meeting(
    client: Client, published: Published
) -> None:
    shown = text(client, published.address("programme-detail"))
    start = shown.index("Monday 7 June 2027")
    assert shown[start : shown.index("Take it with you")] == (
        "Monday 7 June 2027 "
        "11:00 – 12:30 CEST · Aula 1 Machines Chair: Bo Invented · Also online "
        "11:00 5 min Introduction Ada Made-Up "
        "11:05 15 min 1.01 Engines for z > 5 Ada Made-Up , Institute of Tests "
        "Galaxies Deep learning "
        "Ada Made-Up ORCID Bo Invented Institute of Tests We learn slowly. "
        "Galaxies UAT Deep learning Talk page Add to calendar "
        "11:20 15 min To be announced "
        "11:35 15 min 1.03 Dust Bo Invented , Institute of Tests "
        "We learn from the sky. Talk page Add to calendar "
        "Tuesday 8 June 2027 "
        "11:00 – 12:30 CEST · Patio 2 Night "
        "11:00 15 min 2.01 Late light Ada Made-Up , Institute of Tests Deep learning "
        "We learn from the sky. Deep learning Talk page Add to calendar "
    )


def test_abstracts_fold_in_details_and_can_all_be_open(
    client: Client, published: Published
) -> None:
    address = published.address("programme-detail")
    assert html(client, address).count('<details class="programme-row">') == 3
    assert (
        html(client, f"{address}?abstracts=open").count('<details class="programme-row" open>') == 3
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ENGINES", ["engines"]),
        ("q=invented", ["engines", "dust"]),
        ("astronomy=galaxies", ["engines"]),
        ("ml=deep-learning", ["engines", "late"]),
        ("ml=deep-learning&day=2027-06-08", ["late"]),
        ("day=2027-06-07", ["engines", "dust"]),
        ("q=Not announced", []),
    ],
)
def test_the_programme_is_narrowed_by_words_areas_and_day(
    client: Client, published: Published, query: str, expected: list[str]
) -> None:
    address = f"{published.address('programme-detail')}?{query}"
    assert titles(client, address) == [getattr(published, name).code for name in expected]


def test_what_was_asked_for_stays_in_the_form(client: Client, published: Published) -> None:
    page = html(client, f"{published.address('programme-detail')}?q=%3Cb%3E&ml=deep-learning")
    assert 'name="q" value="&lt;b&gt;"' in page
    assert '<option value="deep-learning" selected>' in page


def test_nothing_found_says_what_to_do(client: Client, published: Published) -> None:
    shown = text(client, f"{published.address('programme-detail')}?q=absent")
    assert "No talk matches Use fewer words, or choose another area or day." in shown


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("astronomy=unknown", "No talk of this programme has the area “unknown”."),
        ("day=2027-12-24", "The programme has nothing on “2027-12-24”."),
    ],
)
def test_what_cannot_be_understood_is_said_and_not_applied(
    client: Client, published: Published, query: str, message: str
) -> None:
    address = f"{published.address('programme-detail')}?{query}"
    assert message in text(client, address)
    assert len(titles(client, address)) == 3


def test_a_talk_page_shows_the_talk_with_its_place_and_people(
    client: Client, published: Published
) -> None:
    shown = text(client, published.address("talk-detail", code=published.engines.code))
    assert shown == (
        "1.01 · Machines · 7 June 2027, 11:05 CEST · Aula Engines for z > 5 "
        "Ada Made-Up ORCID Bo Invented Institute of Tests Galaxies UAT Deep learning "
        "We learn slowly. "
        "When Monday 7 June 2027 , 11:05 – 11:20 CEST (15 minutes) Where Aula, Observatory "
        "Times in Europe/Madrid (CEST). Add to calendar In the programme Next Dust"
    )


def test_a_talk_page_links_what_it_names(client: Client, published: Published) -> None:
    page = html(client, published.address("talk-detail", code=published.engines.code))
    main = page[page.index("<main") :]
    links = re.findall(r'href="([^"]+)"', main[: main.index("</main>")])
    whole = published.address("programme-detail")
    assert links == [
        published.address("session-detail", number=1),
        published.address("speaker-detail", person="ada-made-up"),
        "https://orcid.org/0000-0002-1825-0097",
        published.address("speaker-detail", person="bo-invented"),
        f"{whole}?astronomy=galaxies",
        "http://astrothesaurus.org/uat/573",
        f"{whole}?ml=deep-learning",
        published.address("talk-calendar", code=published.engines.code),
        f"{whole}#session-1",
        published.address("talk-detail", code=published.dust.code),
    ]
    assert '<strong class="presenting" title="presents">Ada Made-Up</strong>' in main


def test_a_session_page_shows_its_slots(client: Client, published: Published) -> None:
    shown = text(client, published.address("session-detail", number=2))
    assert shown.startswith(
        "Programme · Tuesday 8 June 2027 , 11:00 – 12:30 CEST · Patio 2 Night Times in"
    )
    assert "2.01 Late light" in shown


def test_speakers_are_listed_by_family_name_with_talks_and_sessions(
    client: Client, published: Published
) -> None:
    assert text(client, published.address("speaker-list")) == (
        "Speakers I M "
        "I Invented, Bo Engines for z > 5 1.01 Dust 1.03 Chairs 1 Machines "
        "M Made-Up, Ada Engines for z > 5 1.01 Late light 2.01"
    )


def test_a_speaker_has_a_page_without_an_address(client: Client, published: Published) -> None:
    shown = text(client, published.address("speaker-detail", person="ada-made-up"))
    assert shown == (
        "Speakers Ada Made-Up Institute of Tests https://orcid.org/0000-0002-1825-0097 Talks "
        "Engines for z > 5 1.01 · 7 June 2027, 11:05 CEST · Aula "
        "Late light 2.01 · 8 June 2027, 11:00 CEST · Patio"
    )


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("talk-detail", {"code": "ZZZZZZ"}),
        ("talk-calendar", {"code": "ZZZZZZ"}),
        ("session-detail", {"number": 99}),
        ("session-calendar", {"number": 99}),
        ("speaker-detail", {"person": "nobody"}),
        ("programme-export", {"extension": "pdf"}),
    ],
)
def test_what_is_not_in_the_programme_is_not_found(
    client: Client, published: Published, name: str, kwargs: dict[str, str | int]
) -> None:
    assert client.get(published.address(name, **kwargs)).status_code == 404


@pytest.mark.parametrize("name", ["programme-detail", "speaker-list"])
def test_before_publication_the_page_says_so_and_shows_nothing(client: Client, name: str) -> None:
    meeting = make_meeting()
    make_slot(
        make_session(meeting, theme="Secret theme"),
        make_talk(meeting, State.CONFIRMED, title="Secret title"),
    )
    address = Published(meeting, *[None] * 5).address(name)  # type: ignore[arg-type]  # only the address is needed
    assert text(client, address) == (
        "Programme The programme has not been published yet Sessions, talks and speakers are shown "
        "here once the organisers publish them. About the meeting"
    )


def test_before_publication_there_is_no_file(client: Client) -> None:
    meeting = make_meeting()
    assert client.get(f"/{meeting.slug}/programme.ics").status_code == 404


def test_changes_after_publication_are_not_shown(client: Client, published: Published) -> None:
    Talk.objects.filter(pk=published.dust.pk).update(title="Changed since")
    pages = [client.get(address).content for address in published.pages()]
    assert not [page for page in pages if b"Changed since" in page]


def test_a_withdrawn_talk_shows_its_title_marked_and_nothing_else(
    client: Client, published: Published
) -> None:
    Talk.objects.filter(pk=published.dust.pk).update(state=State.WITHDRAWN.value)
    shown = text(client, published.address("programme-detail"))
    assert "11:35 15 min 1.03 Dust Withdrawn Tuesday" in shown
    page = text(client, published.address("talk-detail", code=published.dust.code))
    assert page.startswith(
        "1.03 · Machines · 7 June 2027, 11:35 CEST · Aula Dust This talk has been withdrawn. When"
    )


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Published:
    """The published programme, too large for one page."""
    for name, limit in (("IN_FULL", 1), ("ONE_INDEX", 1)):
        monkeypatch.setattr(views, name, limit)
    return make_published()


def test_a_large_programme_begins_with_its_first_day(client: Client, large: Published) -> None:
    address = large.address("programme-detail")
    assert titles(client, address) == [large.engines.code, large.dust.code]
    page = html(client, address)
    assert '<a href="?day=2027-06-07" aria-current="page">Monday 7 June</a>' in page
    assert '<a href="?day=2027-06-08">Tuesday 8 June</a>' in page


def test_a_large_programme_begins_with_today_while_the_meeting_lasts(
    client: Client, large: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2027, 6, 7, 23, 0, tzinfo=UTC)  # already the 8th in Madrid
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert titles(client, large.address("programme-detail")) == [large.late.code]


def test_a_long_day_has_links_in_place_of_abstracts(client: Client, large: Published) -> None:
    page = html(client, large.address("programme-detail"))
    assert "We learn" not in page
    link = large.address("talk-detail", code=large.dust.code)
    assert f'<a class="talk-title" href="{link}">' in page


def test_a_search_in_a_large_programme_looks_at_every_day(client: Client, large: Published) -> None:
    address = f"{large.address('programme-detail')}?q=light"
    assert titles(client, address) == [large.late.code]


def test_a_long_index_of_people_shows_one_letter(client: Client, large: Published) -> None:
    address = large.address("speaker-list")
    assert "Made-Up, Ada" not in text(client, address)
    assert "Made-Up, Ada" in text(client, f"{address}?letter=M")


def test_parallel_sessions_are_shown_side_by_side_first(client: Client) -> None:
    meeting = make_meeting()
    for name in ("Aula", "Patio"):
        make_session(meeting, theme=f"In {name}", room=make_room(meeting, name=name))
    publish(meeting, by=make_organiser(meeting), at=NOW)
    shown = text(client, f"/{meeting.slug}/programme/")
    assert "Time Aula Patio 11:00 1 In Aula 2 In Patio" in shown


def filled(talks: int) -> str:
    """The address of a programme with so many talks."""
    meeting = make_meeting()
    starts_at = datetime(2027, 6, 7, 6, 0, tzinfo=UTC)
    block = make_session(meeting, starts_at=starts_at, ends_at=starts_at + timedelta(hours=15))
    for number in range(talks):
        make_slot(block, make_talk(meeting, State.CONFIRMED), start_minute=15 * number)
    publish(meeting, by=make_organiser(meeting), at=NOW)
    return f"/{meeting.slug}/programme/"


def test_the_programme_takes_the_same_queries_whatever_the_size(client: Client) -> None:
    counts = []
    for size in (3, 30):
        address = filled(size)
        forget_published()
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert len(titles(client, address)) == size
            counts.append(len(queries))
    # The meeting, the release, its content the first time, the codes of talks that still stand.
    assert counts[:2] == counts[2:]
    assert counts[1] == counts[0] - 1 == 3
